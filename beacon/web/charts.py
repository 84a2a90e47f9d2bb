"""Charts as plain SVG: drawn by pygal, then dressed by attributes, since styles are not allowed.

The content policy forbids inline style and script, so nothing of pygal's own dress may stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any  # pygal ships no types
from xml.etree.ElementTree import Element  # nosec B405  # the type alone: nothing is parsed

import pygal

INK, SOFT, ACCENT, LIGHT = "#0b0c0c", "#484f54", "#0b6b70", "#cfe3e4"
UNWANTED = {"style", "script", "desc", "title", "defs"}
FONT = {"font-family": "Arial, Helvetica, sans-serif", "font-size": "15", "stroke": "none"}
# Which parts of the drawing get which attributes, by a word of pygal's class.
DRESS: dict[tuple[str, str], Mapping[str, str]] = {
    ("rect", "background"): {"fill": "#ffffff"},
    ("rect", "rect"): {"fill": ACCENT},
    ("path", "line"): {"stroke": "none", "fill": "none"},
    ("path", "nofill"): {"stroke": INK, "stroke-width": "2", "fill": "none"},
    ("text", ""): FONT | {"fill": SOFT},
    ("text", "value"): FONT | {"fill": INK, "font-weight": "bold"},
}


def bars(labels: Sequence[str], values: Sequence[int], *, write: Callable[[int], str]) -> str:
    """Upright bars over their labels, each with its value; `write` says how a value is read."""
    chart = _bars(labels, print_values=True, print_values_position="top")
    chart.value_formatter = lambda value: write(int(value))
    return _drawn(chart, list(values))


def lying(labels: Sequence[str], values: Sequence[int], *, write: Callable[[int], str]) -> str:
    """Bars that lie beside their labels, one below the other: for many names."""
    chart = pygal.HorizontalBar(
        js=(),
        width=800,
        height=60 + 30 * max(len(labels), 1),
        margin=12,
        margin_left=12 + 3 * max(map(len, labels), default=0),
        margin_right=60,
        no_prefix=True,
        show_legend=False,
        print_values=True,
        print_values_position="top",
        show_x_labels=False,
        show_x_guides=False,
        show_y_guides=False,
        disable_xml_declaration=True,
    )
    # The first stands at the foot: what comes first is read first.
    chart.x_labels = list(reversed(labels))
    chart.value_formatter = lambda value: write(int(value))
    chart.add_xml_filter(beside_bars)
    return _drawn(chart, list(reversed(values)))


def beside_bars(drawing: Element) -> Element:
    """Labels that end where bars that lie begin, and values that begin where they end."""
    for text in drawing.iter("text"):
        is_value = "value" in text.get("class", "").split()
        text.set("text-anchor", "start" if is_value else "end")
    return drawing


def pairs(
    labels: Sequence[str], first: Sequence[int | None], then: Sequence[int | None], *, most: int
) -> str:
    """Two upright bars over each label, from nought to `most`: what was, lighter, and what is.

    Each bar carries its value; where there is none, no bar is drawn.
    """
    chart = _bars(labels, range=(0, most), print_values=True, print_values_position="top")
    chart.value_formatter = lambda value: str(int(value))
    chart.add("was", list(first))
    chart.add("is", list(then))
    chart.add_xml_filter(_in_two_tones(sum(value is not None for value in first)))
    return str(chart.render())


def _in_two_tones(of_first: int) -> Callable[[Element], Element]:
    """The bars of the first series, which are drawn first, lighter and with an edge."""

    def dress(drawing: Element) -> Element:
        drawn = [one for one in drawing.iter("rect") if "rect" in one.get("class", "").split()]
        dressed(drawing)
        for bar in drawn[:of_first]:
            bar.attrib.update({"fill": LIGHT, "stroke": INK, "stroke-width": "1"})
        return drawing

    return dress


def shares(labels: Sequence[str], values: Sequence[tuple[float, float, float] | None]) -> str:
    """Upright bars of percentages from 0 to 100, each with a line from its low to its high.

    Each value is (share, low, high); where there is none, no bar is drawn over the label.
    """
    chart = _bars(labels, range=(0, 100))
    drawn = [one and {"value": one[0], "ci": {"low": one[1], "high": one[2]}} for one in values]
    return _drawn(chart, drawn)


def _bars(labels: Sequence[str], **more: Any) -> Any:
    """A chart of upright bars over their labels, without anything that only a script shows."""
    chart = pygal.Bar(
        js=(),
        width=800,
        height=320,
        margin=12,
        no_prefix=True,
        show_legend=False,
        print_zeroes=False,
        show_y_labels=False,
        show_y_guides=False,
        include_x_axis=True,
        disable_xml_declaration=True,
        **more,
    )
    chart.x_labels = list(labels)
    return chart


def _drawn(chart: Any, values: Sequence[object]) -> str:
    chart.add("", values)
    chart.add_xml_filter(dressed)
    return str(chart.render())


def dressed(drawing: Element) -> Element:
    """The drawing without style, script or anything that only a script would show."""
    for parent in list(drawing.iter()):
        for child in list(parent):
            if child.tag in UNWANTED or not isinstance(child.tag, str) or _is_idle(child):
                parent.remove(child)
    for part in drawing.iter():
        words = part.attrib.pop("class", "").split()
        part.attrib.pop("style", None)
        for word in ("", *words):
            part.attrib.update(DRESS.get((part.tag, word), {}))
    for text in drawing.iter("text"):
        text.attrib.setdefault("text-anchor", "middle")
    drawing.attrib.pop("id", None)
    return drawing


def _is_idle(part: Element) -> bool:
    """Whether only a script would show it, or it only leads the eye across empty space."""
    return not {"tooltip-overlay", "guide"}.isdisjoint(part.get("class", "").split())

"""Charts carry nothing that the content policy would refuse."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from beacon.fraud_hub.charts import short_pounds
from beacon.web import charts


def drawn() -> Element:
    text = charts.bars(["Oct", "Nov & <Dec>"], [12_345, 0], write=short_pounds)
    return fromstring(text)


def drawn_shares() -> Element:
    return fromstring(charts.shares(["Delivered 82%", "Other"], [(82.0, 70.5, 90.1), None]))


@pytest.mark.parametrize("draw", [drawn, drawn_shares])
def test_a_chart_has_no_style_and_no_script(draw):
    parts = list(draw().iter())
    names = {part.tag.rpartition("}")[2] for part in parts}
    assert names <= {"svg", "g", "rect", "path", "text"}
    attributes = {name for part in parts for name in part.attrib}
    assert not {name for name in attributes if name in {"style", "class"} or name[:2] == "on"}


def test_a_chart_shows_its_labels_and_values():
    words = [part.text for part in drawn().iter() if part.tag.endswith("text")]
    assert "Nov & <Dec>" in words
    assert "£123" in words


def test_a_share_is_drawn_with_the_line_of_its_interval():
    lines = [part for part in drawn_shares().iter() if part.get("stroke-width") == "2"]
    assert len(lines) == 1
    assert lines[0].get("fill") == "none"


def test_a_long_amount_is_shortened_on_a_bar():
    assert [short_pounds(p) for p in (0, 99_00, 9_999_99, 12_345_67, -500_00)] == [
        "",
        "£99",
        "£9,999",
        "£12k",
        "-£500",
    ]

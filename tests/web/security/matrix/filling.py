"""A form of a page, filled in as somebody would who answers every question."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

WORDS = "Words that somebody typed"
BY_TYPE = {"email": "somebody@example.org", "tel": "07700 900299", "number": "3"}
BY_NAME = {
    "postcode": "SG14 1AA",
    "amount": "12.50",
    "reference": "41/999/26",
    "sort_code": "20-00-00",
    "text": "40",
    "password": "wheelbarrow lantern tide",
}
DAY = ["24", "11", "2026"]
TIME = "11:30"


@dataclass
class Box:
    """One question of a form: its kind, and the answers that are offered or stand there."""

    kind: str
    values: list[str] = field(default_factory=list)
    chosen: str = ""
    count: int = 0
    numeric: bool = False


class Forms(HTMLParser):
    """The forms of a page, with their boxes by name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select: Box | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather forms, boxes and choices."""
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(
                {"method": known.get("method", "get"), "to": known.get("action", ""), "boxes": {}}
            )
        elif tag in {"input", "textarea", "select"} and self.forms and known.get("name"):
            kind = known.get("type", "text") if tag == "input" else tag
            box = self.forms[-1]["boxes"].setdefault(known["name"], Box(kind))
            box.count += 1
            box.values.append(known.get("value", ""))
            box.numeric = box.numeric or known.get("inputmode") in {"numeric", "decimal"}
            if "checked" in known:
                box.chosen = known.get("value", "")
            self._select = box if tag == "select" else None
        elif tag == "option" and self._select is not None:
            self._select.values.append(known.get("value", ""))
            if "selected" in known:
                self._select.chosen = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a list of choices."""
        if tag == "select":
            self._select = None


def filled(html: str, to: str = "") -> dict[str, Any]:
    """What the page's own form would send, with every question answered; the largest form."""
    posts = [one for one in Forms(html).forms if one["method"].lower() == "post"]
    mine = [one for one in posts if to and one["to"].partition("?")[0] == to] or posts
    chosen = max(mine, key=lambda one: len(one["boxes"]))
    return {
        name: answer(name, box) for name, box in chosen["boxes"].items() if box.kind != "submit"
    }


def answer(name: str, box: Box) -> Any:
    """A fitting answer to one question."""
    if box.kind == "hidden":
        return box.values[0]
    if box.kind in {"radio", "select", "checkbox"}:
        return box.chosen or next((value for value in box.values if value), "")
    if box.count == 3:
        return DAY
    if box.values[0] and box.kind != "textarea" and not name.endswith("-time"):
        return box.values[0]
    return typed(name, box)


def typed(name: str, box: Box) -> str:
    """What somebody types in an empty box."""
    if name.endswith("-time"):
        return TIME
    if box.kind in BY_TYPE:
        return "01992 555299" if "phone" in name else BY_TYPE[box.kind]
    fitting = (words for part, words in BY_NAME.items() if part in name)
    return next(fitting, "3" if box.numeric else WORDS)

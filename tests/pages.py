"""What every page of Beacon must have, looked at on every page that any test opens."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

UNSHOWN = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """The few things of a page that can be counted without a browser."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings = 0
        self.title = ""
        self.boxes: list[dict[str, str | None]] = []
        self.labels: set[str | None] = set()
        self.forms: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.text: list[str] = []
        self._inside: list[str] = []
        self._select: str | None = None
        self._textarea: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count what a page must have, and gather the boxes of its forms."""
        known = dict(attrs)
        self._inside.append(tag)
        self.headings += tag == "h1"
        if known.get("id"):
            self.ids.append(str(known["id"]))
        self.inline += [name for name in known if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and not known.get("src")):
            self.inline.append(tag)
        if tag == "label":
            self.labels.add(known.get("for"))
        if tag == "form":
            self.forms.append({"method": (known.get("method") or "get").lower(), "values": {}})
        if tag in {"input", "select", "textarea"}:
            self._box(tag, known)
        if tag == "option" and self._select and self.forms:
            self._option(self._select, known)

    def _box(self, tag: str, known: dict[str, str | None]) -> None:
        if known.get("type") not in UNSHOWN:
            self.boxes.append(known)
        if not self.forms or not known.get("name"):
            return
        name, values = str(known["name"]), self.forms[-1]["values"]
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            values[name] = ""
        elif known.get("type") in {"checkbox", "radio"}:
            if "checked" in known:
                self._one_more(name, known.get("value") or "y")
        elif known.get("type") not in {"submit", "file", "button"}:
            self._one_more(name, known.get("value") or "")

    def _one_more(self, name: str, value: str) -> None:
        """Several boxes may share a name: ticks of one question, day, month and year."""
        values = self.forms[-1]["values"]
        held = values.get(name)
        values[name] = (
            value if held is None else [*([held] if isinstance(held, str) else held), value]
        )

    def _option(self, name: str, known: dict[str, str | None]) -> None:
        values = self.forms[-1]["values"]
        if "selected" in known or name not in values:
            values[name] = known.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a select or a text area."""
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        """Keep the title, the words, and what a text area holds."""
        if self._inside and self._inside[-1] == "title" and not self.title:
            self.title = data.strip()
        if self._textarea and self.forms:
            self.forms[-1]["values"][self._textarea] += data
        self.text.append(data)


def check_page(answer: Any) -> None:
    """One heading, a title, a label for each box, a token in each form, nothing left unrendered."""
    html = answer.get_data(as_text=True)
    if not html.lstrip().lower().startswith("<!doctype"):
        return
    page = Page(html)
    assert page.headings == 1, f"{page.headings} first-level headings"
    assert page.title, "a page without a title"
    assert "{{" not in html, "something was left unrendered"
    assert "{%" not in html, "something was left unrendered"
    assert not page.inline, f"inline: {page.inline}"
    assert len(page.ids) == len(set(page.ids)), f"an id twice: {sorted(page.ids)}"
    bare = [
        box
        for box in page.boxes
        if box.get("id") not in page.labels
        and not box.get("aria-label")
        and not box.get("aria-labelledby")
    ]
    assert not bare, f"boxes without a label: {bare}"
    for form in page.forms:
        assert form["method"] == "get" or form["values"].get("csrf_token"), "a form without a token"


def form_of(answer: Any, number: int | None = None) -> dict[str, Any]:
    """What the page's form would send if nothing were changed; the last form but sign-out's."""
    forms = [form for form in Page(answer.get_data(as_text=True)).forms if form["method"] == "post"]
    chosen = (
        forms[number] if number is not None else max(forms, key=lambda form: len(form["values"]))
    )
    return dict(chosen["values"])


def text_of(answer: Any) -> str:
    """The words of a page, white space folded."""
    return " ".join(" ".join(Page(answer.get_data(as_text=True)).text).split())

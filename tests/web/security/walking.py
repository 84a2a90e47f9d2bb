"""How the tests walk: links and forms of a page, and the protected facts that may stand on it."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import openpyxl
import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException

from beacon.core.db import db
from beacon.courts.models import Defendant
from beacon.people.models import Address, ContactPoint, PersonAround, Victim
from beacon.people.terms import ContactKind
from tests.conftest import DeskClient

ZIPPED = b"PK"


class Seen(HTMLParser):
    """The links of a page and its forms, each with what it would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather links, forms and boxes; a box without an answer gets its first choice."""
        known = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(known.get("href", "").partition("#")[0])
        if tag == "form":
            method = known.get("method", "get").lower()
            self.forms.append({"method": method, "to": known.get("action", ""), "boxes": {}})
        if tag == "option" and self.forms and known.get("value"):
            self.forms[-1]["boxes"].setdefault(self._select, known["value"])
        if tag == "select":
            self._select = known.get("name", "")
        if tag in {"input", "textarea"} and self.forms and known.get("name"):
            self.forms[-1]["boxes"].setdefault(known["name"], known.get("value", ""))


def rule_of(app: Flask, address: str) -> str:
    """The rule that an address falls under."""
    try:
        found, _ = app.url_map.bind("localhost").match(address.partition("?")[0], return_rule=True)
    except HTTPException:
        return address
    return str(found.rule)


def walk(app: Flask, browser: DeskClient, *, of_each: int = 2) -> Iterator[tuple[str, Any]]:
    """Every page that links lead to from the desk, a few of each kind."""
    waiting, seen, counted = ["/"], {"/"}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        answer = browser.get(address)
        yield address, answer
        if answer.mimetype != "text/html":
            continue
        for link in Seen(answer.get_data(as_text=True)).links:
            kind = rule_of(app, link)
            if not link.startswith("/") or link in seen or counted[kind] >= of_each:
                continue
            counted[kind] += 1
            seen.add(link)
            waiting.append(link)


@dataclass
class Facts:
    """What the county holds of its people, as it would stand on a page."""

    victims: set[str] = field(default_factory=set)
    defendants: set[str] = field(default_factory=set)
    victim_numbers: set[str] = field(default_factory=set)
    defendant_numbers: set[str] = field(default_factory=set)
    mail: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    @classmethod
    def of_county(cls) -> Facts:
        """Read from the database. A number that both sides hold is nobody's alone."""
        facts = cls()
        facts.victims = {one.full_name for one in db.session.scalars(sa.select(Victim))}
        for person in db.session.scalars(sa.select(Defendant)):
            facts.defendants.add(person.full_name)
            if person.mobile:
                facts.defendant_numbers.add(figures(person.mobile))
        for point in db.session.scalars(sa.select(ContactPoint)):
            if point.kind is ContactKind.EMAIL:
                facts.mail.add(point.value)
            else:
                facts.victim_numbers.add(figures(point.value))
        for beside in db.session.scalars(sa.select(PersonAround)):
            facts.victim_numbers |= {figures(n) for n in (beside.mobile, beside.phone) if n}
        for address in db.session.scalars(sa.select(Address)):
            facts.places |= {part for part in (address.lines, address.postcode) if part}
        shared = facts.victim_numbers & facts.defendant_numbers
        facts.victim_numbers -= shared
        facts.defendant_numbers -= shared
        return facts


NUMBER = re.compile(r"(?:\+44|\b0)[\d ]{9,12}\d")


def figures(number: str) -> str:
    """A telephone number as its figures alone."""
    return re.sub(r"\D", "", number.replace("+44", "0"))


@dataclass
class Words:
    """The words of an answer, and which protected facts stand in them."""

    text: str

    @classmethod
    def of(cls, answer: Any) -> Words:
        """Everything that left, as it reads to a person."""
        if answer.get_data().startswith(ZIPPED):  # a spreadsheet, by its cells
            book = openpyxl.load_workbook(io.BytesIO(answer.get_data()), read_only=True)
            rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
            return cls("\n".join(" ".join(map(str, row)) for row in rows))
        return cls(html.unescape(answer.get_data(as_text=True)))

    def hold(self, facts: set[str]) -> set[str]:
        """Those of the facts that stand here."""
        return {fact for fact in facts if fact in self.text}

    def numbers(self, known: set[str]) -> set[str]:
        """Those of the numbers that stand here, however they are spaced."""
        return {figures(found) for found in NUMBER.findall(self.text)} & known

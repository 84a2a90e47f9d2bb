"""Asks every cell of the matrix of the application, and compares the answer with the tables."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from flask import Flask, url_for
from werkzeug.routing import BuildError, Rule

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.roles import Role, granted
from tests.pages import form_of
from tests.web.security.matrix.table import NO_RECORD, NOBODY, Line, expected, routes
from tests.web.security.matrix.world import OWN, Sit, World, put_back
from tests.web.security.walking import NUMBER, Words, figures

ALWAYS = {OWN, "other-team"}
ABSENT_NUMBER, ABSENT_REFERENCE = 99_999_999, "BCN-ZZZZZ"
METHODS = {"GET", "POST"}
FORM_EXPIRED = "Your form could not be accepted"
# Kinds whose addresses may name a part of the record as well: a part of another is not found.
# Parts of an address that are no record of anybody: words of a list, a service of the directory.
WORDS_OF_LISTS = {"kind", "step", "tool", "service_id", "bank_id", "deed", "turn"}
WITH_PARTS = {"case": "reference", "fraud-case": "reference"} | {
    "victim": "victim_id",
    "referral": "referral_id",
}
ORDER = {"reason": "Because of this and that", "note": "A note of some length", "version": "1"}


@dataclass
class Found:
    """How many cells were asked for, and what was not as the tables say."""

    cells: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    with_people: int = 0  # pages that showed a person of this county


def rules_and_methods(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with each method that a page of ours may be asked by."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & METHODS):
            yield rule, method


def unsaid(app: Flask) -> list[str]:
    """Rules and methods of which the table says nothing, each with the line it may be meant to be.

    The line is what the stamp on the view grants: hold it against the contract before it goes in.
    """
    return [
        f"routes.txt has no line for: {method} {rule.rule}\n    {_line_for(app, rule, method)}"
        for rule, method in rules_and_methods(app)
        if (method, rule.rule) not in routes()
    ]


def gone(app: Flask) -> list[str]:
    """Lines of the table for rules and methods that the application no longer has."""
    there = {(method, rule.rule) for rule, method in rules_and_methods(app)}
    return [
        f"routes.txt has a line for nothing: {' '.join(key)}" for key in routes().keys() - there
    ]


def _line_for(app: Flask, rule: Rule, method: str) -> str:
    view = app.view_functions[rule.endpoint]
    stamp = getattr(view, "permission", None)
    may = granted().get(str(getattr(stamp, "value", stamp)), frozenset(Role) if stamp else None)
    cells = ["in" if stamp else "open"]
    cells += ["open" if may is None or role in may else "403" for role in Role]
    record = NO_RECORD if not rule.arguments else "WHICH?"
    return f"{method:4} {rule.rule:<68} {record:<16} {' '.join(f'{cell:<7}' for cell in cells)}"


def addresses(
    app: Flask, world: World, role: Role | None, *states: str
) -> Iterator[tuple[Rule, Line, str, str | None]]:
    """Every rule with the address of a record in each of these states, and the cells it has."""
    for rule, method in rules_and_methods(app):
        line = routes().get((method, rule.rule))
        if line is None or line.kind not in {"-", *world.kinds()}:
            continue
        known = world.states(line.kind) if rule.arguments else [None]
        for state in [one for one in known if one in states] or known[:1]:
            args = world.args(line.kind, state, role) if state else {}
            with app.test_request_context():
                where = url_for(rule.endpoint, **{name: args[name] for name in rule.arguments})
            yield rule, line, where, expected(line, state, role.value if role else NOBODY)


class Asker:
    """Goes through all cells of one column, each on the county as it was made."""

    def __init__(
        self, app: Flask, world: World, file: Path, sit: Sit, role: Role | None, *, whole: bool
    ) -> None:
        self.app, self.world, self.file, self.sit, self.role = app, world, file, sit, role
        self.whole = whole
        self.column = role.value if role else NOBODY
        self.found = Found()
        self.browser = sit(role)
        self.token = self._token()
        self.numbers = {figures(fact) for fact in world.facts if NUMBER.fullmatch(fact)}
        self.facts = {fact for fact in world.facts if not NUMBER.fullmatch(fact)}

    def ask_everything(self) -> Found:
        """Every rule, method and state; what is not as the tables say is a fault with its name."""
        begun = time.perf_counter()
        if self.role and self._ask("POST", "/stay", "") != "open":
            self.found.faults.append("the token that is sent is not taken: nothing was tried")
        for rule, method in rules_and_methods(self.app):
            line = routes().get((method, rule.rule))
            if line is None:
                self.found.faults.append(f"no line for {method} {rule.rule}")
                continue
            for state, args in self._asked(rule, line):
                self._cell(rule, line, state, args)
        self.found.seconds = time.perf_counter() - begun
        return self.found

    def _asked(self, rule: Rule, line: Line) -> Iterator[tuple[str | None, dict[str, Any]]]:
        """The states in which a record of this address may stand, and its names in each."""
        if not rule.arguments:
            yield None, {}
            return
        if line.kind not in self.world.kinds():
            self.found.faults.append(f"{line.rule}: no record of the kind {line.kind} was made")
            return
        for state in self._states(line):
            yield state, self.world.args(line.kind, state, self.role)
        whole = WITH_PARTS.get(line.kind)
        if whole in rule.arguments and rule.arguments - {whole} - WORDS_OF_LISTS:
            hidden = "erased" if line.kind == "referral" else "other-team"
            other = self.world.args(line.kind, hidden, self.role)
            yield "elsewhere", other | {whole: self.world.args(line.kind, OWN, self.role)[whole]}
        yield "absent", {name: _nothing(name) for name in rule.arguments}

    def _states(self, line: Line) -> list[str]:
        """How a record may stand: all ways, or one's own, another team's and a quarter of the rest.

        Which quarter differs from address to address, so that over all of them every state is
        asked for, and it is the same in every run.
        """
        known = self.world.states(line.kind)
        if self.whole:
            return known
        turn = crc32(f"{line.method} {line.rule}".encode())
        return [
            state
            for place, state in enumerate(known)
            if state in ALWAYS or place == 0 or (place + turn) % 4 == 0
        ]

    def _cell(self, rule: Rule, line: Line, state: str | None, args: dict[str, Any]) -> None:
        name = f"{line.method} {line.rule} | {line.kind} {state or ''} | {self.column}"
        wanted = expected(line, state, self.column)
        self.found.cells += 1
        if wanted is None:
            self.found.faults.append(f"no cell for {name}")
            return
        try:
            with self.app.test_request_context():
                address = url_for(rule.endpoint, **{one: args[one] for one in rule.arguments})
        except (KeyError, BuildError) as missing:
            self.found.faults.append(f"{name}: the county has no {missing}")
            return
        got = self._ask(line.method, address, name)
        if got != wanted:
            self.found.faults.append(f"{name}: {got}, and not {wanted}")

    def _ask(self, method: str, address: str, name: str) -> str:
        if method == "POST":
            answer = self.browser.post(address, data=ORDER | {"csrf_token": self.token})
            if answer.status_code < 400:
                self._as_it_was()
            return said(answer)
        before = entries()
        answer = self.browser.get(address)
        if answer.status_code == 200 and self._shows_people(answer):
            self.found.with_people += 1
            if entries() == before:
                self.found.faults.append(f"{name}: people were shown and nothing was written down")
        return said(answer)

    def _shows_people(self, answer: Any) -> bool:
        if answer.mimetype not in {"text/html", "text/plain", "image/svg+xml", "application/json"}:
            return False
        words = Words.of(answer)
        return bool(words.hold(self.facts) or words.numbers(self.numbers))

    def _as_it_was(self) -> None:
        """The county again as it was made, and whoever asks signed in as before."""
        put_back(self.file)
        self.browser = self.sit(self.role)
        self.token = self._token()

    def _token(self) -> str:
        """A token of this browser's session, from the plainest page that carries one."""
        page = self.browser.get("/nothing-of-this-name" if self.role else "/sign-in")
        return str(form_of(page)["csrf_token"])


def said(answer: Any) -> str:
    """The answer as the table names it."""
    status = answer.status_code
    if status in {301, 302, 303, 307, 308}:
        where = answer.headers.get("Location", "").partition("?")[0]
        is_goodbye = "Clear-Site-Data" in answer.headers
        return "in" if where.endswith("/sign-in") and not is_goodbye else _led_to(where)
    if status == 400 and FORM_EXPIRED in answer.get_data(as_text=True):
        return "no token"
    return "open" if status < 300 or status in {400, 422} else str(status)


def _led_to(where: str) -> str:
    """A redirect that asks for a proof is not what was asked for; any other is."""
    return where.strip("/") if where in {"/prove", "/factor"} else "open"


def entries() -> int:
    """How long the log is."""
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.max(AuditEntry.seq))) or 0


def _nothing(name: str) -> object:
    if name == "reference":
        return ABSENT_REFERENCE
    return ABSENT_NUMBER if name.endswith("_id") else "nothing-of-this-name"

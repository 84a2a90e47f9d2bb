"""Every column's name, sent with every form: only what the form asks is ever changed (Z-06)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from sqlalchemy.orm import DeclarativeBase

from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.core.sealed import Sealed
from tests.conftest import DeskClient
from tests.long import each
from tests.web.security.matrix.asking import rules_and_methods, said
from tests.web.security.matrix.filling import Forms, filled
from tests.web.security.matrix.table import Line, expected, routes
from tests.web.security.matrix.world import Sit, World, put_back

# Made by chance with each row, so unlike in two runs; and the log, which signs the moment.
BY_CHANCE = {
    "seal_key", "token", "token_hash", "id_hash", "mac", "previous", "request_id", "password_hash",
    "code_hash", "selector", "session",
}  # fmt: skip
POISON = {
    "id": "1",
    "restricted": "1",
    "is_admin": "1",
    "roles": "administrator",
    "status": "closed",
    "manager_id": "1",
    "team_id": "2",
    "erased_at": "",
}
FORMS_OF = (
    Role.INTAKE_OFFICER,
    Role.TEAM_LEADER,
    Role.FRAUD_OFFICER,
    Role.COURT_OFFICER,
    Role.ADMINISTRATOR,
)


def every_name() -> dict[str, str]:
    """The name of every column and relation, each with something that would fit there."""
    names: dict[str, str] = {}
    for mapper in Base.registry.mappers:
        for attribute in mapper.attrs:
            names[attribute.key] = POISON.get(attribute.key, "99")
        names |= dict.fromkeys(sealed_names(mapper.class_), "poison")
    return names | POISON


def everything() -> dict[str, list[str]]:
    """Every row of every table, sealed values in the clear."""
    db.session.rollback()
    db.session.expire_all()
    held: dict[str, list[str]] = {}
    for mapper in Base.registry.mappers:
        model = mapper.class_
        rows = db.session.scalars(sa.select(model).order_by(*mapper.primary_key))
        held[model.__tablename__] = [str(facts(row)) for row in rows.unique()]
    return held


def facts(row: DeclarativeBase) -> dict[str, Any]:
    """What one row says."""
    known: dict[str, Any] = {}
    for column in sa.inspect(type(row)).columns:
        if column.key not in BY_CHANCE and not column.key.endswith("_sealed"):
            known[column.key] = getattr(row, column.key)
    return known | {name: getattr(row, name) for name in sealed_names(type(row))}


def sealed_names(model: type) -> list[str]:
    """The names by which what is sealed in a row is read."""
    return [name for name, one in vars(model).items() if isinstance(one, Sealed)]


def pages_of(app: Flask, world: World, role: Role) -> Iterator[tuple[Line, str]]:
    """The forms that a role may send, each about a record in its own hands."""
    for rule, method in rules_and_methods(app):
        line = routes().get((method, rule.rule))
        if method != "POST" or line is None or line.answers[role.value] != "open":
            continue
        if rule.arguments and line.kind not in world.kinds():
            continue
        for state in world.states(line.kind)[:1] if rule.arguments else [None]:
            if expected(line, state, role.value) == "open":
                args = world.args(line.kind, state, role) if state else {}
                names = {name: args[name] for name in rule.arguments}
                with app.test_request_context():
                    yield line, url_for(rule.endpoint, **names)


class Twice:
    """Sends a form as it is and once more with everything added, to the same county."""

    def __init__(self, sit: Sit, role: Role, file: Path) -> None:
        self.sit, self.role, self.file = sit, role, file

    def sent(self, where: str, more: dict[str, str]) -> tuple[str, dict[str, list[str]], set[str]]:
        """The answer, what is held after it, and what the form asks."""
        put_back(self.file)
        browser = self.sit(self.role)
        asked = self._form(browser, where)
        extra = {name: text for name, text in more.items() if name not in asked}
        answer = browser.post(where, data=extra | asked)
        return said(answer), everything(), set(asked)

    def _form(self, browser: DeskClient, where: str) -> dict[str, Any]:
        page = browser.get(where)
        html = page.get_data(as_text=True) if page.status_code == 200 else ""
        own = [form for form in Forms(html).forms if form["to"] not in {"/sign-out", "/stay"}]
        if not any(form["method"].lower() == "post" for form in own):
            html = browser.get("/").get_data(as_text=True)
            return {"csrf_token": filled(html, "/sign-out")["csrf_token"]}
        return filled(html)


@pytest.mark.proves("Z-06")
@pytest.mark.parametrize("role", each(FORMS_OF, soon=[Role.CASE_MANAGER]))
def test_a_form_changes_nothing_that_it_does_not_ask(
    role: Role, app: Flask, world: World, world_file: Path, sit: Sit
):
    twice, names, faults, changed = Twice(sit, role, world_file), every_name(), [], []
    assert len(names) > 200
    before = everything()
    for line, where in pages_of(app, world, role):
        if where in {"/sign-in", "/sign-out", "/csp-report"} or where.startswith("/set-password"):
            continue
        plain, after_plain, asked = twice.sent(where, {})
        full, after_full, _ = twice.sent(where, names)
        tables = [table for table in after_plain if after_plain[table] != after_full[table]]
        if plain != full or tables:
            faults.append(
                f"{line.rule}: {plain} and {full}; unlike: {tables}; asks {sorted(asked)}"
            )
        moved = {table for table in before if before[table] != after_plain[table]}
        changed += [line.rule] if moved - {"audit_entry", "auth_session"} else []
    print(f"{role}: {len(changed)} forms were carried out: {changed}")
    assert not faults, "\n".join(faults)
    assert changed

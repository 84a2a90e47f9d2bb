"""A number that no row can bear is a record that is not there: refused, and never a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.roles import Role, granted
from tests.conftest import DeskClient
from tests.factories import a_case
from tests.pages import form_of

NUMBER = re.compile(r"<int:\w+>")
LARGEST = 2**63 - 1
NUMBERS = [str(LARGEST), str(LARGEST + 1), "٣" * 25, "9" * 5_000]
ORDER = {"reason": "Because of this", "note": "A note", "version": "1", "token": "a" * 32}


def numbered(app: Flask) -> Iterator[tuple[Rule, str, Role]]:
    """Every rule with a number in it and each of its methods, and a role that it is open to."""
    for rule in app.url_map.iter_rules():
        if NUMBER.search(rule.rule):
            permission = app.view_functions[rule.endpoint].permission
            may = granted().get(getattr(permission, "value", permission), frozenset(Role))
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method, min(may)


@pytest.mark.proves("Z-03")
@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{len(number)} figures")
def test_a_number_beyond_any_is_a_record_that_is_not_there(
    app: Flask, desk: Callable[..., DeskClient], number: str
):
    reference = a_case().reference
    browsers = {role: desk(role, agency="Hertfordshire Aid") for role in Role}
    tokens = {role: form_of(at.get("/"))["csrf_token"] for role, at in browsers.items()}
    answers = {}
    for rule, method, role in numbered(app):
        where = NUMBER.sub(number, rule.rule).replace("<string:reference>", reference)
        sent = ORDER | {"csrf_token": tokens[role]} if method == "POST" else None
        answer = browsers[role].open(where, method=method, data=sent)
        answers[method, rule.rule] = answer.status_code
    assert len(answers) > 50
    assert {key: status for key, status in answers.items() if status not in {302, 404}} == {}
    assert list(answers.values()).count(404) > 45


@pytest.mark.proves("Z-03")
def test_a_number_beyond_any_is_written_down_as_refused(desk):
    assert desk(Role.COURT_OFFICER).get(f"/hearings/{10**25}").status_code == 404
    row = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (row.action, row.object_id) == ("page.refused", "courts.hearing")

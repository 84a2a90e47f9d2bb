"""Requests that end with their case: on the way up what was left open ends, on the way down not."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from beacon.cases.models import CaseFile, InformationRequest
from beacon.cases.terms import CaseStatus
from beacon.core.db import db, transaction
from beacon.entitlements.terms import Body, Milestone
from config import ROOT
from tests.factories import a_case

ENDING = "0014"
CLOSED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_request_of(case: CaseFile) -> int:
    with transaction() as session:
        asked = InformationRequest(
            case_id=case.id,
            asked_of=Body.POLICE,
            milestone=Milestone.BAILED,
            asked_at=CLOSED,
            chase_on=CLOSED.date(),
        )
        session.add(asked)
        session.flush()
        return asked.id


def waiting() -> list[int]:
    query = sa.text("SELECT id FROM information_request WHERE ended_at IS NULL ORDER BY id")
    found = list(db.session.scalars(query))
    db.session.remove()
    return found


def test_what_waits_in_a_closed_case_ends_with_it_and_waits_again_before(app: Flask):
    live, closed = a_case(), a_case()
    kept, ended = a_request_of(live), a_request_of(closed)
    with transaction() as session:
        row = session.get_one(CaseFile, closed.id)
        row.status, row.closed_at, row.closing_note = CaseStatus.CLOSED, CLOSED, "Settled."
    db.session.remove()
    before = ScriptDirectory(str(ROOT / "migrations")).get_revision(ENDING).down_revision
    downgrade(revision=before)
    assert waiting() == [kept, ended]
    upgrade()
    assert waiting() == [kept]
    row = db.session.get_one(InformationRequest, ended)
    assert (row.ended_with_case, row.withdrawn_at, row.reason) == (True, CLOSED, "")
    db.session.remove()
    downgrade(revision=before)
    assert waiting() == [kept, ended]
    upgrade()

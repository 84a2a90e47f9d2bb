"""Reminders by stage: what was given before is kept on the way up, and fits on the way down."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from beacon.cases.models import DutyReminder
from beacon.cases.terms import ReminderKind
from beacon.core.db import db, transaction
from config import ROOT
from tests.factories import a_case, a_member_of_staff

STAGES = "0011"
KEPT = sa.text("SELECT kind, due_on FROM duty_reminder ORDER BY id")


def test_a_downgrade_keeps_the_first_reminder_of_each_kind_that_was_known(app: Flask):
    manager = a_member_of_staff()
    duty_id = a_case(manager=manager).duties[0].id
    given = [
        (ReminderKind.DAY_BEFORE, date(2026, 11, 27)),
        (ReminderKind.DAY_BEFORE, date(2026, 11, 30)),
        (ReminderKind.LATE, date(2026, 11, 30)),
    ]
    with transaction() as session:
        session.add_all(
            DutyReminder(duty_id=duty_id, kind=kind, due_on=due_on, staff_id=manager.id)
            for kind, due_on in given
        )
    db.session.remove()
    before = ScriptDirectory(str(ROOT / "migrations")).get_revision(STAGES).down_revision
    downgrade(revision=before)
    kept = [(row.kind, str(row.due_on)) for row in db.session.execute(KEPT)]
    db.session.remove()
    assert kept == [("day_before", "2026-11-27")]
    upgrade()
    row = db.session.scalars(sa.select(DutyReminder)).one()
    assert (row.kind, row.digest_id) == (ReminderKind.DAY_BEFORE, None)

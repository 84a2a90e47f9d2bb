"""An ordinary week of the made-up county gives a list that somebody will read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest
import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.oversight import queries
from tests.factories import an_actor

DATABASES = ("sqlite",)
MONDAY = date(2026, 11, 23)
SUNDAY_EVENING = datetime(2026, 11, 22, 18, tzinfo=UTC)


def open_case(who: Actor, case: CaseFile, at: datetime) -> None:
    with clock.fixed(at):
        audit.shown(who, "case_file", [case.id], ("people.name",), action="case.shown")


@pytest.mark.proves("U-12")
def test_an_ordinary_week_of_the_county_gives_fewer_than_ten_lines_a_team(app):
    with clock.fixed(SUNDAY_EVENING):
        loaded = app.test_cli_runner().invoke(args=["demo", "load", "--victims", "120"])
        assert loaded.exit_code == 0, loaded.output
    db.session.rollback()
    chance = Random(41)
    everyone = list(db.session.scalars(sa.select(Staff).order_by(Staff.id)))
    cases = list(db.session.scalars(sa.select(CaseFile).order_by(CaseFile.id)))
    db.session.expunge_all()
    opened = 0
    for person in everyone:
        theirs = [
            case
            for case in cases
            if case.manager_id == person.id
            or (case.team_id == person.team_id and chance.random() < 0.3)
        ]
        for case in theirs if person.roles & {Role.CASE_MANAGER, Role.TEAM_LEADER} else []:
            at = datetime(2026, 11, 23 + chance.randrange(5), 9 + chance.randrange(8), tzinfo=UTC)
            open_case(an_actor(person), case, at)
            opened += 1
    lines = queries.unusual(MONDAY)
    by_team = Counter(one.team for one in lines)
    print(f"{opened} openings, lines a team: {dict(by_team)}")
    assert opened > 40
    assert max(by_team.values(), default=0) < 10

"""A week of reminders with the scheduler killed twice: each once, and one mail for many duties."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands
from beacon.cases.models import DutyReminder, ReminderDigest
from beacon.cases.terms import FOR_MANAGERS, ContactOutcome, ReminderKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff
from tests.mail_server import mail_server
from tests.provider.process import ROOT

pytestmark = pytest.mark.timeout(300)
DUTIES = 60
MINUTE = timedelta(minutes=1)


def live(app: Flask, port: int, begin: datetime, until: datetime, *death: object) -> datetime:
    """Let a scheduler live, to its death where one is named; the last moment it came to."""
    config = app.config["BEACON"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("BEACON_")}
    env |= {
        "BEACON_INSTANCE": str(config.instance),
        "DATABASE_URL": config.database_url,
        "BEACON_LOG": "console",
        "BEACON_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    order = [begin.isoformat(), until.isoformat(), *(str(one) for one in death)]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.provider.living", *order],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == (-signal.SIGKILL if death else 0), ended.stderr[-2000:]
    return datetime.fromisoformat(ended.stdout.split()[-1])


def due(at: datetime, manager: Staff | None, many: int) -> list[int]:
    """So many victims of one crime who must be told of a charge; their duties."""
    crime = a_crime()
    cases = [a_case(crime=crime, manager=manager) for _ in range(many)]
    for case in cases:
        commands.log_contact(
            case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=at, actor=TEST
        )
    commands.record_milestone(crime, kind=Milestone.CHARGED, at=at, actor=TEST)
    ids = [case.id for case in cases]
    return list(db.session.scalars(sa.select(Duty.id).where(charge_of(ids)).order_by(Duty.id)))


def charge_of(case_ids: list[int]) -> sa.ColumnElement[bool]:
    return sa.and_(Duty.case_id.in_(case_ids), Duty.rule == "R6_CHARGE")


def given() -> Counter[tuple[int, ReminderKind, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(DutyReminder))
    found = Counter((row.duty_id, row.kind, row.staff_id) for row in rows)
    db.session.rollback()  # the next week lasts longer than PostgreSQL lets a transaction idle
    return found


@pytest.mark.proves("D-11")
@pytest.mark.long_on("postgresql")
@pytest.mark.parametrize(
    ("charged_at", "days"),
    [
        pytest.param(
            datetime(2026, 11, 23, 10, tzinfo=UTC),
            [date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)],
            id="an ordinary week",
        ),
        pytest.param(
            datetime(2027, 3, 22, 10, tzinfo=UTC),
            [date(2027, 3, 30), date(2027, 3, 31), date(2027, 4, 1), date(2027, 4, 2)],
            id="Easter and the spring change",
            marks=pytest.mark.long,
        ),
        pytest.param(
            datetime(2027, 10, 25, 10, tzinfo=UTC),
            [date(2027, 10, 29), date(2027, 11, 1), date(2027, 11, 2), date(2027, 11, 3)],
            id="the autumn change",
            marks=pytest.mark.long,
        ),
    ],
)
def test_over_a_week_with_two_kills_each_reminder_comes_once_and_sixty_duties_are_one_mail(
    app: Flask, charged_at: datetime, days: list[date]
):
    with clock.fixed(charged_at):
        many, one = (a_member_of_staff(email=f"{name}@example.org") for name in ("many", "one"))
        leaders = [
            a_member_of_staff(Role.TEAM_LEADER, email=f"leader{n}@example.org") for n in range(2)
        ]
        theirs, single = due(charged_at, many, DUTIES), due(charged_at, one, 1)
        nobodys = due(charged_at, None, 1)
        many_id, one_id, leading = many.id, one.id, [person.id for person in leaders]
        emails = {person.id: person.email for person in (many, one, *leaders)}
    end = clock.end_of_day(days[-1] + timedelta(days=2))
    db.session.remove()
    with mail_server() as server:
        # In the midst of the reminders of the first day, then between the row of the second day's
        # second mail and its commit: the four mails of the first day went before.
        killed = live(app, server.port, charged_at, end, "duty_reminder", DUTIES // 2)
        assert sum(given().values()) == DUTIES // 2 - 1
        again = live(app, server.port, killed + 15 * MINUTE, end, "outbound_mail", 6)
        assert (clock.london_day(killed), clock.london_day(again)) == (days[0], days[1])
        last = live(app, server.port, again + 15 * MINUTE, end)
        letters = Counter((mail["To"], mail["Subject"]) for mail in server.messages)
    assert last == clock.from_london(days[-1] + timedelta(days=2), time(18))

    wanted = {(duty, kind, many_id) for duty in theirs for kind in FOR_MANAGERS}
    wanted |= {(duty, kind, one_id) for duty in single for kind in FOR_MANAGERS}
    wanted |= {(duty, ReminderKind.NOBODYS, who) for duty in nobodys for who in leading}
    late = [*theirs, *single, *nobodys]
    wanted |= {(duty, ReminderKind.ESCALATED, who) for duty in late for who in leading}
    assert given() == Counter(dict.fromkeys(wanted, 1))

    told = Counter({(emails[many_id], f"Beacon: {DUTIES} reminders to see to"): 3})
    told[emails[one_id], "Beacon: 1 reminder to see to"] = 3
    for who in leading:
        told[emails[who], "Beacon: 1 reminder to see to"] = 1
        told[emails[who], f"Beacon: {len(late)} reminders to see to"] = 1
    assert letters == told
    rows = db.session.scalars(sa.select(ReminderDigest)).all()
    assert Counter(row.on_day for row in rows) == dict(zip(days, (4, 2, 2, 2), strict=True))
    assert {clock.london(row.created_at).time() for row in rows} == {time(8), time(8, 10)}

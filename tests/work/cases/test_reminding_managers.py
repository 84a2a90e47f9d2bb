"""Managers are reminded the working day before, on the day and when it is late, once each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.jobs import remind_managers
from beacon.cases.models import CaseFile, DutyReminder
from beacon.cases.terms import FOR_MANAGERS, ContactOutcome, ReminderKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.timetable import entries
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, Milestone
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def a_case_in_contact(**known: object) -> CaseFile:
    case = a_case(**known)
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    return case


def charged(case: CaseFile) -> Duty:
    """A duty due on Monday 30 November."""
    commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    return next(duty for duty in case.duties if duty.rule == "R6_CHARGE")


def given() -> list[tuple[ReminderKind, int | None]]:
    rows = db.session.scalars(sa.select(DutyReminder).order_by(DutyReminder.id))
    return [(row.kind, row.staff_id) for row in rows]


def reminders_of(duty_id: int) -> int:
    db.session.rollback()
    mine = sa.select(sa.func.count()).where(DutyReminder.duty_id == duty_id)
    return db.session.scalar(mine) or 0


def at(moment: datetime) -> int:
    with clock.fixed(moment):
        return remind_managers()


def test_three_days_of_ticks_remind_once_each():
    manager = a_member_of_staff()
    charged(a_case_in_contact(manager=manager))
    days = [FRIDAY, FRIDAY + 3 * DAY, FRIDAY + 4 * DAY]
    for day in days:
        for tick in range(0, 600, 10):
            at(day + timedelta(minutes=tick))
    assert given() == [(kind, manager.id) for kind in FOR_MANAGERS]


@pytest.mark.parametrize("days_before", [4, 5])
def test_nobody_is_reminded_earlier_than_the_working_day_before(days_before):
    charged(a_case_in_contact(manager=a_member_of_staff()))
    assert at(FRIDAY + 3 * DAY - days_before * DAY) == 0


def test_a_scheduler_that_comes_back_late_in_the_day_still_reminds():
    charged(a_case_in_contact(manager=a_member_of_staff()))
    assert at(FRIDAY + timedelta(hours=9)) == 1
    assert at(FRIDAY + 3 * DAY + timedelta(hours=9)) == 1


def test_a_friday_that_was_missed_is_caught_up_before_the_day():
    charged(a_case_in_contact(manager=a_member_of_staff()))
    assert at(FRIDAY + DAY) == 1
    assert given()[0][0] is ReminderKind.DAY_BEFORE


def test_the_day_itself_brings_only_the_reminder_of_the_day():
    charged(a_case_in_contact(manager=a_member_of_staff()))
    assert at(FRIDAY + 3 * DAY) == 1
    assert given()[0][0] is ReminderKind.ON_THE_DAY


def test_a_victim_who_has_been_told_needs_no_reminder():
    case = a_case_in_contact(manager=a_member_of_staff())
    duty = charged(case)
    commands.tell_victim(case, duty, at=MONDAY, channel=Channel.PHONE, actor=TEST)
    assert at(FRIDAY) == 0


def test_a_duty_whose_clock_has_not_started_brings_no_reminder():
    case = a_case_in_contact(manager=a_member_of_staff())
    commands.record_milestone(
        case.crime, kind=Milestone.HEARING_LISTED, at=MONDAY, about="hearing:1", actor=TEST
    )
    assert at(FRIDAY) == 0


def test_a_case_without_a_manager_reminds_nobody_until_it_has_one():
    case = a_case_in_contact()
    charged(case)
    assert at(FRIDAY) == 0
    manager = a_member_of_staff()
    commands.assign_manager(case, manager, version=case.version, actor=TEST)
    assert at(FRIDAY + timedelta(hours=2)) == 1
    assert given() == [(ReminderKind.DAY_BEFORE, manager.id)]


def test_the_desk_shows_what_is_still_to_be_told():
    manager = a_member_of_staff()
    case = a_case_in_contact(manager=manager)
    duty = charged(case)
    at(FRIDAY)
    at(FRIDAY + 3 * DAY)
    (shown,) = queries.reminders_for(an_actor(manager))
    assert (shown.kind, shown.due.reference) == (ReminderKind.ON_THE_DAY, case.reference)
    commands.tell_victim(case, duty, at=MONDAY, channel=Channel.PHONE, actor=TEST)
    assert queries.reminders_for(an_actor(manager)) == []


def test_each_reminder_is_in_the_log():
    charged(a_case_in_contact(manager=a_member_of_staff()))
    at(FRIDAY)
    at(FRIDAY)
    query = sa.select(sa.func.count()).where(AuditEntry.action == "duty.reminded")
    assert db.session.scalar(query) == 1


def test_the_job_runs_every_ten_minutes_in_office_hours():
    (entry,) = [entry for entry in entries() if entry.name == "remind-managers"]
    assert entry.minutes == 10
    assert [entry.is_open(FRIDAY + timedelta(minutes=m)) for m in (-1, 0, 599, 600)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.proves("D-11")
@pytest.mark.parametrize(
    ("charged_at", "due_on", "moments"),
    [
        pytest.param(  # the Thursday before Easter: clocks go forward on Easter Sunday
            datetime(2027, 3, 18, 10, tzinfo=UTC),
            date(2027, 3, 25),
            [
                datetime(2027, 3, 24, 8, tzinfo=UTC),
                datetime(2027, 3, 25, 8, tzinfo=UTC),
                datetime(2027, 3, 30, 7, tzinfo=UTC),  # late from the Tuesday after Easter
            ],
            id="before the spring change",
        ),
        pytest.param(
            datetime(2027, 3, 22, 10, tzinfo=UTC),
            date(2027, 3, 31),
            [
                datetime(2027, 3, 30, 7, tzinfo=UTC),
                datetime(2027, 3, 31, 7, tzinfo=UTC),
                datetime(2027, 4, 1, 7, tzinfo=UTC),
            ],
            id="over Easter and the spring change",
        ),
        pytest.param(
            datetime(2027, 10, 25, 22, 30, tzinfo=UTC),  # half past eleven at night in London
            date(2027, 11, 1),
            [
                datetime(2027, 10, 29, 7, tzinfo=UTC),
                datetime(2027, 11, 1, 8, tzinfo=UTC),
                datetime(2027, 11, 2, 8, tzinfo=UTC),
            ],
            id="over the autumn change",
        ),
    ],
)
def test_over_a_change_of_the_clocks_reminders_come_at_eight_on_the_days_that_were_promised(
    charged_at: datetime, due_on: date, moments: list[datetime]
):
    (entry,) = [entry for entry in entries() if entry.name == "remind-managers"]
    with clock.fixed(charged_at):
        case = a_case(manager=a_member_of_staff())
        commands.log_contact(
            case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="",
            at=charged_at, actor=TEST,
        )  # fmt: skip
        commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=charged_at, actor=TEST)
        duty = next(duty for duty in case.duties if duty.rule == "R6_CHARGE")
        assert duty.due_on == due_on
        duty_id = duty.id
    given_at: list[datetime] = []
    moment = charged_at
    while moment < moments[-1] + DAY:
        if entry.is_open(moment):
            at(moment)
            given_at += [moment] * (reminders_of(duty_id) - len(given_at))
        moment += timedelta(minutes=15)
    assert given_at == moments

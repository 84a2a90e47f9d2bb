"""Leaders are reminded of what stays late and of what nobody has; reminders follow the case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands, queries
from beacon.cases.jobs import remind_managers
from beacon.cases.models import CaseFile, DutyReminder
from beacon.cases.terms import CaseStatus, ReminderKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.entitlements import commands as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel
from beacon.ops import checks
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.cases.test_reminding_managers import FRIDAY, MONDAY, a_case_in_contact, charged

DAY = timedelta(days=1)
DUE = FRIDAY + 3 * DAY  # Monday 30 November, at eight
LATE, PASSED_ON = DUE + DAY, DUE + 2 * DAY
DAY_BEFORE, ON_THE_DAY = ReminderKind.DAY_BEFORE, ReminderKind.ON_THE_DAY
NOBODYS, ESCALATED = ReminderKind.NOBODYS, ReminderKind.ESCALATED


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def leader(app: Flask, monday: None) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER, name="Lee Able")


def at(*moments: datetime) -> int:
    done = 0
    for moment in moments:
        with clock.fixed(moment):
            done += remind_managers()
    return done


def given(kind: ReminderKind | None = None) -> list[tuple[ReminderKind, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(DutyReminder).order_by(DutyReminder.id))
    return [(row.kind, row.staff_id) for row in rows if kind in {None, row.kind}]


def on_desk(person: Staff, moment: datetime) -> list[ReminderKind]:
    db.session.rollback()
    with clock.fixed(moment):
        rows = queries.reminders_for(an_actor(person)) + queries.escalations_for(an_actor(person))
    return [row.kind for row in rows]


def assign(case: CaseFile, to: Staff) -> None:
    commands.assign_manager(case, to, version=case.version, actor=TEST)


@pytest.mark.proves("D-11")
def test_what_stays_late_goes_to_every_leader_of_the_team_once_a_working_day_later(leader: Staff):
    other = a_member_of_staff(Role.TEAM_LEADER, name="Jo Other")
    elsewhere = a_member_of_staff(Role.TEAM_LEADER, name="Kit South", team="South")
    charged(a_case_in_contact(manager=a_member_of_staff()))
    days = [FRIDAY + n * DAY for n in range(14)]
    at(*days, *days)
    assert [kind for kind, _ in given()][:3] == list(ReminderKind)[:3]
    assert sorted(who or 0 for _, who in given(ESCALATED)) == [leader.id, other.id]
    assert on_desk(leader, PASSED_ON) == [ESCALATED]
    assert on_desk(elsewhere, PASSED_ON) == []


def test_it_goes_to_the_leader_not_a_day_too_early_and_the_days_are_a_setting(leader: Staff):
    charged(a_case_in_contact(manager=a_member_of_staff()))
    with transaction() as session:
        session.add(Setting(name="reminders.leader_after_days", text="3"))
    at(LATE, LATE + DAY, LATE + 2 * DAY)  # Friday
    assert given(ESCALATED) == []
    at(LATE + 3 * DAY, LATE + 5 * DAY + timedelta(hours=9))  # what was Friday's is made up
    assert given(ESCALATED) == [(ESCALATED, leader.id)]


def test_a_leader_is_not_told_of_their_own_case(leader: Staff):
    charged(a_case_in_contact(manager=leader))
    at(LATE, PASSED_ON)
    assert given() == [(ReminderKind.LATE, leader.id)]


def test_a_case_that_nobody_has_goes_to_the_leaders_at_once(leader: Staff):
    case = a_case_in_contact()
    charged(case)
    assert at(FRIDAY - DAY) == 0
    assert at(FRIDAY, FRIDAY + timedelta(minutes=10), DUE) == 1
    assert given() == [(NOBODYS, leader.id)]
    assert on_desk(leader, DUE) == [NOBODYS]
    manager = a_member_of_staff()
    assign(case, manager)
    assert on_desk(leader, DUE) == []
    at(DUE)
    assert given()[1:] == [(ON_THE_DAY, manager.id)]


def test_when_a_manager_leaves_the_leaders_are_told_at_once(leader: Staff):
    manager = a_member_of_staff()
    charged(a_case_in_contact(manager=manager))
    at(FRIDAY)
    commands.release_cases(manager.id, name=manager.name, reason="They left.", actor=TEST)
    at(FRIDAY + timedelta(hours=1))
    assert given() == [(DAY_BEFORE, manager.id), (NOBODYS, leader.id)]
    assert on_desk(manager, FRIDAY) == []


def test_a_manager_whose_last_day_has_passed_is_nobody(leader: Staff):
    manager = a_member_of_staff()
    case = a_case_in_contact(manager=manager)
    charged(case)
    with transaction():
        db.session.get_one(Staff, manager.id).ends_on = FRIDAY.date()
    at(FRIDAY, DUE)
    assert given() == [(DAY_BEFORE, manager.id), (NOBODYS, leader.id)]
    assert on_desk(leader, DUE) == [NOBODYS]


def test_reminders_go_over_with_the_case_and_are_given_to_the_next_manager_once(leader: Staff):
    first, second = a_member_of_staff(name="First"), a_member_of_staff(name="Second")
    case = a_case_in_contact(manager=first)
    duty = charged(case)
    at(FRIDAY)
    commands.mark_reminders_seen(duty, actor=an_actor(first))
    commands.hand_over([case.id], of=first, to=second, actor=an_actor(leader))
    assert on_desk(first, FRIDAY) == []
    assert on_desk(second, FRIDAY) == [DAY_BEFORE]
    at(FRIDAY + timedelta(hours=1))
    assert given() == [(DAY_BEFORE, second.id)]
    commands.mark_reminders_seen(duty, actor=an_actor(second))
    assert on_desk(second, FRIDAY) == []
    at(DUE)
    assert given() == [(DAY_BEFORE, second.id), (ON_THE_DAY, second.id)]


def test_another_due_date_reminds_anew_and_takes_the_old_reminder_off_the_desk(app: Flask):
    manager = a_member_of_staff()
    case = a_case_in_contact(manager=manager)
    duty = charged(case)
    at(FRIDAY)
    enhanced = {"case_id": case.id, "enhanced": True, "since": MONDAY, "actor": TEST}
    entitlements.change_category(**enhanced)
    assert duty.due_on == (MONDAY + DAY).date()
    assert on_desk(manager, FRIDAY + DAY) == []
    rows = sa.select(DutyReminder.kind, DutyReminder.due_on).where(DutyReminder.duty_id == duty.id)
    at(MONDAY, MONDAY)
    with clock.fixed(MONDAY):
        found = {tuple(row) for row in db.session.execute(rows)}
    assert found == {(DAY_BEFORE, DUE.date()), (DAY_BEFORE, (MONDAY + DAY).date())}


def ended(case: CaseFile, duty: Duty) -> None:
    commands.tell_victim(case, duty, at=MONDAY, channel=Channel.PHONE, actor=TEST)


def put_off(case: CaseFile, duty: Duty) -> None:
    entitlements.delay_for_safety(duty, reason="He reads her post.", actor=TEST)


def closed(case: CaseFile, duty: Duty) -> None:
    with transaction():
        case.closing_note = "Moved away."
        case.status, case.closed_at = CaseStatus.CLOSED, MONDAY


@pytest.mark.parametrize("ending", [ended, put_off, closed])
def test_what_is_ended_or_put_off_or_closed_is_reminded_of_no_more(leader: Staff, ending):
    manager = a_member_of_staff()
    case = a_case_in_contact(manager=manager)
    duty = charged(case)
    at(FRIDAY)
    ending(case, duty)
    at(DUE, LATE, PASSED_ON)
    assert given() == [(DAY_BEFORE, manager.id)]
    assert on_desk(manager, DUE) == on_desk(leader, PASSED_ON) == []


def test_what_was_asked_of_another_due_date_reminds_of_nothing(leader: Staff):
    duty = charged(a_case_in_contact(manager=a_member_of_staff()))
    stale = {"kind": DAY_BEFORE, "due_on": FRIDAY.date(), "actor": TEST}
    assert not commands.remind_manager(duty.id, **stale)
    assert not commands.remind_leader(duty.id, leader_id=leader.id, **stale)
    assert not commands.remind_manager(10_000, kind=DAY_BEFORE, actor=TEST)
    nobody = {"kind": NOBODYS, "leader_id": leader.id, "actor": TEST}
    assert not commands.remind_leader(duty.id, **nobody), "somebody has it by now"
    assert given() == []


def test_a_restricted_case_goes_to_the_leaders_of_its_team_only(leader: Staff):
    a_member_of_staff(Role.TEAM_LEADER, Role.INTAKE_OFFICER, team="South")
    case = a_case_in_contact(manager=a_member_of_staff())
    charged(case)
    with transaction():
        case.restricted = True
    at(PASSED_ON)
    assert given(ESCALATED) == [(ESCALATED, leader.id)]


def test_the_doctor_names_the_teams_in_which_what_stays_late_reaches_nobody(leader: Staff):
    a_case_in_contact(manager=a_member_of_staff())
    assert checks.reminders().state == "ok"
    a_case_in_contact(manager=a_member_of_staff(team="South"))
    found = checks.reminders()
    assert (found.state, found.words.endswith(": South")) == ("warning", True)
    a_member_of_staff(Role.TEAM_LEADER, team="South")
    assert checks.reminders().state == "ok"

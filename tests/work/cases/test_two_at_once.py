"""Two people, or twenty, at the same case in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit import queries as audit
from beacon.audit.commands import audit_key
from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.jobs import remind_managers
from beacon.cases.models import CaseFile, Crime, CrimeMilestone, DutyReminder
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, Milestone
from beacon.people.models import Victim
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim

pytestmark = pytest.mark.on_both

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def together(app: Flask, *works: Callable[[], object]) -> list[object]:
    """Do all of this at the same moment; for each, what came of it or why it was refused."""
    gate = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        with app.app_context():
            gate.wait()
            try:
                return work()
            except RuleBroken as refusal:
                return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        outcomes = list(pool.map(one, works))
    db.session.rollback()  # this session's own reading began before theirs
    return outcomes


def refusals(outcomes: list[object]) -> int:
    return sum(isinstance(outcome, RuleBroken) for outcome in outcomes)


def test_of_twenty_who_assign_one_case_exactly_one_does(app: Flask):
    case = a_case()
    case_id, version = case.id, case.version
    managers = [a_member_of_staff().id for _ in range(20)]

    def assigning(manager_id: int) -> Callable[[], object]:
        def assign() -> None:
            mine = db.session.get_one(CaseFile, case_id)
            manager = db.session.get_one(Staff, manager_id)
            commands.assign_manager(mine, manager, version=version, actor=TEST)

        return assign

    outcomes = together(app, *(assigning(manager) for manager in managers))
    assert refusals(outcomes) == 19
    query = sa.select(sa.func.count()).where(AuditEntry.action == "case.assigned")
    assert db.session.scalar(query) == 1
    assert audit.verify(audit.keyed(audit_key())).ok


def test_one_person_and_crime_referred_twice_at_once_get_one_case(app: Flask):
    crime_id, victim_id = a_crime().id, a_victim().id

    def opening() -> None:
        a_case(
            crime=db.session.get_one(Crime, crime_id),
            victim=db.session.get_one(Victim, victim_id),
        )

    outcomes = together(app, *[opening] * 6)
    assert refusals(outcomes) == 5
    query = sa.select(sa.func.count()).where(CaseFile.victim_id == victim_id)
    assert db.session.scalar(query) == 1


def test_a_new_crime_named_by_two_rows_at_once_is_one(app: Flask):
    outcomes = together(app, *[lambda: a_crime(reference="41/77/26").id] * 6)
    assert len(set(outcomes)) == 1


def test_a_victim_is_recorded_as_told_once(app: Flask):
    case = a_case()
    commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    case_id = case.id

    def tell() -> None:
        mine = db.session.get_one(CaseFile, case_id)
        duty = next(duty for duty in mine.duties if duty.rule == "R6_CHARGE")
        commands.tell_victim(mine, duty, at=MONDAY, channel=Channel.PHONE, actor=TEST)

    assert refusals(together(app, *[tell] * 6)) == 5


def test_two_who_record_the_same_charge_record_it_once(app: Flask):
    case = a_case()
    crime_id = case.crime_id

    def record() -> None:
        crime = db.session.get_one(Crime, crime_id)
        commands.record_milestone(crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)

    assert refusals(together(app, *[record] * 6)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CrimeMilestone)) == 1
    query = sa.select(sa.func.count()).where(Duty.rule == "R6_CHARGE")
    assert db.session.scalar(query) == 1


def test_two_schedulers_remind_of_a_duty_once(app: Flask):
    a_case(manager=a_member_of_staff())
    with clock.fixed(datetime(2026, 11, 30, 8, 0, tzinfo=UTC)):
        outcomes = together(app, *[remind_managers] * 4)
    assert sum(int(str(outcome)) for outcome in outcomes) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DutyReminder)) == 1


def test_different_work_on_one_crime_never_locks_each_other_out(app: Flask):
    crime = a_crime()
    cases = [a_case(crime=crime) for _ in range(3)]
    commands.record_milestone(
        crime, kind=Milestone.HEARING_LISTED, at=MONDAY, about="hearing:1", actor=TEST
    )
    crime_id, ids = crime.id, [case.id for case in cases]
    manager_id = a_member_of_staff().id

    def charge() -> None:
        mine = db.session.get_one(Crime, crime_id)
        commands.record_milestone(mine, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)

    def receipt() -> None:
        mine = db.session.get_one(CaseFile, ids[0])
        duty = next(duty for duty in mine.duties if duty.rule == "R8_HEARING")
        commands.give_receipt(mine, duty, at=MONDAY, actor=TEST)

    def contact() -> None:
        commands.log_contact(
            db.session.get_one(CaseFile, ids[1]),
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="",
            at=MONDAY,
            actor=TEST,
        )

    def assign() -> None:
        mine = db.session.get_one(CaseFile, ids[2])
        manager = db.session.get_one(Staff, manager_id)
        commands.assign_manager(mine, manager, version=mine.version, actor=TEST)

    outcomes = together(app, charge, receipt, contact, assign, charge, contact)
    assert refusals(outcomes) == 0
    assert audit.verify(audit.keyed(audit_key())).ok

"""One hearing at a time, and who sees it."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.courts import commands, queries
from beacon.courts.models import Court, Hearing, HearingType
from beacon.courts.reference import load_reference
from beacon.courts.terms import Attendance, HearingOutcome, HearingStatus
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing

TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def move(hearing: Hearing, **known) -> Hearing:
    usual = {
        "court_code": "B41MJ00",
        "held_on": date(2026, 12, 1),
        "starts_at": time(14),
        "version": 1,
        "actor": TEST,
    }
    return commands.move_hearing(hearing.id, **usual | known)


def outcome(hearing: Hearing, **known) -> Hearing:
    usual = {
        "outcome": HearingOutcome.HELD,
        "attendance": Attendance.ATTENDED,
        "version": 1,
        "actor": TEST,
    }
    return commands.record_outcome(hearing.id, **usual | known)


def a_viewer(*roles: Role, team: str = "North"):
    agency = "Example Aid" if Role.PARTNER in roles else None
    return an_actor(a_member_of_staff(*roles, team=team, agency=agency))


def test_a_hearing_keeps_its_identity_when_it_moves():
    hearing = a_hearing()
    moved = move(hearing)
    assert (moved.id, moved.held_on, moved.court.code) == (hearing.id, date(2026, 12, 1), "B41MJ00")
    assert len(moved.versions) == 2


def test_a_vacated_hearing_may_be_listed_again():
    hearing = a_hearing()
    commands.vacate_hearing(hearing.id, version=1, actor=TEST)
    assert move(hearing, version=2).is_live


@pytest.mark.parametrize(
    "known", [{"held_on": date(2026, 11, 22)}, {"court_code": "Nowhere"}, {"version": 7}]
)
def test_a_move_that_cannot_be_is_refused(known: dict):
    with pytest.raises(RuleBroken):
        move(a_hearing(), **known)


def test_a_move_to_the_same_place_and_time_is_refused():
    hearing = a_hearing()
    with pytest.raises(RuleBroken):
        move(hearing, court_code="B41ME00", held_on=TUESDAY, starts_at=time(9, 30))


def test_a_hearing_is_not_vacated_twice():
    hearing = a_hearing()
    commands.vacate_hearing(hearing.id, version=1, actor=TEST)
    with pytest.raises(RuleBroken):
        commands.vacate_hearing(hearing.id, version=2, actor=TEST)
    assert db.session.get_one(Hearing, hearing.id).status is HearingStatus.VACATED


def test_an_outcome_is_recorded_on_the_day_and_ends_the_hearing():
    hearing = a_hearing()
    with pytest.raises(RuleBroken):
        outcome(hearing)
    with clock.fixed(TUESDAY_NOON):
        done = outcome(hearing)
    assert (done.outcome, done.attendance, done.is_live) == (
        HearingOutcome.HELD,
        Attendance.ATTENDED,
        False,
    )


def test_nobody_who_came_has_a_warrant_for_not_coming():
    hearing = a_hearing()
    with clock.fixed(TUESDAY_NOON), pytest.raises(RuleBroken) as refusal:
        outcome(hearing, outcome=HearingOutcome.WARRANT)
    assert refusal.value.field == "attendance"


def test_two_people_changing_one_defendant_do_not_write_over_each_other():
    person = a_hearing().defendant
    change = {"do_not_text": True, "version": 1, "actor": TEST}
    commands.correct_mobile(person.id, "", **change)
    with pytest.raises(RuleBroken):
        commands.correct_mobile(person.id, "+447700900888", **change)


def test_a_hearing_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        commands.vacate_hearing(999, version=1, actor=TEST)


def test_a_case_manager_sees_the_hearings_of_their_own_cases_alone():
    manager = a_member_of_staff()
    a_case(crime=a_crime(reference="41/100/26"), manager=manager)
    own = a_hearing(crime_key="41/100/26")
    other = a_hearing(crime_key="41/200/26")
    seen = queries.hearings_on(an_actor(manager), TUESDAY)
    assert [row.id for row in seen.rows] == [own.id]
    with pytest.raises(NotFound):
        queries.get_hearing(an_actor(manager), other.id)


def test_a_case_manager_does_not_see_a_defendants_number():
    manager = a_member_of_staff()
    a_case(crime=a_crime(reference="41/100/26"), manager=manager)
    hearing = a_hearing(crime_key="41/100/26")
    assert queries.hearings_on(an_actor(manager), TUESDAY).rows[0].mobile == ""
    assert queries.hearing_page(an_actor(manager), hearing.id).mobile == ""


def test_a_court_officer_sees_every_hearing():
    a_hearing()
    a_hearing()
    assert len(queries.hearings_on(a_viewer(Role.COURT_OFFICER), TUESDAY).rows) == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COURT_OFFICER])
def test_nobody_else_sees_a_hearing_that_is_not_theirs(role: Role):
    a_hearing()
    assert queries.hearings_on(a_viewer(role), TUESDAY).rows == []


def test_a_day_of_a_hundred_hearings_costs_no_more_questions_than_one(count_queries):
    viewer = a_viewer(Role.COURT_OFFICER)
    a_hearing()
    count_queries.clear()
    queries.hearings_on(viewer, TUESDAY)
    one = len(count_queries)
    for _ in range(20):
        a_hearing()
    count_queries.clear()
    queries.hearings_on(viewer, TUESDAY)
    assert len(count_queries) == one


def test_the_reference_rows_are_loaded_once_and_leave_what_a_person_changed():
    court = queries.find_court("st albans magistrates court")
    assert court is not None
    before = [db.session.scalar(sa.select(sa.func.count(t.id))) for t in (Court, HearingType)]
    load_reference()
    after = [db.session.scalar(sa.select(sa.func.count(t.id))) for t in (Court, HearingType)]
    assert before == after == [24, 39]

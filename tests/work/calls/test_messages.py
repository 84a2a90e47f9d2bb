"""What a caller asks to be told reaches whoever has the case, and tells nobody else of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.calls import commands, queries
from beacon.calls.commands import Left, SaidOfThemselves
from beacon.calls.models import CallMessage
from beacon.calls.terms import Proof, RingBack
from beacon.cases import commands as cases
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.work.calls.conftest import MONDAY

TODAY = MONDAY.date()
LEFT = Left(words="When is the hearing?", ring_on=TODAY, hours="after 14:00", way=RingBack.PHONE)
UNKNOWN = SaidOfThemselves(name="Nobody Known", number="07700 900399")
ON_CASE = sa.select(CallMessage).where(CallMessage.case_id.is_not(None))
THEY_RING = Left(words="When?", ring_on=TODAY, hours="", way=RingBack.THEY_RING)


@pytest.fixture
def intake(monday):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER, team=None, name="Ina Take"))


def left_for(person):
    return [(row.who, row.words) for row in queries.messages_for(person)]


def test_a_message_stands_on_the_desk_of_the_case_manager(case, manager, colleague):
    commands.leave_message(case, LEFT, proof=Proof.PHRASE, actor=colleague)
    row = queries.messages_for(an_actor(manager))[0]
    assert (row.who, row.words, row.hours) == (
        "Amelia Hartwell", "When is the hearing?", "after 14:00",
    )  # fmt: skip
    assert queries.messages_for(colleague) == []
    raw = db.session.execute(sa.text("SELECT words_sealed FROM call_message")).scalar_one()
    assert b"hearing" not in raw


@pytest.mark.proves("L-05")
def test_a_message_that_is_sent_twice_is_left_once(case, manager, colleague, intake):
    for _ in range(2):
        commands.leave_message(case, LEFT, proof=Proof.PHRASE, actor=colleague)
        commands.leave_unplaced(LEFT, UNKNOWN, actor=intake)
    assert len(left_for(an_actor(manager))) == len(left_for(intake)) == 1
    commands.finish_message(db.session.scalars(ON_CASE).one(), actor=an_actor(manager))
    commands.leave_message(case, LEFT, proof=Proof.PHRASE, actor=colleague)
    assert len(db.session.scalars(ON_CASE).all()) == 2


def test_a_message_goes_on_with_the_case(case, manager, colleague):
    commands.leave_message(case, LEFT, proof=Proof.NONE, actor=colleague)
    other = a_member_of_staff(Role.CASE_MANAGER, name="Next Manager")
    cases.assign_manager(
        case, other, version=case.version, actor=an_actor(a_member_of_staff(Role.TEAM_LEADER))
    )
    assert left_for(an_actor(manager)) == []
    assert left_for(an_actor(other)) == [("Amelia Hartwell", "When is the hearing?")]


@pytest.mark.parametrize(
    ("way", "says"), [(RingBack.TEXT, "texts are not"), (RingBack.EMAIL, "no email")]
)
def test_only_a_way_that_is_recorded_as_safe_is_taken(case, colleague, way, says):
    left = Left(words="When?", ring_on=TODAY, hours="", way=way)
    with pytest.raises(RuleBroken, match=says):
        commands.leave_message(case, left, proof=Proof.PHRASE, actor=colleague)


def test_who_said_that_contact_is_not_safe_is_not_contacted(manager, colleague):
    case = a_case(victim=a_victim(safe="no"), manager=manager)
    with pytest.raises(RuleBroken, match="contact is not safe"):
        commands.leave_message(case, LEFT, proof=Proof.PHRASE, actor=colleague)
    commands.leave_message(case, THEY_RING, proof=Proof.PHRASE, actor=colleague)
    assert len(queries.messages_for(an_actor(manager))) == 1


@pytest.mark.parametrize("days", [-1, 32])
def test_a_message_is_for_a_day_that_comes_soon(case, colleague, days):
    left = Left(words="x", ring_on=TODAY + timedelta(days=days), hours="", way=RingBack.THEY_RING)
    with pytest.raises(RuleBroken) as refused:
        commands.leave_message(case, left, proof=Proof.NONE, actor=colleague)
    assert refused.value.field == "ring_on"


@pytest.mark.parametrize(
    "said",
    [
        SaidOfThemselves(name="Amelia Hartwell", born="1/5/1980", number="07700 900456"),
        SaidOfThemselves(name="Mrs Hartwell", number="07700 900123"),
    ],
)
def test_a_message_for_a_case_out_of_sight_reaches_its_manager(case, manager, stranger, said):
    commands.leave_unplaced(LEFT, said, actor=stranger)
    assert left_for(an_actor(manager)) == [("Amelia Hartwell", "When is the hearing?")]
    assert queries.messages_for(stranger) == []
    message = db.session.scalars(sa.select(CallMessage)).one()
    with pytest.raises(NotFound):
        queries.get_message(stranger, message.id)


def test_a_reference_with_another_name_points_to_nobody(case, manager, stranger, intake):
    said = SaidOfThemselves(name="Bob Other", reference=case.reference)
    commands.leave_unplaced(THEY_RING, said, actor=stranger)
    assert queries.messages_for(an_actor(manager)) == []
    assert left_for(intake) == [("Bob Other", "When?")]


def test_two_cases_that_fit_are_nobodys_until_somebody_looks(case, manager, stranger, intake):
    a_case(victim=case.victim, manager=manager)
    said = SaidOfThemselves(name="Amelia Hartwell", born="1/5/1980")
    commands.leave_unplaced(THEY_RING, said, actor=stranger)
    assert queries.messages_for(an_actor(manager)) == []
    assert left_for(intake) == [("Amelia Hartwell", "When?")]


def test_the_number_that_a_caller_gives_is_held_from_then_on(stranger):
    number = "07700 900321"
    assert holder(number) is Held.NONE
    said = SaidOfThemselves(name="Nora Newcomer", number=number)
    commands.leave_unplaced(LEFT, said, actor=stranger)
    assert holder(number) is Held.ANOTHER_CASE


def test_whoever_is_to_be_rung_must_give_a_number(stranger):
    with pytest.raises(RuleBroken, match="number that they gave"):
        commands.leave_unplaced(LEFT, SaidOfThemselves(name="Nora"), actor=stranger)


def test_a_message_is_dealt_with_once(case, manager, colleague):
    message = commands.leave_message(case, LEFT, proof=Proof.NONE, actor=colleague)
    with pytest.raises(NotFound):
        commands.finish_message(message, actor=colleague)
    own = an_actor(manager)
    commands.finish_message(message, actor=own)
    done = message.done_at
    commands.finish_message(message, actor=own)
    assert message.done_at == done
    assert queries.messages_for(own) == []


def test_a_case_is_not_closed_while_a_caller_waits(case, colleague):
    commands.leave_message(case, LEFT, proof=Proof.NONE, actor=colleague)
    assert [(end.due_on, end.waits) for end in queries.ends_of(case)] == [
        (date(2026, 11, 23), True)
    ]


@pytest.mark.parametrize(
    ("role", "team", "may"),
    [
        (Role.TEAM_LEADER, "North", True),
        (Role.TEAM_LEADER, "South", False),
        (Role.INTAKE_OFFICER, "North", False),
        (Role.CASE_MANAGER, "North", False),
    ],
)
def test_a_leader_who_sees_the_case_deals_with_a_message_that_is_not_on_their_desk(
    case, colleague, role, team, may
):
    message = commands.leave_message(case, LEFT, proof=Proof.NONE, actor=colleague)
    somebody = an_actor(a_member_of_staff(role, team=team, name="Lee Able"))
    assert queries.messages_for(somebody) == []
    if not may:
        for asked in (queries.get_row, queries.get_message):
            with pytest.raises(NotFound):
                asked(somebody, message.id)
        with pytest.raises(NotFound):
            commands.finish_message(message, actor=somebody)
        return
    assert queries.get_row(somebody, message.id).is_theirs
    commands.finish_message(queries.get_message(somebody, message.id), actor=somebody)
    assert queries.ends_of(case) == []

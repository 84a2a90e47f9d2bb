"""Others are asked for what only they can say, and asked again; they answer, or need not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.models import CaseFile, InformationRequest, TimelineEntry
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import Body, Milestone
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEXT_MONDAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def asked(case: CaseFile, **known: object) -> InformationRequest:
    usual = {
        "asked_of": Body.POLICE,
        "milestone": Milestone.BAILED,
        "words": "Is he on bail, and on what conditions?",
        "at": MONDAY,
        "chase_on": NEXT_MONDAY,
        "actor": TEST,
    }
    return commands.ask(case, **usual | known)


def said_of(case: CaseFile) -> list[str]:
    query = sa.select(TimelineEntry).where(TimelineEntry.case_id == case.id)
    return [entry.sentence for entry in db.session.scalars(query.order_by(TimelineEntry.id))]


def test_what_was_asked_is_kept_with_whom_and_when_to_ask_again():
    case = a_case()
    row = asked(case)
    assert row.is_open
    assert row.what == ("Suspect released on police bail: Is he on bail, and on what conditions?")
    assert (row.asked_of, row.chase_on) == (Body.POLICE, NEXT_MONDAY)
    assert said_of(case)[-1].startswith("A test asked the officer in the case: Suspect released")
    logged = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "request.made"))
    assert [entry.object_id for entry in logged] == [str(row.id)]


def test_the_words_of_a_question_and_of_its_answer_are_sealed():
    case = a_case()
    row = asked(case)
    commands.answer(case, row, answer="On bail, not to go near her.", at=MONDAY, actor=TEST)
    query = sa.text("SELECT words_sealed, answer_sealed FROM information_request")
    kept = b"".join(bytes(one) for one in db.session.execute(query).one())
    assert b"bail" not in kept
    assert row.answer == "On bail, not to go near her."


def test_the_same_question_sent_twice_is_one_and_another_is_another():
    case = a_case()
    assert asked(case).id == asked(case).id
    assert asked(case, words="And since when?").id != asked(case).id


@pytest.mark.parametrize(
    ("known", "field", "why"),
    [
        ({"asked_of": Body.BANK}, "asked_of", "Choose whom you asked"),
        ({"milestone": None, "words": " "}, "words", "or say it in words"),
        ({"words": "x" * 501}, "words", "500 characters or fewer"),
        ({"at": MONDAY + timedelta(minutes=1)}, "at", "not happened yet"),
        ({"chase_on": MONDAY.date()}, "chase_on", "a day after today"),
        ({"chase_on": date(2026, 11, 28)}, "chase_on", "30 November 2026 is the next"),
        ({"chase_on": date(2026, 12, 25)}, "chase_on", "29 December 2026 is the next"),
    ],
)
def test_a_question_that_cannot_be_followed_up_is_refused(known, field, why):
    case = a_case()
    with pytest.raises(RuleBroken, match=why) as refusal:
        asked(case, **known)
    assert refusal.value.field == field
    assert db.session.scalar(sa.select(sa.func.count()).select_from(InformationRequest)) == 0


def test_asking_again_moves_the_day():
    case = a_case()
    row = asked(case)
    commands.ask_again(case, row, chase_on=date(2026, 12, 7), actor=TEST)
    assert row.chase_on == date(2026, 12, 7)
    assert said_of(case)[-1].startswith("A test asked again: the officer in the case")


def test_an_answer_ends_the_question_once():
    case = a_case()
    row = asked(case)
    commands.answer(case, row, answer="Yes, since Friday.", at=MONDAY, actor=TEST)
    assert not row.is_open
    assert said_of(case)[-1].endswith("answered: Yes, since Friday..")
    for order in (
        lambda: commands.answer(case, row, answer="No.", at=MONDAY, actor=TEST),
        lambda: commands.withdraw_request(case, row, reason="Not needed", actor=TEST),
        lambda: commands.ask_again(case, row, chase_on=NEXT_MONDAY, actor=TEST),
    ):
        with pytest.raises(RuleBroken, match="already ended this request"):
            order()
    assert row.answer == "Yes, since Friday."


def test_an_answer_does_not_come_before_the_question():
    case = a_case()
    row = asked(case, at=MONDAY - timedelta(hours=1))
    with pytest.raises(RuleBroken, match="before they were asked"):
        commands.answer(case, row, answer="Yes", at=MONDAY - timedelta(hours=2), actor=TEST)


def test_a_question_is_taken_back_with_its_reason():
    case = a_case()
    row = asked(case)
    with pytest.raises(RuleBroken, match="Enter the reason"):
        commands.withdraw_request(case, row, reason=" ", actor=TEST)
    commands.withdraw_request(case, row, reason="She asked him herself.", actor=TEST)
    assert (row.withdrawn_at, row.reason) == (MONDAY, "She asked him herself.")
    events = [entry.event for entry in case.timeline]
    assert events.count(TimelineEvent.REQUEST_ENDED) == 1


def test_a_question_belongs_to_its_case_and_to_those_who_may_open_it():
    manager = a_member_of_staff(Role.CASE_MANAGER)
    stranger = a_member_of_staff(Role.CASE_MANAGER, team="South")
    case, other = a_case(manager=manager), a_case(manager=manager)
    row = asked(case)
    with pytest.raises(NotFound):
        commands.answer(other, row, answer="Yes", at=MONDAY, actor=TEST)
    with pytest.raises(NotFound):
        commands.answer(case, row, answer="Yes", at=MONDAY, actor=an_actor(stranger))
    with pytest.raises(NotFound):
        queries.row_of(an_actor(stranger), case, InformationRequest, row.id)
    assert queries.row_of(an_actor(manager), case, InformationRequest, row.id).id == row.id


def test_a_manager_is_told_to_ask_again_from_that_day_on():
    manager = a_member_of_staff(Role.CASE_MANAGER)
    case = a_case(manager=manager)
    row, later = asked(case), asked(case, words="When?", chase_on=date(2026, 12, 2))
    viewer = an_actor(manager)
    assert queries.to_chase(viewer, manager_id=manager.id) == []
    with clock.fixed(MONDAY + timedelta(days=7)):
        (due,) = queries.to_chase(viewer, manager_id=manager.id)
        assert (due.request_id, due.asked_of) == (row.id, "the officer in the case")
    with clock.fixed(MONDAY + timedelta(days=10)):
        found = queries.to_chase(viewer, manager_id=manager.id)
        assert [one.request_id for one in found] == [row.id, later.id]
        commands.answer(case, row, answer="Yes", at=MONDAY, actor=TEST)
        found = queries.to_chase(viewer, manager_id=manager.id)
        assert [one.request_id for one in found] == [later.id]


def test_the_day_to_ask_again_is_a_working_day_unless_another_is_chosen():
    assert queries.first_chase() == NEXT_MONDAY
    with clock.fixed(datetime(2026, 12, 22, 9, 0, tzinfo=UTC)):
        assert queries.first_chase() == date(2026, 12, 31)

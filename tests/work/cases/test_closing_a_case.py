"""What is still open when a case is closed, and what comes back when it is opened again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.models import CaseFile, CaseTask, InformationRequest, TimelineEntry
from beacon.cases.terms import (
    CaseStatus,
    ContactOutcome,
    OrderKind,
    SuspectStatus,
    TaskKind,
    UpdateEvery,
)
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import Body, Channel, DutyState, Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def in_contact(**known: object) -> CaseFile:
    """A case whose first contact is made, so that nothing is owed."""
    case = a_case(**known)
    commands.log_contact(
        case,
        at=clock.now(),
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="",
        actor=TEST,
    )
    return case


def ask(case: CaseFile, words: str = "Is he on bail?") -> InformationRequest:
    return commands.ask(
        case,
        asked_of=Body.POLICE,
        milestone=Milestone.BAILED,
        words=words,
        at=clock.now(),
        chase_on=date(2026, 11, 30),
        actor=TEST,
    )


def close(case: CaseFile) -> None:
    commands.close_case(case, note="Settled.", version=case.version, actor=TEST)


def reopen(case: CaseFile) -> None:
    commands.reopen_case(case, note="She rang.", version=case.version, actor=TEST)


def said_of(case: CaseFile) -> list[str]:
    query = sa.select(TimelineEntry).where(TimelineEntry.case_id == case.id)
    return [entry.sentence for entry in db.session.scalars(query.order_by(TimelineEntry.id))]


def actions(name: str) -> list[str]:
    query = sa.select(AuditEntry.object_id).where(AuditEntry.action == name)
    return list(db.session.scalars(query.order_by(AuditEntry.seq)))


def test_a_question_that_waits_ends_with_the_case_and_leaves_a_trace():
    case = in_contact()
    waits, answered = ask(case), ask(case, "Since when?")
    commands.answer(case, answered, answer="Friday.", at=MONDAY, actor=TEST)
    close(case)
    assert (waits.is_open, waits.ended_with_case, waits.withdrawn_at) == (False, True, MONDAY)
    assert (answered.ended_with_case, answered.answer) == (False, "Friday.")
    assert actions("request.ended_with_case") == [str(waits.id)]
    ended = [line for line in said_of(case) if line.endswith("the case was closed.")]
    assert len(ended) == 1
    assert "Is he on bail?" in ended[0]


def test_a_question_comes_back_with_its_case_and_is_asked_again_at_once():
    manager = a_member_of_staff(Role.CASE_MANAGER)
    case = in_contact(manager=manager)
    waits, taken_back = ask(case), ask(case, "Since when?")
    commands.withdraw_request(case, taken_back, reason="No need.", actor=TEST)
    close(case)
    viewer = an_actor(manager)
    with clock.fixed(MONDAY + MONTH):
        assert queries.to_chase(viewer, manager_id=manager.id) == []
        reopen(case)
        (due,) = queries.to_chase(viewer, manager_id=manager.id)
        assert (due.request_id, due.chase_on) == (waits.id, date(2026, 12, 23))
        commands.answer(case, waits, answer="Yes.", at=clock.now(), actor=TEST)
    assert (waits.answer, waits.ended_with_case) == ("Yes.", False)
    assert not taken_back.is_open
    assert actions("request.taken_up_again") == [str(waits.id)]


def test_a_question_of_a_case_that_is_soon_open_again_keeps_its_day():
    case = in_contact()
    waits = ask(case)
    close(case)
    reopen(case)
    assert (waits.is_open, waits.chase_on) == (True, date(2026, 11, 30))


def test_a_paused_duty_is_owed_and_keeps_the_case_open():
    case = in_contact()
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    (duty,) = [one for one in case.duties if one.is_open]
    commands.pause_duty(case, duty, reason="The officer asked us to wait.", actor=TEST)
    with pytest.raises(RuleBroken, match=r"must still be told something \(1\)"):
        close(case)
    assert case.status is not CaseStatus.CLOSED


def test_what_the_feed_told_of_a_closed_case_is_asked_about_when_it_is_open_again():
    crime = a_crime()
    case = in_contact(crime=crime)
    close(case)
    facts = commands.CrimeFacts(
        reference=crime.reference,
        recorded_at=crime.recorded_at,
        suspect_status=SuspectStatus.BAILED,
    )
    commands.record_crime(facts, actor=TEST)
    assert open_tasks(case) == []
    reopen(case)
    assert open_tasks(case) == [TaskKind.MILESTONE_PROPOSED]
    (proposal,) = queries.case_page(TEST, case.reference).proposals
    commands.set_proposal_aside(proposal, reason="Another man.", actor=TEST)
    assert open_tasks(case) == []


def open_tasks(case: CaseFile) -> list[TaskKind]:
    query = sa.select(CaseTask.kind).where(CaseTask.case_id == case.id, CaseTask.done_at.is_(None))
    return list(db.session.scalars(query))


def test_a_wish_for_updates_rests_with_its_case_and_is_asked_for_at_once_when_it_is_open_again():
    case = in_contact(manager=a_member_of_staff(Role.CASE_MANAGER))
    wish = commands.Wish(every=UpdateEvery.WEEK, channel=Channel.PHONE, asked_on=MONDAY.date())
    row = commands.record_wish(case, wish, actor=TEST)
    close(case)
    with clock.fixed(MONDAY + MONTH):
        assert queries.wishes_to_call_for(clock.today()) == []
        reopen(case)
        assert queries.wishes_to_call_for(clock.today()) == [row.id]
        assert commands.call_for_update(row.id, actor=TEST)
    assert open_tasks(case) == [TaskKind.UPDATE_DUE]


def test_what_is_open_is_named_before_the_case_is_closed():
    case = a_case(manager=a_member_of_staff(Role.CASE_MANAGER))
    ask(case)
    for kind in (Milestone.ARRESTED, Milestone.BAILED):
        commands.record_milestone(case.crime, kind=kind, at=MONDAY, actor=TEST)
    arrested, bailed = (one for one in case.duties if one.rule in {"R6_ARREST", "R6_BAIL"})
    commands.pause_duty(case, arrested, reason="The officer asked us to wait.", actor=TEST)
    commands.set_duty_aside(
        case, bailed, state=DutyState.SAFETY_DELAY, reason="He is at home.", actor=TEST
    )
    commands.add_task(case.id, kind=TaskKind.OTHER, about="", due_on=MONDAY.date(), actor=TEST)
    commands.record_order(
        case,
        commands.OrderFacts(
            kind=OrderKind.RESTRAINING,
            starts_on=MONDAY.date(),
            ends_on=date(2027, 11, 22),
            conditions="Not to go near her.",
        ),
        actor=TEST,
    )
    wish = commands.Wish(every=UpdateEvery.WEEK, channel=Channel.PHONE, asked_on=MONDAY.date())
    commands.record_wish(case, wish, actor=TEST)
    ends = queries.open_ends(TEST, case)
    assert [line.duty.rule for line in ends.duties] == ["FIRST_CONTACT", "R6_ARREST"]
    assert [task.kind for task in ends.tasks] == [TaskKind.OTHER]
    assert [line.duty.rule for line in ends.put_off] == ["R6_BAIL"]
    assert ends.must_wait
    assert [one.what for one in ends.requests] == [
        "Suspect released on police bail: Is he on bail?"
    ]
    assert [one.kind for one in ends.orders] == [OrderKind.RESTRAINING]
    assert ends.wish is not None
    assert len(ends.doubts) == 4


def test_a_case_with_nothing_open_has_no_open_ends():
    ends = queries.open_ends(TEST, in_contact())
    assert (ends.must_wait, ends.doubts) == (False, [])

"""A case is closed with its summary, once everything open is answered; an earlier one stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from beacon.cases import commands as cases
from beacon.cases import queries as of_cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus, NeedAnswer, NeedCategory, Stage
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.plans import commands, queries
from beacon.plans.commands import (
    ActionGiven,
    ClosingGiven,
    GoalGiven,
    ItemGiven,
    PromiseGiven,
    Reached,
    SafetyGiven,
    SessionGiven,
)
from beacon.plans.terms import (
    Answer,
    ClosingReason,
    CopeAndRecover,
    GoalState,
    ItemKind,
    NotAssessed,
    SessionKind,
    SessionState,
)
from tests.factories import TEST

TODAY = date(2026, 11, 23)
LATER = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)


def ending(**known) -> ClosingGiven:
    usual = {
        "reason": ClosingReason.DONE,
        "summary": "She is well again.",
        "not_assessed": NotAssessed.DECLINED,
    }
    return ClosingGiven(**usual | known)


def close(case, actor, **known):
    row = db.session.get(CaseFile, case.id, populate_existing=True)
    return commands.close(row, ending(**known), version=row.version, actor=actor)


def assess(case, stage, score, actor):
    answers = dict.fromkeys(NeedCategory, cases.NeedGiven(NeedAnswer.SCORED, score))
    return cases.assess_needs(case, stage=stage, answers=answers, at=clock.now(), actor=actor)


def status(case) -> CaseStatus:
    return db.session.get(CaseFile, case.id, populate_existing=True).status


def test_it_keeps_why_what_the_victim_says_and_what_was_achieved(case, actor):
    goal = commands.add_goal(
        case, GoalGiven(category=NeedCategory.HEALTH, words="To sleep"), actor=actor
    )
    closing = close(
        case,
        actor,
        answers={CopeAndRecover.SAFETY: Answer.YES, CopeAndRecover.HEALTH: Answer.PARTLY},
        goals={goal.id: Reached(GoalState.REACHED, "She sleeps six hours.")},
    )
    said = {one.outcome: one.answer for one in closing.answers}
    assert said == {
        CopeAndRecover.HEALTH: Answer.PARTLY,
        CopeAndRecover.COPING: Answer.NOT_ASKED,
        CopeAndRecover.SAFETY: Answer.YES,
        CopeAndRecover.INFORMED: Answer.NOT_ASKED,
    }
    assert [(one.state, one.words) for one in closing.goals] == [
        (GoalState.REACHED, "She sleeps six hours.")
    ]
    row = db.session.get(CaseFile, case.id)
    assert (row.status, row.closing_note) == (CaseStatus.CLOSED, "She is well again.")


def test_a_goal_that_nobody_answered_keeps_the_case_open(case, actor):
    commands.add_goal(case, GoalGiven(category=NeedCategory.HEALTH, words="To sleep"), actor=actor)
    with pytest.raises(RuleBroken, match="of each goal"):
        close(case, actor)
    assert status(case) is not CaseStatus.CLOSED
    assert queries.closings_of(TEST, case) == []


def test_needs_are_assessed_at_the_close_or_it_is_said_why_not(case, actor):
    with pytest.raises(RuleBroken, match="Assess needs at the close"):
        close(case, actor, not_assessed=None)
    assess(case, Stage.START, 4, actor)
    with pytest.raises(RuleBroken, match="Assess needs at the close"):
        close(case, actor, not_assessed=None)
    last = assess(case, Stage.CLOSE, 2, actor)
    closing = close(case, actor)  # an assessment that is there needs no excuse
    assert (closing.assessment_id, closing.not_assessed) == (last.id, None)


def open_promise(case, actor):
    given = PromiseGiven(words="To ring", due_on=TODAY)
    promise = commands.give_promise(case, given, actor=actor)
    return lambda: commands.keep_promise(case, promise, actor=actor)


def open_action(case, actor):
    goal = commands.add_goal(
        case, GoalGiven(category=NeedCategory.HEALTH, words="To sleep"), actor=actor
    )
    action = commands.add_action(
        case, goal, ActionGiven(words="Ask the surgery", due_on=TODAY), actor=actor
    )

    def answer():
        commands.finish_action(case, action, actor=actor)
        given = GoalGiven(category=NeedCategory.HEALTH, words="To sleep", state=GoalState.REACHED)
        commands.change_goal(case, goal, given, reason="She sleeps.", version=1, actor=actor)

    return answer


def open_session(case, actor):
    planned = SessionGiven(kind=SessionKind.PHONE, held_on=TODAY)
    meeting = commands.add_session(case, planned, actor=actor)
    given = SessionGiven(
        kind=SessionKind.PHONE, held_on=TODAY, state=SessionState.CANCELLED_BY_THEM
    )
    return lambda: commands.change_session(case, meeting, given, reason="", version=1, actor=actor)


@pytest.mark.parametrize("make", [open_promise, open_action, open_session])
def test_what_is_open_is_answered_first_by_whatever_way_the_case_is_closed(case, actor, make):
    answer = make(case, actor)
    ends = of_cases.open_ends(actor, case)
    assert ends.must_wait
    row = db.session.get(CaseFile, case.id)
    with pytest.raises(RuleBroken, match="still open"):
        cases.close_case(row, note="Over.", version=row.version, actor=TEST)
    answer()
    assert not of_cases.open_ends(actor, case).must_wait
    assert close(case, actor).reason is ClosingReason.DONE


def test_what_worries_us_is_named_and_does_not_hold_the_case(case, actor):
    said = SafetyGiven(steps="Go to the neighbour", concerns="He has a key")
    commands.save_safety_plan(case, said, reason="", version=0, actor=actor)
    commands.add_item(case, ItemGiven(kind=ItemKind.LOCKS, asked_on=TODAY), actor=actor)
    ends = of_cases.open_ends(actor, case)
    assert ends.doubts == [
        "Asked for and not fitted: locks changed.",
        "The safety plan names something that still worries us.",
    ]
    assert not ends.must_wait


def test_opened_again_the_earlier_summary_stays_and_the_next_stands_beside_it(case, actor):
    assess(case, Stage.CLOSE, 2, actor)
    first = close(case, actor, not_assessed=None)
    with clock.fixed(LATER):
        row = db.session.get(CaseFile, case.id, populate_existing=True)
        cases.reopen_case(row, note="She rang.", version=row.version, actor=actor)
        with pytest.raises(RuleBroken, match="Assess needs"):
            close(case, actor, not_assessed=None)  # the assessment of the first end is spent
        second = close(case, actor, summary="Over again.", reason=ClosingReason.MOVED)
    found = queries.closings_of(TEST, case)
    assert [one.id for one in found] == [second.id, first.id]
    assert [one.summary for one in found] == ["Over again.", "She is well again."]


def test_needs_come_up_for_review_after_the_weeks_of_the_setting(case, manager, actor):
    assert queries.reviews_due(actor, TODAY) == []
    assess(case, Stage.START, 4, actor)
    eleven, twelve = TODAY + timedelta(weeks=11), TODAY + timedelta(weeks=12)
    assert queries.reviews_due(actor, eleven) == []
    (row,) = queries.reviews_due(actor, twelve)
    assert (row.reference, row.due_on) == (case.reference, twelve)
    with clock.fixed(clock.now() + timedelta(weeks=11)):
        assess(case, Stage.REVIEW, 3, actor)
    assert queries.reviews_due(actor, twelve) == []

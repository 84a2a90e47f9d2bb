"""Goals, actions and sessions: who does what by when, and every change with its reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import NeedCategory
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.plans import commands, queries
from beacon.plans.commands import ActionGiven, GoalGiven, SessionGiven
from beacon.plans.models import Action, PlanChange, PlanSession
from beacon.plans.terms import (
    ActionState,
    GoalState,
    Part,
    PlanState,
    SessionKind,
    SessionState,
)
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
GOAL = GoalGiven(category=NeedCategory.HEALTH, words="To sleep through the night")
ACT = ActionGiven(words="Ask the surgery for a letter", due_on=FRIDAY)


@pytest.fixture
def goal(case, actor):
    return commands.add_goal(case, GOAL, actor=actor)


@pytest.fixture
def action(case, goal, actor):
    return commands.add_action(case, goal, ACT, actor=actor)


def history(case) -> list[tuple[Part, str, str, str, str]]:
    query = sa.select(PlanChange).where(PlanChange.case_id == case.id).order_by(PlanChange.id)
    return [
        (one.part, one.field, one.old, one.new, one.reason) for one in db.session.scalars(query)
    ]


def words_to_do(person, by=FRIDAY) -> list[str]:
    return [row.words for row in queries.to_do(an_actor(person), by)]


def test_each_change_is_kept_with_old_new_reason_and_who(case, action, actor):
    later = ActionGiven(words=ACT.words, due_on=date(2026, 12, 4))
    commands.change_action(
        case, action, later, reason="The surgery is shut.", version=1, actor=actor
    )
    assert history(case) == [
        (Part.ACTION, "due_on", "27 November 2026", "4 December 2026", "The surgery is shut.")
    ]
    line = db.session.scalars(sa.select(PlanChange)).one()
    assert (line.by_name, line.by_id) == (actor.name, actor.id)


def test_what_was_changed_is_never_changed_itself(case, action, actor):
    commands.change_action(
        case,
        action,
        ActionGiven(words="Ask twice", due_on=FRIDAY),
        reason="No answer.",
        version=1,
        actor=actor,
    )
    for order in ("UPDATE plan_change SET field = 'x'", "DELETE FROM plan_change"):
        with pytest.raises(sa.exc.DBAPIError), transaction() as session:
            session.execute(sa.text(order))


def test_a_change_without_a_reason_is_refused_and_done_needs_none(case, action, actor):
    other = ActionGiven(words="Ask twice", due_on=FRIDAY)
    with pytest.raises(RuleBroken, match="Enter the reason"):
        commands.change_action(case, action, other, reason=" ", version=1, actor=actor)
    dropped = ActionGiven(words=ACT.words, due_on=FRIDAY, state=ActionState.DROPPED)
    with pytest.raises(RuleBroken, match="Enter the reason"):
        commands.change_action(case, action, dropped, reason="", version=1, actor=actor)
    done = ActionGiven(words=ACT.words, due_on=FRIDAY, state=ActionState.DONE)
    commands.change_action(case, action, done, reason="", version=1, actor=actor)
    assert (action.state, action.ended_on) == (ActionState.DONE, TODAY)


def test_an_action_stands_on_its_owners_desk_and_on_nobody_elses(case, goal, manager, actor):
    colleague = a_member_of_staff(Role.CASE_MANAGER)
    named = ActionGiven(words="Ring the landlord", due_on=FRIDAY, owner_id=colleague.id)
    commands.add_action(case, goal, named, actor=actor)
    commands.add_action(case, goal, ACT, actor=actor)
    assert words_to_do(manager) == ["Ask the surgery for a letter"]
    assert words_to_do(colleague) == ["Ring the landlord"]


def test_the_desk_is_in_the_order_of_days_over_all_kinds(case, goal, manager, actor):
    commands.add_action(case, goal, ACT, actor=actor)
    meeting = SessionGiven(kind=SessionKind.VIDEO, held_on=TODAY + timedelta(days=2))
    commands.add_session(case, meeting, actor=actor)
    said = commands.PromiseGiven(words="Ring on Tuesday", due_on=TODAY + timedelta(days=1))
    commands.give_promise(case, said, actor=actor)
    rows = queries.to_do(actor, FRIDAY)
    assert [row.kind for row in rows] == ["Promise", "Session", "Plan"]
    assert [row.due_on for row in rows] == sorted(row.due_on for row in rows)


def test_what_is_the_managers_goes_with_the_case_and_what_is_a_leavers_comes_to_the_manager(
    case, goal, action, manager, actor
):
    colleague, next_manager = a_member_of_staff(), a_member_of_staff()
    named = ActionGiven(words="Ring the landlord", due_on=FRIDAY, owner_id=colleague.id)
    commands.add_action(case, goal, named, actor=actor)
    row = db.session.get(CaseFile, case.id)
    cases.assign_manager(row, next_manager, version=row.version, actor=TEST)
    assert words_to_do(manager) == []
    assert words_to_do(next_manager) == [ACT.words]
    with transaction():
        colleague.disabled_at = clock.now()
    assert sorted(words_to_do(next_manager)) == [ACT.words, "Ring the landlord"]


def test_nobody_is_given_what_is_in_a_case_they_may_not_open(case, goal, actor):
    stranger = a_member_of_staff(Role.CASE_MANAGER, team="South")
    given = ActionGiven(words="Ring", due_on=FRIDAY, owner_id=stranger.id)
    with pytest.raises(RuleBroken, match="cannot take this"):
        commands.add_action(case, goal, given, actor=actor)


def test_a_form_that_was_sent_twice_makes_one_of_each(case, goal, action, actor):
    assert commands.add_goal(case, GOAL, actor=actor).id == goal.id
    assert commands.add_action(case, goal, ACT, actor=actor).id == action.id
    meeting = SessionGiven(kind=SessionKind.PHONE, held_on=TODAY)
    first = commands.add_session(case, meeting, actor=actor)
    assert commands.add_session(case, meeting, actor=actor).id == first.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Action)) == 1


def test_a_part_of_another_case_is_not_there(case, action, manager, actor):
    other = a_case(manager=manager)
    with pytest.raises(NotFound):
        commands.change_action(other, action, ACT, reason="x", version=1, actor=actor)


def test_a_stale_page_is_told_apart_from_other_refusals(case, goal, actor):
    changed = GoalGiven(category=NeedCategory.HEALTH, words="To sleep", state=GoalState.PARTLY)
    commands.change_goal(case, goal, changed, reason="She said so.", version=1, actor=actor)
    with pytest.raises(Stale):
        commands.change_goal(case, goal, GOAL, reason="x", version=1, actor=actor)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (SessionGiven(kind=SessionKind.PHONE, held_on=TODAY - timedelta(days=1)), "day is past"),
        (
            SessionGiven(kind=SessionKind.PHONE, held_on=FRIDAY, state=SessionState.ATTENDED),
            "has not come yet",
        ),
        (
            SessionGiven(kind=SessionKind.PHONE, held_on=TODAY, state=SessionState.ATTENDED),
            "how many minutes",
        ),
    ],
)
def test_a_session_that_cannot_be_is_refused(case, actor, given, words):
    with pytest.raises(RuleBroken, match=words):
        commands.add_session(case, given, actor=actor)


def test_a_session_is_planned_and_then_attended(case, actor):
    planned = SessionGiven(kind=SessionKind.PHONE, held_on=TODAY)
    meeting = commands.add_session(case, planned, actor=actor)
    came = SessionGiven(
        kind=SessionKind.PHONE, held_on=TODAY, minutes=50, state=SessionState.ATTENDED
    )
    commands.change_session(case, meeting, came, reason="", version=1, actor=actor)
    row = db.session.get(PlanSession, meeting.id)
    assert (row.state, row.minutes) == (SessionState.ATTENDED, 50)
    missed = SessionGiven(kind=SessionKind.PHONE, held_on=TODAY, state=SessionState.NOT_ATTENDED)
    with pytest.raises(RuleBroken, match="why it is changed"):
        commands.change_session(case, meeting, missed, reason="", version=2, actor=actor)


@pytest.fixture
def approval() -> None:
    with transaction() as session:
        session.add(Setting(name="plans.approval", text="yes"))


def test_a_plan_is_approved_by_a_supervisor_and_never_by_its_author(
    case, goal, actor, leader, approval
):
    commands.submit_plan(case, actor=actor)
    plan = queries.plan_of(TEST, case)
    boss = an_actor(leader)
    assert [row.reference for row in queries.plans_waiting(boss)] == [case.reference]
    commands.decide_plan(case, approved=True, words="", version=plan.version, actor=boss)
    assert plan.state is PlanState.APPROVED
    own = commands.add_goal(
        case, GoalGiven(category=NeedCategory.FINANCE, words="To pay the rent"), actor=boss
    )
    assert (own.by_id, plan.state) == (boss.id, PlanState.DRAFT)  # a change is approved anew
    commands.submit_plan(case, actor=actor)
    with pytest.raises(RuleBroken, match="Somebody else must approve"):
        commands.decide_plan(case, approved=True, words="", version=plan.version, actor=boss)
    assert plan.state is PlanState.SUBMITTED


def test_a_plan_is_sent_back_with_words(case, goal, actor, leader, approval):
    commands.submit_plan(case, actor=actor)
    plan, boss = queries.plan_of(TEST, case), an_actor(leader)
    with pytest.raises(RuleBroken, match="what is to be changed"):
        commands.decide_plan(case, approved=False, words="", version=plan.version, actor=boss)
    commands.decide_plan(
        case, approved=False, words="Add a date.", version=plan.version, actor=boss
    )
    assert (plan.state, plan.words) == (PlanState.SENT_BACK, "Add a date.")
    states = [(old, new) for part, field, old, new, _ in history(case) if part is Part.PLAN]
    assert states[-1] == ("Waiting for approval", "Sent back")


def test_a_case_manager_approves_nothing(case, goal, actor, approval):
    commands.submit_plan(case, actor=actor)
    colleague = an_actor(a_member_of_staff(Role.CASE_MANAGER))
    with pytest.raises(RuleBroken):
        commands.decide_plan(case, approved=True, words="", version=2, actor=colleague)

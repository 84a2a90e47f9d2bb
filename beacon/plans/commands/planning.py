"""Goals by need, the actions towards them, and the sessions with the victim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.cases.terms import NeedCategory
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.plans.commands.keeping import (
    as_owner,
    change,
    check_owner,
    held_case,
    held_part,
    needed,
    tell,
    touched,
)
from beacon.plans.models import Action, Goal, PlanSession
from beacon.plans.terms import ActionState, GoalState, Part, SessionKind, SessionState

NOT_YET = "That day has not come yet. Check the date."


@dataclass(frozen=True, kw_only=True)
class GoalGiven:
    """What is to be reached, of which need, and how far it is."""

    category: NeedCategory
    words: str
    state: GoalState = GoalState.OPEN
    achieved: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionGiven:
    """What is to be done, by whom and by when, and what became of it."""

    words: str
    due_on: date
    owner_id: int | None = None
    state: ActionState = ActionState.OPEN


@dataclass(frozen=True, kw_only=True)
class SessionGiven:
    """A session: when, how, how long, and whether they came."""

    kind: SessionKind
    held_on: date
    goal_id: int | None = None
    minutes: int | None = None
    state: SessionState = SessionState.PLANNED
    notes: str = ""


def add_goal(case: CaseFile, given: GoalGiven, *, actor: Actor) -> Goal:
    """Set a goal. A form that was sent twice sets one."""
    with transaction() as session:
        row = held_case(case, actor)
        words = needed(given.words, "Enter the goal in their words.", "words")
        for one in session.scalars(sa.select(Goal).filter_by(case_id=row.id, by_id=actor.id)):
            if one.words == words and one.category is given.category:
                return one
        touched(row.id, actor)
        goal = Goal(case_id=row.id, category=given.category, by_id=actor.id, by_name=actor.name)
        goal.words = words
        session.add(goal)
        audit.record("goal.set", goal, actor, operation=Operation.COLLECTION, case_id=row.id)
        tell(row.id, f"a goal for {given.category.label.lower()}", actor)
        return goal


def change_goal(
    case: CaseFile, goal: Goal, given: GoalGiven, *, reason: str, version: int, actor: Actor
) -> None:
    """Change a goal, or say how far it was reached, with the reason."""
    with transaction():
        row = held_part(case, Goal, goal.id, actor, version=version)
        reason = needed(reason, "Enter why it is changed.", "reason")
        values = {
            "category": given.category,
            "words": needed(given.words, "Enter the goal in their words.", "words"),
            "state": given.state,
            "achieved": given.achieved.strip(),
        }
        if change(row, Part.GOAL, values, reason, actor):
            touched(row.case_id, actor)
            tell(row.case_id, f"changed a goal for {row.category.label.lower()}", actor)


def add_action(case: CaseFile, goal: Goal, given: ActionGiven, *, actor: Actor) -> Action:
    """Add something to do towards a goal. A form that was sent twice adds one."""
    with transaction() as session:
        row = held_case(case, actor)
        aim = session.get(Goal, goal.id)
        if aim is None or aim.case_id != row.id:
            raise NotFound
        if aim.state is not GoalState.OPEN:
            raise RuleBroken("This goal is no longer worked on. Open it again first.")
        words = needed(given.words, "Enter what is to be done.", "words")
        owner_id = as_owner(row, given.owner_id)
        check_owner(row, owner_id)
        said = {"case_id": row.id, "goal_id": aim.id, "due_on": given.due_on}
        for one in session.scalars(sa.select(Action).filter_by(**said)):
            if one.words == words and one.owner_id == owner_id:
                return one
        if given.due_on < clock.today():
            raise RuleBroken("Enter a day that has not passed.", "due_on")
        action = Action(**said, owner_id=owner_id, by_id=actor.id, by_name=actor.name)
        action.words = words
        session.add(action)
        touched(row.id, actor)
        audit.record("action.added", action, actor, case_id=row.id)
        tell(row.id, f"to do by {given.due_on.day} {given.due_on:%B}: {words}", actor)
        return action


def change_action(
    case: CaseFile, action: Action, given: ActionGiven, *, reason: str, version: int, actor: Actor
) -> None:
    """Change an action, or say that it is done or dropped. Every change has its reason but done."""
    with transaction():
        row = held_part(case, Action, action.id, actor, version=version)
        owner_id = as_owner(case, given.owner_id)
        if owner_id != row.owner_id:
            check_owner(case, owner_id)
        values = {
            "words": needed(given.words, "Enter what is to be done.", "words"),
            "due_on": given.due_on,
            "owner_id": owner_id,
        }
        changed = any(getattr(row, name) != new for name, new in values.items())
        if changed or given.state is ActionState.DROPPED:
            needed(reason, "Enter the reason.", "reason")
        _end_action(row, given.state, reason, actor)
        change(row, Part.ACTION, values, reason, actor)
        if changed:
            touched(row.case_id, actor)


def finish_action(case: CaseFile, action: Action, *, actor: Actor) -> None:
    """Say that it is done; a second time changes nothing."""
    with transaction():
        row = held_part(case, Action, action.id, actor, version=None)
        if row.state is ActionState.OPEN:
            _end_action(row, ActionState.DONE, "", actor)


def _end_action(row: Action, state: ActionState, reason: str, actor: Actor) -> None:
    if row.state is state:
        return
    ended = None if state is ActionState.OPEN else clock.today()
    # Day and reason are set with the state, before anything is written: the table holds them to it.
    with db.session.no_autoflush:
        row.ended_on = ended
        row.reason = reason.strip()
        change(row, Part.ACTION, {"state": state}, reason, actor)
    tell(row.case_id, f"{state.label.lower()}: {row.words}", actor)


def add_session(case: CaseFile, given: SessionGiven, *, actor: Actor) -> PlanSession:
    """Plan a session, or write down one that was. A form that was sent twice makes one."""
    with transaction() as session:
        row = held_case(case, actor)
        _check_session(row, given)
        said = {"case_id": row.id, "held_on": given.held_on, "kind": given.kind}
        for one in session.scalars(sa.select(PlanSession).filter_by(**said)):
            same = (one.state, one.minutes, one.goal_id, one.notes, one.by_id)
            if same == (given.state, given.minutes, given.goal_id, given.notes.strip(), actor.id):
                return one
        meeting = PlanSession(
            **said,
            goal_id=given.goal_id,
            minutes=given.minutes,
            state=given.state,
            by_id=actor.id,
            by_name=actor.name,
        )
        meeting.notes = given.notes.strip()
        session.add(meeting)
        audit.record("session.added", meeting, actor, case_id=row.id)
        tell(row.id, f"a session on {_day(given.held_on)}, {given.state.label.lower()}", actor)
        return meeting


def change_session(
    case: CaseFile,
    meeting: PlanSession,
    given: SessionGiven,
    *,
    reason: str,
    version: int,
    actor: Actor,
) -> None:
    """Say whether they came, or move it. A planned one that took place needs no reason."""
    with transaction():
        row = held_part(case, PlanSession, meeting.id, actor, version=version)
        _check_session(case, given)
        values = {
            "kind": given.kind,
            "held_on": given.held_on,
            "goal_id": given.goal_id,
            "minutes": given.minutes,
            "state": given.state,
            "notes": given.notes.strip(),
        }
        is_first_word = row.state is SessionState.PLANNED and row.held_on == given.held_on
        if not is_first_word:
            needed(reason, "Enter why it is changed.", "reason")
        if change(row, Part.SESSION, values, reason, actor):
            tell(row.case_id, f"a session on {_day(row.held_on)}, {row.state.label.lower()}", actor)


def _check_session(case: CaseFile, given: SessionGiven) -> None:
    is_planned = given.state is SessionState.PLANNED
    if is_planned and given.held_on < clock.today():
        raise RuleBroken("That day is past: say whether they came.", "state")
    took_place = given.state in {SessionState.ATTENDED, SessionState.NOT_ATTENDED}
    if took_place and given.held_on > clock.today():
        raise RuleBroken(NOT_YET, "held_on")
    if given.state is SessionState.ATTENDED and not given.minutes:
        raise RuleBroken("Enter how many minutes it took.", "minutes")
    if given.goal_id is not None:
        goal = db.session.get(Goal, given.goal_id)
        if goal is None or goal.case_id != case.id:
            raise RuleBroken("Choose one of the goals of this plan.", "goal")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

"""Closing a case with its summary: why, what was achieved, and how the victim is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.plans.commands.keeping import change, held_case, needed
from beacon.plans.models import Closing, ClosingAnswer, ClosingGoal, Goal
from beacon.plans.queries import closing_assessment
from beacon.plans.terms import (
    Answer,
    ClosingReason,
    CopeAndRecover,
    GoalState,
    NotAssessed,
    Part,
)


@dataclass(frozen=True)
class Reached:
    """How far one goal was reached, and what was achieved."""

    state: GoalState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosingGiven:
    """How a case ended. Outcomes that are not named were not asked for."""

    reason: ClosingReason
    summary: str
    answers: Mapping[CopeAndRecover, Answer] = field(default_factory=dict)
    goals: Mapping[int, Reached] = field(default_factory=dict)
    not_assessed: NotAssessed | None = None


def close(case: CaseFile, given: ClosingGiven, *, version: int, actor: Actor) -> Closing:
    """Write the summary and close the case, both or neither. An earlier summary stays.

    Needs are assessed at the close, or it is said why not (domain.md RULE 2.1); every goal that is
    still worked on is answered.
    """
    with transaction() as session:
        row = held_case(case, actor)
        summary = needed(given.summary, "Enter how the case ended.", "note")
        assessed = closing_assessment(row.id)
        if assessed is None and given.not_assessed is None:
            raise RuleBroken(
                "Assess needs at the close, or say why they were not assessed.", "not_assessed"
            )
        closing = Closing(
            case_id=row.id,
            closed_at=clock.now(),
            reason=given.reason,
            assessment_id=assessed.id if assessed else None,
            not_assessed=None if assessed else given.not_assessed,
            by_id=actor.id,
            by_name=actor.name,
        )
        closing.summary = summary
        closing.answers = [
            ClosingAnswer(outcome=one, answer=given.answers.get(one) or Answer.NOT_ASKED)
            for one in CopeAndRecover
        ]
        closing.goals = _answered(row.id, given.goals, actor)
        session.add(closing)
        audit.record("closing.written", closing, actor, case_id=row.id)
        cases.close_case(row, note=summary, version=version, actor=actor)
        return closing


def _answered(case_id: int, goals: Mapping[int, Reached], actor: Actor) -> list[ClosingGoal]:
    rows = []
    query = sa.select(Goal).where(Goal.case_id == case_id).order_by(Goal.id)
    for goal in db.session.scalars(query.execution_options(populate_existing=True)):
        said = goals.get(goal.id)
        if goal.state is GoalState.OPEN:
            if said is None or said.state is GoalState.OPEN:
                raise RuleBroken("Say of each goal how far it was reached.", field=f"goal{goal.id}")
            values = {"state": said.state, "achieved": said.words.strip() or goal.achieved}
            change(goal, Part.GOAL, values, "The case was closed.", actor)
        row = ClosingGoal(goal_id=goal.id, state=goal.state)
        row.words = goal.achieved
        rows.append(row)
    return rows

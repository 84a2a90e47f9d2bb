"""What a victim needs, in the eight categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.keeping import keep_history, not_yet
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, Need, NeedsAssessment
from beacon.cases.terms import CasePermission, NeedAnswer, NeedCategory, Stage, TimelineEvent
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken

SCORES = range(1, 6)


@dataclass(frozen=True)
class NeedGiven:
    """What was said of one category: a score from 1 (no need) to 5 (high need), or why none."""

    answer: NeedAnswer
    score: int | None = None
    notes: str = ""


def assess_needs(
    case: CaseFile,
    *,
    stage: Stage,
    answers: Mapping[NeedCategory, NeedGiven],
    at: datetime,
    actor: Actor,
) -> NeedsAssessment:
    """Record an assessment: all eight categories, scored, not discussed or declined (RULE 2.1).

    A review whose form was sent twice is one review.
    """
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        not_yet(at)
        _check(row, stage, answers)
        said = {"stage": stage, "assessed_at": at, "by_id": actor.id}
        before = session.scalars(sa.select(NeedsAssessment).filter_by(case_id=row.id, **said))
        if (same := next((one for one in before if _says(one) == answers), None)) is not None:
            return same
        assessment = NeedsAssessment(case_id=row.id, by_name=actor.name, **said)
        session.add(assessment)
        assessment.needs = [_need(category, answers[category]) for category in NeedCategory]
        audit.record(
            "case.needs_assessed", assessment, actor, operation=Operation.COLLECTION, case_id=row.id
        )
        keep_history(row.id, TimelineEvent.NEEDS_ASSESSED, actor, words=stage.label, at=at)
        return assessment


def _says(assessment: NeedsAssessment) -> dict[NeedCategory, NeedGiven]:
    """What an assessment says, as it was given."""
    return {
        need.category: NeedGiven(need.answer, need.score, need.notes) for need in assessment.needs
    }


def _need(category: NeedCategory, given: NeedGiven) -> Need:
    need = Need(category=category, answer=given.answer, score=given.score)
    need.notes = given.notes.strip()
    return need


def _check(case: CaseFile, stage: Stage, answers: Mapping[NeedCategory, NeedGiven]) -> None:
    for category in NeedCategory:
        given = answers.get(category)
        if given is None:
            raise RuleBroken(
                f"{category.label}: give a score, or say that it was not discussed or declined.",
                field=category.value,
            )
        is_scored = given.answer is NeedAnswer.SCORED
        if is_scored and given.score not in SCORES:
            raise RuleBroken(f"{category.label}: choose a score from 1 to 5.", category.value)
        if not is_scored and given.score is not None:
            raise RuleBroken(
                f"{category.label}: give a score or say why there is none, not both.",
                field=category.value,
            )
    if stage is Stage.START and _has_started(case):
        raise RuleBroken(
            "This case has its first assessment already: record this one as a review.",
            field="stage",
        )


def _has_started(case: CaseFile) -> bool:
    return bool(
        db.session.scalar(
            sa.select(NeedsAssessment.id)
            .where(NeedsAssessment.case_id == case.id, NeedsAssessment.stage == Stage.START)
            .limit(1)
        )
    )

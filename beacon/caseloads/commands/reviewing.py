"""What a supervisor found in one case, and what was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.caseloads import queries
from beacon.caseloads.models import SupervisionAction, SupervisionReview, SupervisionScore
from beacon.caseloads.terms import CaseloadPermission, ReviewQuestion, ReviewScore
from beacon.cases.commands.keeping import HOLD, held
from beacon.cases.commands.rights import still_open_to
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken


@dataclass(frozen=True)
class Agreed:
    """One thing that was agreed, and by when."""

    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What a supervisor found."""

    scores: Mapping[ReviewQuestion, ReviewScore]
    good: str = ""
    words: str = ""
    agreed: Sequence[Agreed] = field(default_factory=tuple)


def review_case(case: CaseFile, found: Reviewed, *, actor: Actor) -> SupervisionReview:
    """Record how one case was done: every question scored, never one's own case.

    A form that was sent twice is one review.
    """
    _check(found)
    with transaction() as session:
        row = held(case)
        still_open_to(row, actor, CaseloadPermission.LEAD)
        if row.manager_id is None:
            raise RuleBroken("Nobody answers for this case, so there is nobody to review.")
        if row.manager_id == actor.id:
            raise RuleBroken("This is your own case. Somebody else must review it.")
        if (same := _sent_before(session, row, found, actor)) is not None:
            return same
        review = SupervisionReview(
            case_id=row.id,
            manager_id=row.manager_id,
            reviewer_id=actor.id,
            reviewed_on=clock.today(),
        )
        review.good, review.words = found.good.strip(), found.words.strip()
        review.scores = [
            SupervisionScore(question=question, score=found.scores[question])
            for question in ReviewQuestion
        ]
        for one in found.agreed:
            action = SupervisionAction(due_on=one.due_on)
            action.words = one.words.strip()
            review.actions.append(action)
        session.add(review)
        session.flush()
        audit.record("supervision_review.made", review, actor, case_id=row.id)
    return review


def see_review(review: SupervisionReview, *, actor: Actor) -> None:
    """The manager has read it."""
    with transaction() as session:
        now = still_may(actor, CaseloadPermission.OWN)
        row = session.get_one(SupervisionReview, review.id, with_for_update=HOLD)
        if row.manager_id != now.id:
            raise NotFound
        if row.seen_at is None:
            row.seen_at = clock.now()
            audit.record("supervision_review.seen", row, actor, case_id=row.case_id)


def finish_action(action: SupervisionAction, *, actor: Actor) -> None:
    """What was agreed is done: said by the manager, or by whoever may review the case."""
    with transaction() as session:
        now = still_may(actor, CaseloadPermission.OWN)
        row = session.get_one(SupervisionAction, action.id, with_for_update=HOLD)
        queries.get_review(now, row.review_id)
        if row.done_at is None:
            row.done_at, row.done_by_id = clock.now(), actor.id
            audit.record("supervision_action.done", row, actor, review_id=row.review_id)


def _sent_before(
    session: Session, case: CaseFile, found: Reviewed, actor: Actor
) -> SupervisionReview | None:
    """The review that this form has made already, on this day."""
    today = sa.select(SupervisionReview).filter_by(
        case_id=case.id,
        manager_id=case.manager_id,
        reviewer_id=actor.id,
        reviewed_on=clock.today(),
    )
    mine = (found.good.strip(), found.words.strip(), dict(found.scores))
    agreed = sorted((one.due_on, one.words.strip()) for one in found.agreed)
    for one in session.scalars(today.order_by(SupervisionReview.id)):
        scores = {score.question: score.score for score in one.scores}
        actions = sorted((action.due_on, action.words) for action in one.actions)
        if (one.good or "", one.words or "", scores) == mine and actions == agreed:
            return one
    return None


def _check(found: Reviewed) -> None:
    for question in ReviewQuestion:
        if question not in found.scores:
            raise RuleBroken("Choose how far this was met.", field=question.value)
    if not (found.good.strip() or found.words.strip()):
        raise RuleBroken("Say what was done well, or what to do otherwise.", field="good")
    for one in found.agreed:
        if not one.words.strip():
            raise RuleBroken("Enter what was agreed, or leave out its day.", field="action")
        if one.due_on < clock.today():
            raise RuleBroken("Choose today or a later day.", field="action_due")

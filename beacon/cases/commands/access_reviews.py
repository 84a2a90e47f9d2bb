"""Asking that an access be looked at by somebody else, once for each thing it is of."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.cases.models import AccessReview
from beacon.cases.terms import ReviewKind
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.working_days import add_working_days

LOOK_BACK = timedelta(days=7)


def raise_review(
    kind: ReviewKind,
    staff_id: int,
    case_id: int | None = None,
    *,
    about: str,
    session: Session,
    actor: Actor,
) -> AccessReview | None:
    """Ask that this be looked at, in the transaction of what it is of; none where it was asked."""
    if session.scalar(sa.select(AccessReview.id).where(AccessReview.about == about)) is not None:
        return None
    due_on = add_working_days(clock.today(), settings.count("access.review_days"))
    review = AccessReview(about=about, kind=kind, staff_id=staff_id, case_id=case_id, due_on=due_on)
    session.add(review)
    audit.record(
        "access.review_raised", review, actor, kind=kind.value, staff_id=staff_id, case_id=case_id
    )
    return review


def review_paces(*, actor: Actor) -> int:
    """Ask for a look at each stop for reading too fast that the log has of late; how many anew."""
    raised = 0
    for seq, staff_id in log.exceeded_since(clock.now() - LOOK_BACK):
        with transaction() as session:
            review = raise_review(
                ReviewKind.PACE, staff_id, about=f"pace:{seq}", session=session, actor=actor
            )
        raised += review is not None
    return raised

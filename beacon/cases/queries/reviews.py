"""How many accesses wait for somebody to look at them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.cases.models import AccessReview
from beacon.cases.terms import ReviewKind
from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking


@dataclass(frozen=True)
class ReviewCounts:
    """What waits for this person to look at, and how much of it is overdue."""

    waiting: int
    overdue: int


@asking
def review_counts(viewer: Viewer) -> Asking[ReviewCounts]:
    """Accesses that this person may clear: never their own (security.md Z-13)."""
    overdue = sa.func.count().filter(AccessReview.due_on < clock.today())
    waiting, late = yield from together.one(
        sa.select(sa.func.count(), overdue).where(
            AccessReview.reviewed_at.is_(None),
            AccessReview.staff_id != viewer.id,
            scope.condition(viewer, AccessReview),
        )
    )
    return ReviewCounts(waiting, late)


def get_review(viewer: Viewer, review_id: int) -> AccessReview:
    """One access to be looked at."""
    query = scope.visible(viewer, AccessReview).where(AccessReview.id == review_id)
    review = db.session.scalars(query).first()
    if review is None:
        raise NotFound
    return review


def withdrawal_of(declared_id: int) -> str:
    """What a review of taking back a declaration is about, but for which time it is."""
    return f"withdrawal:{declared_id}:"


def declared_of(review: AccessReview) -> int:
    """The declaration that a review of taking one back is about."""
    return int(review.about.split(":")[1])


def times_asked_to_withdraw(declared_id: int) -> int:
    """How often a declaration was asked to be taken back."""
    about = AccessReview.about.startswith(withdrawal_of(declared_id), autoescape=True)
    return db.session.scalar(sa.select(sa.func.count()).where(about)) or 0


def withdrawals_waiting(staff_id: int) -> set[int]:
    """The declarations that a person has asked to take back and nobody has looked at."""
    waiting = sa.select(AccessReview).where(
        AccessReview.staff_id == staff_id,
        AccessReview.kind == ReviewKind.WITHDRAWAL,
        AccessReview.reviewed_at.is_(None),
    )
    return {declared_of(review) for review in db.session.scalars(waiting)}

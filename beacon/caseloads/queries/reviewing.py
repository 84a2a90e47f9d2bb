"""Supervision reviews: of a case for those who lead, and of one's own work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.caseloads.models import SupervisionAction, SupervisionReview, SupervisionScore
from beacon.caseloads.terms import ReviewQuestion, ReviewScore
from beacon.cases.models import CaseFile
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking

AT_MOST = 50
MOST_POINTS = 3


@dataclass(frozen=True, kw_only=True)
class ReviewLine:
    """One review with its case, its scores and what was agreed."""

    review: SupervisionReview
    reference: str
    manager: str
    reviewer: str

    @property
    def scores(self) -> Mapping[ReviewQuestion, ReviewScore]:
        """Each question with its score, in the order of the form."""
        return {one.question: one.score for one in self.review.scores}

    @property
    def sum_in_words(self) -> str:
        """12 of 15, of the questions that apply."""
        points = [one.points for one in self.scores.values() if one.points is not None]
        return f"{sum(points)} of {MOST_POINTS * len(points)}" if points else "Nothing applied"


@asking
def reviews_of_case(viewer: Viewer, case: CaseFile) -> Asking[list[ReviewLine]]:
    """The reviews of one case, the newest first, as far as this person may read them."""
    return _lines(_readable(viewer).where(SupervisionReview.case_id == case.id))


@asking
def own_reviews(viewer: Viewer) -> Asking[list[ReviewLine]]:
    """The reviews of this person's own work, the newest first."""
    return _lines(_readable(viewer).where(SupervisionReview.manager_id == viewer.id))


def get_review(viewer: Viewer, review_id: int) -> SupervisionReview:
    """One review that this person may read."""
    found = db.session.scalars(_readable(viewer).where(SupervisionReview.id == review_id)).first()
    if found is None:
        raise NotFound
    return found


def get_own_review(viewer: Viewer, review_id: int) -> SupervisionReview:
    """One review of this person's own work."""
    review = get_review(viewer, review_id)
    if review.manager_id != viewer.id:
        raise NotFound
    return review


def get_action(viewer: Viewer, action_id: int) -> SupervisionAction:
    """One thing that was agreed in a review that this person may read."""
    action = db.session.get(SupervisionAction, action_id)
    if action is None:
        raise NotFound
    get_review(viewer, action.review_id)
    return action


def _readable(viewer: Viewer) -> sa.Select[SupervisionReview]:
    """Of cases that they may open: of their own work; for a leader, of anybody's."""
    query = scope.visible(viewer, SupervisionReview)
    if viewer.is_machine or Role.TEAM_LEADER in viewer.roles:
        return query
    return query.where(SupervisionReview.manager_id == viewer.id)


def _lines(query: sa.Select[SupervisionReview]) -> Asking[list[ReviewLine]]:
    manager, reviewer = aliased(Staff), aliased(Staff)
    newest = query.order_by(SupervisionReview.id.desc()).limit(AT_MOST)
    listed = newest.with_only_columns(SupervisionReview.id).subquery()
    rows, scores, actions = yield from together.at_once(
        together.rows(
            newest.add_columns(
                CaseFile.reference, manager.name.label("manager"), reviewer.name.label("reviewer")
            )
            .join(CaseFile, CaseFile.id == SupervisionReview.case_id)
            .outerjoin(manager, manager.id == SupervisionReview.manager_id)
            .outerjoin(reviewer, reviewer.id == SupervisionReview.reviewer_id)
        ),
        together.scalars(
            sa.select(SupervisionScore)
            .join(listed, listed.c.id == SupervisionScore.review_id)
            .order_by(SupervisionScore.id)
        ),
        together.scalars(
            sa.select(SupervisionAction)
            .join(listed, listed.c.id == SupervisionAction.review_id)
            .order_by(SupervisionAction.due_on, SupervisionAction.id)
        ),
    )
    reviews = [row.SupervisionReview for row in rows]
    together.gather(reviews, "scores", scores, by="review_id")
    together.gather(reviews, "actions", actions, by="review_id")
    return [
        ReviewLine(
            review=row.SupervisionReview,
            reference=row.reference,
            manager=row.manager or "",
            reviewer=row.reviewer or "",
        )
        for row in rows
    ]

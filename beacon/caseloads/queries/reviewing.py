"""Supervision reviews: of a case for those who lead, and of one's own work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.caseloads.models import SupervisionAction, SupervisionReview
from beacon.caseloads.terms import ReviewQuestion, ReviewScore
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.core.scope import Viewer

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


def reviews_of_case(viewer: Viewer, case: CaseFile) -> list[ReviewLine]:
    """The reviews of one case, the newest first, as far as this person may read them."""
    return _lines(_readable(viewer).where(SupervisionReview.case_id == case.id))


def own_reviews(viewer: Viewer) -> list[ReviewLine]:
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


def _lines(query: sa.Select[SupervisionReview]) -> list[ReviewLine]:
    newest = query.order_by(SupervisionReview.id.desc()).limit(AT_MOST)
    reviews = db.session.scalars(newest).all()
    if not reviews:
        return []
    names = cases.names_of(
        [*(one.manager_id for one in reviews), *(one.reviewer_id for one in reviews)]
    )
    references = {
        row.id: row.reference
        for row in db.session.execute(
            sa.select(CaseFile.id, CaseFile.reference).where(
                CaseFile.id.in_({one.case_id for one in reviews})
            )
        )
    }
    return [
        ReviewLine(
            review=one,
            reference=references[one.case_id],
            manager=names.get(one.manager_id, ""),
            reviewer=names.get(one.reviewer_id or 0, ""),
        )
        for one in reviews
    ]

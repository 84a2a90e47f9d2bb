"""Accesses that somebody must look at: who, when, which case and why; never what the case says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row of the database

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.cases.models import AccessReview, BreakGlass, CaseFile
from beacon.cases.terms import ReviewKind, ReviewOutcome
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.web.paging import Cursor, Key, Page, read_page

WAITING_AT_MOST = 100
_Judge = aliased(Staff)
_Opened = aliased(CaseFile)


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """One access, as whoever looks at it sees it."""

    id: int
    kind: ReviewKind
    who: str
    at: datetime
    reference: str
    reason: str
    until: datetime | None
    times_that_day: int
    due_on: date
    is_own: bool  # by the very person who looks: somebody else must clear it
    may_open: bool
    is_manager: bool  # whoever was stopped still answers for the case
    outcome: ReviewOutcome | None
    note: str
    reviewed_at: datetime | None
    reviewed_by: str

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been looked at by now."""
        return self.reviewed_at is None and self.due_on < on


def reviews_waiting(viewer: Viewer, *, at_most: int = WAITING_AT_MOST) -> list[ReviewRow]:
    """What waits to be looked at, the first due first."""
    query = _those(viewer).where(AccessReview.reviewed_at.is_(None))
    found = db.session.execute(
        query.order_by(AccessReview.due_on, AccessReview.id).limit(at_most)
    ).all()
    return _rows(viewer, found)


def reviews_done(viewer: Viewer, cursor: Cursor | None = None) -> Page[ReviewRow]:
    """What has been looked at, the last first."""
    query = _those(viewer).where(AccessReview.reviewed_at.is_not(None))
    keys = (Key(AccessReview.reviewed_at, descending=True), Key(AccessReview.id, descending=True))
    page = read_page(db.session(), query, keys, cursor, shape=lambda row: row)
    return Page(_rows(viewer, page.rows), page.next, page.previous)


def one_review(viewer: Viewer, review_id: int) -> ReviewRow:
    """One access to be looked at; absent and out of scope read alike."""
    found = db.session.execute(_those(viewer).where(AccessReview.id == review_id)).all()
    if not found:
        raise NotFound
    return _rows(viewer, found)[0]


def _those(viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            AccessReview,
            Staff.name.label("who"),
            _Opened.reference,
            _Opened.manager_id,
            BreakGlass,
            _Judge.name.label("judge"),
        )
        .join(Staff, Staff.id == AccessReview.staff_id)
        .outerjoin(_Opened, _Opened.id == AccessReview.case_id)
        .outerjoin(BreakGlass, BreakGlass.id == AccessReview.break_glass_id)
        .outerjoin(_Judge, _Judge.id == AccessReview.reviewed_by_id)
        .where(scope.condition(viewer, AccessReview))
    )


def _rows(viewer: Viewer, found: Sequence[Any]) -> list[ReviewRow]:
    mine = _visible(viewer, {row.AccessReview.case_id for row in found})
    moments = _glasses(row.BreakGlass for row in found)
    return [_row(viewer, row, mine, moments) for row in found]


def _row(viewer: Viewer, row: Any, mine: set[int], moments: dict[int, list[date]]) -> ReviewRow:
    review: AccessReview = row.AccessReview
    glass: BreakGlass | None = row.BreakGlass
    day = clock.london_day(review.created_at)
    return ReviewRow(
        id=review.id,
        kind=review.kind,
        who=row.who,
        at=review.created_at,
        reference=row.reference or "",
        reason=glass.reason if glass else "",
        until=(glass.ended_at or glass.until) if glass else None,
        times_that_day=moments.get(review.staff_id, []).count(day) if glass else 0,
        due_on=review.due_on,
        is_own=review.staff_id == viewer.id,
        may_open=review.case_id in mine,
        is_manager=row.manager_id is not None and row.manager_id == review.staff_id,
        outcome=review.outcome,
        note=review.note,
        reviewed_at=review.reviewed_at,
        reviewed_by=row.judge or "",
    )


def _visible(viewer: Viewer, case_ids: set[int | None]) -> set[int]:
    """Those of the cases that the viewer may open themselves."""
    query = sa.select(CaseFile.id).where(
        CaseFile.id.in_(case_ids - {None}), scope.condition(viewer, CaseFile)
    )
    return set(db.session.scalars(query))


def _glasses(glasses: Any) -> dict[int, list[date]]:
    """The days on which each of these people broke the glass, as often as they did."""
    known = [glass for glass in glasses if glass is not None]
    if not known:
        return {}
    days = [clock.london_day(glass.created_at) for glass in known]
    rows = db.session.execute(
        sa.select(BreakGlass.staff_id, BreakGlass.created_at).where(
            BreakGlass.staff_id.in_({glass.staff_id for glass in known}),
            BreakGlass.created_at >= clock.start_of_day(min(days)),
            BreakGlass.created_at < clock.end_of_day(max(days)),
        )
    )
    found: dict[int, list[date]] = {}
    for staff_id, at in rows:
        found.setdefault(staff_id, []).append(clock.london_day(at))
    return found

"""Closed months with their figures, and whether the ledger still says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal, MonthClose, MonthFigure
from beacon.fraud_hub.queries.book import next_to_close
from beacon.fraud_hub.rules import month_after, why_not_closed
from beacon.fraud_hub.terms import EntryKind, ProposalState
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page


@dataclass(frozen=True)
class ClosedMonth:
    """A closed month and the sum of each kind in it, in pence, as it was frozen."""

    close: MonthClose
    by_kind: Mapping[EntryKind, int]
    through_beacon_pence: int


@dataclass(frozen=True)
class NextMonth:
    """The month that is closed next: why it cannot be yet, and how much of it still waits."""

    month: date
    refusal: str | None
    waiting: int

    @property
    def last(self) -> date:
        """Its last day."""
        return month_after(self.month) - date.resolution


def closed_months(
    viewer: Viewer, cursor: Cursor | None = None, *, size: int = PAGE_SIZE
) -> Page[ClosedMonth]:
    """The closed months, the newest first: two statements however many there are."""
    keys = [Key(MonthClose.month, descending=True)]
    page: Page[MonthClose] = read_page(
        db.session(), scope.visible(viewer, MonthClose), keys, cursor, size=size
    )
    figures: dict[int, list[MonthFigure]] = {}
    ids = [close.id for close in page]
    for one in db.session.scalars(sa.select(MonthFigure).where(MonthFigure.close_id.in_(ids))):
        figures.setdefault(one.close_id, []).append(one)
    return Page(
        [_closed(close, figures.get(close.id, [])) for close in page.rows],
        page.next,
        page.previous,
    )


def get_month(viewer: Viewer, close_id: int) -> ClosedMonth:
    """One closed month."""
    close = db.session.scalar(scope.visible(viewer, MonthClose).where(MonthClose.id == close_id))
    if close is None:
        raise NotFound
    return _closed(close, close.figures)


def next_month() -> NextMonth:
    """The month that is closed next, and what of it waits for a second person."""
    month = next_to_close()
    waiting = db.session.scalar(
        sa.select(sa.func.count()).where(
            LedgerProposal.state == ProposalState.WAITING,
            LedgerProposal.happened_on < month_after(month),
        )
    )
    refusal = why_not_closed(month, next_month=month, today=clock.today())
    return NextMonth(month, refusal, int(waiting or 0))


def moved_months() -> list[date]:
    """The closed months whose entries no longer come to their figures: there must be none."""
    within = sa.and_(
        LedgerEntry.counted_on >= MonthClose.month, LedgerEntry.counted_on < MonthClose.open_from
    )
    entries = (
        sa.select(MonthClose.month, LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_pence))
        .join(LedgerEntry, within)
        .group_by(MonthClose.month, LedgerEntry.kind)
    )
    frozen = (
        sa.select(MonthClose.month, MonthFigure.kind, sa.func.sum(MonthFigure.amount_pence))
        .join(MonthFigure, MonthFigure.close_id == MonthClose.id)
        .group_by(MonthClose.month, MonthFigure.kind)
    )
    now = {(month, kind): int(pence) for month, kind, pence in db.session.execute(entries)}
    then = {(month, kind): int(pence) for month, kind, pence in db.session.execute(frozen)}
    return sorted({month for month, _ in dict(now.items() ^ then.items())})


def _closed(close: MonthClose, figures: Sequence[MonthFigure]) -> ClosedMonth:
    by_kind: dict[EntryKind, int] = dict.fromkeys(EntryKind, 0)
    for one in figures:
        by_kind[one.kind] += one.amount_pence
    through = sum(
        one.amount_pence
        for one in figures
        if one.kind is EntryKind.RECOVERED and one.contribution.counts
    )
    return ClosedMonth(close, by_kind, through)

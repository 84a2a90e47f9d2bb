"""The queue of triage: what waits for an intake officer, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a page of columns

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CaseStatus
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people.models import Victim
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, Repeats, Waits
from beacon.web.paging import Cursor, Key, Page, read_page

# Where a referral stands in the queue: what the queue is ordered by.
Standing = tuple[int, int, datetime, int]


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One referral, as the queue shows it: no way to reach anybody is in it."""

    id: int
    name: str
    offence: str
    crime_reference: str
    feed: str
    place: Place
    waits: Waits | None
    pressing: bool
    recorded_at: datetime
    received_at: datetime
    case_reference: str | None
    repeats: Repeats | None


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for an intake officer: first what waits for a decision, then the new cases.

    Within each, those for whom Enhanced Rights are proposed, then the oldest.
    """

    viewer: Viewer
    place: Place | None = None
    feed: str = ""
    waits: Waits | None = None
    pressing: bool | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether less than the whole queue was asked for."""
        asked = (self.place, self.feed or None, self.waits, self.pressing)
        return any(one is not None for one in asked)

    def page(self, cursor: Cursor | None = None) -> Page[QueueRow]:
        """One page of the queue."""
        asked = self._asked().join(Referral.crime).join(Referral.victim).outerjoin(Referral.case)
        query: sa.Select[Any] = asked.with_only_columns(  # type: ignore[assignment]
            Referral.id,
            Victim.title,
            Victim.first_name,
            Victim.last_name,
            Victim.organisation,
            Crime.offence,
            Crime.reference,
            Referral.feed,
            Referral.place,
            Referral.waits,
            Referral.pressing,
            Referral.recorded_at,
            Referral.received_at,
            Referral.repeats,
            CaseFile.reference.label("case_reference"),
        )
        keys = [
            Key(Referral.place),
            Key(Referral.pressing),
            Key(Referral.recorded_at),
            Key(Referral.id),
        ]
        return read_page(db.session(), query, keys, cursor, shape=_queue_row)

    def counts(self) -> dict[Place, int]:
        """How many stand at each place, whatever the filter."""
        everything = Queue(viewer=self.viewer)._asked().subquery()
        rows = db.session.execute(
            sa.select(everything.c.place, sa.func.count()).group_by(everything.c.place)
        )
        found = {Place(place): number for place, number in rows}
        return {place: found.get(place, 0) for place in (Place.WAITING, Place.NEW_CASE)}

    def next_after(self, stood: Standing) -> int | None:
        """The one to do after a place in the queue; from its end, the first again."""
        order = (Referral.place, Referral.pressing, Referral.recorded_at, Referral.id)
        query = self._asked().with_only_columns(Referral.id).order_by(*order).limit(1)
        query = query.where(Referral.id != stood[-1])
        after = query.where(sa.tuple_(*order) > sa.tuple_(*_bound(stood)))
        return db.session.scalar(after) or db.session.scalar(query)

    def _asked(self) -> sa.Select[Referral]:
        query = scope.visible(self.viewer, Referral).where(Referral.place < Place.DONE)
        closed = (
            sa.exists()
            .where(CaseFile.id == Referral.case_id, CaseFile.status == CaseStatus.CLOSED)
            .correlate(Referral)
        )
        query = query.where(sa.not_(closed))
        if self.place is not None:
            query = query.where(Referral.place == self.place)
        if self.feed:
            query = query.where(Referral.feed == self.feed)
        if self.waits is not None:
            query = query.where(Referral.waits == self.waits)
        if self.pressing is not None:
            query = query.where(Referral.pressing == (0 if self.pressing else 1))
        return query


def standing(referral: Referral) -> Standing:
    """Where a referral stands in the queue at this moment."""
    return (referral.place, referral.pressing, referral.recorded_at, referral.id)


def _bound(stood: Standing) -> tuple[sa.BindParameter[object], ...]:
    columns = (Referral.place, Referral.pressing, Referral.recorded_at, Referral.id)
    return tuple(
        sa.literal(value, column.type) for value, column in zip(stood, columns, strict=True)
    )


def _queue_row(row: Any) -> QueueRow:
    named = row.first_name or row.last_name
    parts = (row.title, row.first_name, row.last_name) if named else (row.organisation,)
    return QueueRow(
        id=row.id,
        name=" ".join(part for part in parts if part),
        offence=row.offence,
        crime_reference=row.reference,
        feed=row.feed,
        place=Place(row.place),
        waits=row.waits,
        pressing=row.pressing == 0,
        recorded_at=row.recorded_at,
        received_at=row.received_at,
        case_reference=row.case_reference,
        repeats=row.repeats,
    )

"""The queue of triage: what waits for an intake officer, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a page of columns

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CaseStatus
from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking
from beacon.people.models import Victim
from beacon.referrals.models import Referral, ReferralHold
from beacon.referrals.terms import Place, Repeats, Waits
from beacon.web.paging import Cursor, Key, Page, read_page

# Where a referral stands in the queue: what the queue is ordered by.
Standing = tuple[int, int, int, datetime, int]

ORDER = (
    Referral.place,
    Referral.urgency,
    Referral.pressing,
    Referral.recorded_at,
    Referral.id,
)


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
    urgent: bool
    pressing: bool
    recorded_at: datetime
    received_at: datetime
    case_reference: str | None
    repeats: Repeats | None
    in_hand_of: str | None  # who has it now, by name
    next_try_at: datetime | None  # where that has still to come
    contact_by: date | None  # by when we said that somebody would be in touch


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for an intake officer: first what waits for a decision, then the new cases.

    Within each, the urgent ones, then those for whom Enhanced Rights are proposed, then the oldest.
    """

    viewer: Viewer
    place: Place | None = None
    feed: str = ""
    waits: Waits | None = None
    pressing: bool | None = None
    urgent: bool | None = None
    promised_by: date | None = None  # those who were promised contact by this day

    @property
    def is_narrowed(self) -> bool:
        """Whether less than the whole queue was asked for."""
        asked = (self.place, self.feed or None, self.waits, self.pressing, self.urgent)
        return any(one is not None for one in (*asked, self.promised_by))

    def page(self, cursor: Cursor | None = None) -> Page[QueueRow]:
        """One page of the queue."""
        keys = [Key(column) for column in ORDER]
        return read_page(db.session(), self._lines(), keys, cursor, shape=_queue_row)

    def _lines(self) -> sa.Select[Any]:
        now = clock.now()
        live = sa.and_(ReferralHold.referral_id == Referral.id, ReferralHold.until > now)
        asked = self._asked().join(Referral.crime).join(Referral.victim).outerjoin(Referral.case)
        asked = asked.outerjoin(ReferralHold, live)
        asked = asked.outerjoin(Staff, Staff.id == ReferralHold.staff_id)
        return asked.with_only_columns(  # type: ignore[return-value]
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
            Referral.urgency,
            Referral.pressing,
            Referral.recorded_at,
            Referral.received_at,
            Referral.repeats,
            Referral.contact_by,
            CaseFile.reference.label("case_reference"),
            Staff.name.label("in_hand_of"),
            sa.case((Referral.next_try_at > now, Referral.next_try_at)).label("next_try_at"),
        )

    def first(self, at_most: int) -> Asking[list[QueueRow]]:
        """The first of the queue, to be asked with others."""
        rows = yield from together.rows(self._lines().order_by(*ORDER).limit(at_most))
        return [_queue_row(row) for row in rows]

    def counts(self) -> dict[Place, int]:
        """How many stand at each place, whatever the filter."""
        return together.answer(self.counted())

    def counted(self) -> Asking[dict[Place, int]]:
        """The same, to be asked with others."""
        everything = Queue(viewer=self.viewer)._asked().subquery()
        rows = yield from together.rows(
            sa.select(everything.c.place, sa.func.count()).group_by(everything.c.place)
        )
        found = {Place(place): number for place, number in rows}
        return {place: found.get(place, 0) for place in (Place.WAITING, Place.NEW_CASE)}

    def number_promised(self, by: date) -> Asking[int]:
        """How many wait who were promised contact by this day, whatever the filter."""
        owed = Queue(viewer=self.viewer, promised_by=by)._asked().subquery()
        (number,) = yield from together.one(sa.select(sa.func.count()).select_from(owed))
        return int(number)

    def next_after(self, stood: Standing) -> int | None:
        """The one to do after a place in the queue; from its end, the first again."""
        return next(iter(self.free(stood, at_most=1)), None)

    def free(self, stood: Standing | None = None, *, at_most: int) -> list[int]:
        """The next ones that nobody else has in hand and whose time to be tried has come.

        After a place in the queue where one is given, and from its end the first again.
        """
        now = clock.now()
        elsewhere = sa.select(ReferralHold.referral_id).where(
            ReferralHold.until > now, ReferralHold.staff_id != self.viewer.id
        )
        query = self._asked().with_only_columns(Referral.id).order_by(*ORDER).limit(at_most)
        query = query.where(
            Referral.id.not_in(elsewhere),
            sa.or_(Referral.next_try_at.is_(None), Referral.next_try_at <= now),
        )
        if stood is None:
            return list(db.session.scalars(query))
        query = query.where(Referral.id != stood[-1])
        after = query.where(sa.tuple_(*ORDER) > sa.tuple_(*_bound(stood)))
        return list(db.session.scalars(after)) or list(db.session.scalars(query))

    def ids(self) -> sa.Select[int]:
        """The numbers of all that stand in it, as a query."""
        return self._asked().with_only_columns(Referral.id)

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
        if self.urgent is not None:
            query = query.where(Referral.urgency == (0 if self.urgent else 1))
        if self.promised_by is not None:
            query = query.where(Referral.contact_by <= self.promised_by)
        return query


def standing(referral: Referral) -> Standing:
    """Where a referral stands in the queue at this moment."""
    return (
        referral.place,
        referral.urgency,
        referral.pressing,
        referral.recorded_at,
        referral.id,
    )


def _bound(stood: Standing) -> tuple[sa.BindParameter[object], ...]:
    return tuple(sa.literal(value, column.type) for value, column in zip(stood, ORDER, strict=True))


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
        urgent=row.urgency == 0,
        pressing=row.pressing == 0,
        recorded_at=row.recorded_at,
        received_at=row.received_at,
        case_reference=row.case_reference,
        repeats=row.repeats,
        in_hand_of=row.in_hand_of,
        next_try_at=row.next_try_at,
        contact_by=row.contact_by,
    )

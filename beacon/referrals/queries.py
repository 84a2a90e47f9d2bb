"""The queue of triage, one referral, and how many crimes one person has suffered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CaseStatus
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.people.models import PersonLink, Victim
from beacon.people.queries import (
    ContactCard,
    contact_card,
    linked_ids,
    links_of,
    possible_matches,
)
from beacon.people.rules import is_certain, is_likely
from beacon.people.terms import Fact, LinkState
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, Waits
from beacon.web.paging import Cursor, Key, Page, read_page

YEAR = timedelta(days=365)

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

    def page(self, cursor: Cursor | None = None) -> Page[QueueRow]:
        """One page of the queue."""
        asked = self._asked().join(Referral.crime).join(Referral.victim).outerjoin(Referral.case)
        query = asked.with_only_columns(
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
        closed = sa.exists().where(
            CaseFile.id == Referral.case_id, CaseFile.status == CaseStatus.CLOSED
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


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be the person of a referral, beside whom the referral is laid."""

    victim_id: int
    facts: tuple[Fact, ...]
    state: LinkState | None
    card: ContactCard | None
    cases: tuple[str, ...]
    is_certain: bool
    is_likely: bool

    @property
    def agrees_in(self) -> str:
        """The facts that agree, in words."""
        return ", ".join(fact.label for fact in self.facts)


def get_referral(viewer: Viewer, referral_id: int) -> Referral:
    """One referral with its person, crime and case, if the viewer may see it."""
    query = scope.visible(viewer, Referral).where(Referral.id == referral_id)
    query = query.options(
        joinedload(Referral.victim), joinedload(Referral.crime), joinedload(Referral.case)
    )
    referral = db.session.scalars(query).first()
    if referral is None:
        raise NotFound
    return referral


def standing(referral: Referral) -> Standing:
    """Where a referral stands in the queue at this moment."""
    return (referral.place, referral.pressing, referral.recorded_at, referral.id)


def candidates(viewer: Viewer, referral: Referral) -> list[Candidate]:
    """Everybody who agrees with the person of a referral in anything, and those linked to it.

    A shared phone or address alone is shown; it never makes two records one person (contract 3.5).
    Of a record that the viewer may not open, only that it is there.
    """
    found = {one.victim_id: one.facts for one in possible_matches(referral.victim)}
    said = {_other(one, referral.victim_id): one for one in links_of([referral.victim_id])}
    for other_id, link in said.items():
        found.setdefault(other_id, tuple(Fact(word) for word in link.basis.split(",") if word))
    made = [
        _candidate(viewer, victim_id, facts, said.get(victim_id))
        for victim_id, facts in found.items()
    ]
    return sorted(made, key=lambda one: (not one.is_certain, not one.is_likely, one.victim_id))


def crimes_in_a_year(referral: Referral) -> int:
    """How many crimes the person, under every linked record, suffered in the year up to this."""
    ids = {referral.victim_id, *linked_ids(referral.victim_id)}
    others = db.session.scalar(
        sa.select(sa.func.count(sa.distinct(Referral.crime_id))).where(
            Referral.victim_id.in_(ids),
            Referral.crime_id != referral.crime_id,
            Referral.recorded_at > referral.recorded_at - YEAR,
            Referral.recorded_at <= referral.recorded_at,
        )
    )
    return 1 + (others or 0)


def crimes_held(crime_keys: Iterable[str]) -> set[str]:
    """Which of these crimes we hold."""
    sought = Crime.reference_key.in_(set(crime_keys))
    return set(db.session.scalars(sa.select(Crime.reference_key).where(sought)))


def namesake_of(crime_key: str, name_key: str, born: date | None) -> bool:
    """Whether the crime has a victim of this name with another date of birth (contract 3.1)."""
    births = db.session.scalars(
        sa.select(Victim.date_of_birth)
        .join(Referral, Referral.victim_id == Victim.id)
        .join(Crime, Crime.id == Referral.crime_id)
        .where(Crime.reference_key == crime_key, Victim.name_key == name_key)
    )
    return any(other != born for other in births)


def is_victim_of(crime_key: str, victim_ids: Iterable[int]) -> bool:
    """Whether one of these records is already a victim of the crime."""
    found = db.session.scalar(
        sa.select(Referral.id)
        .join(Crime, Crime.id == Referral.crime_id)
        .where(Crime.reference_key == crime_key, Referral.victim_id.in_(list(victim_ids)))
        .limit(1)
    )
    return found is not None


def _candidate(
    viewer: Viewer, victim_id: int, facts: tuple[Fact, ...], link: PersonLink | None
) -> Candidate:
    visible = db.session.scalars(
        scope.visible(viewer, Victim).where(Victim.id == victim_id)
    ).first()
    references = db.session.scalars(
        scope.visible(viewer, CaseFile)
        .where(CaseFile.victim_id == victim_id)
        .with_only_columns(CaseFile.reference)
        .order_by(CaseFile.id)
    )
    return Candidate(
        victim_id=victim_id,
        facts=facts,
        state=link.state if link else None,
        card=contact_card(viewer, visible) if visible else None,
        cases=tuple(references),
        is_certain=is_certain(facts),
        is_likely=is_likely(facts),
    )


def _other(link: PersonLink, victim_id: int) -> int:
    return link.other_id if link.victim_id == victim_id else link.victim_id


def _bound(stood: Standing) -> tuple[sa.BindParameter[object], ...]:
    columns = (Referral.place, Referral.pressing, Referral.recorded_at, Referral.id)
    return tuple(
        sa.literal(value, column.type) for value, column in zip(stood, columns, strict=True)
    )


def _queue_row(row: sa.Row[tuple[object, ...]]) -> QueueRow:
    person = " ".join(part for part in (row.title, row.first_name, row.last_name) if part)
    return QueueRow(
        id=row.id,
        name=person or row.organisation,
        offence=row.offence,
        crime_reference=row.reference,
        feed=row.feed,
        place=Place(row.place),
        waits=row.waits,
        pressing=row.pressing == 0,
        recorded_at=row.recorded_at,
        received_at=row.received_at,
        case_reference=row.case_reference,
    )

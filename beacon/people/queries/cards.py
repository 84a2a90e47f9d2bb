"""How one person may be reached, as a page shows it: the rules of safe contact first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from beacon.accounts.models import Staff
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.phone import Phone
from beacon.core.scope import Viewer
from beacon.people import rules
from beacon.people.models import Address, ContactPoint, ProposedChange, SafeContact, Victim
from beacon.people.queries.matching import linked_ids
from beacon.people.terms import ContactKind, Preferred, Safe

HIDDEN = "•••••"
SAFETY = frozenset({"safe", "preferred", "safe_notes"})


@dataclass(frozen=True, kw_only=True)
class PointCard:
    """One number or e-mail address, with what may be done with it."""

    id: int
    kind: ContactKind
    shown: str
    safe: Safe
    text_ok: Safe
    voicemail_ok: Safe
    confirmed_at: datetime | None
    from_feed: bool
    retired: bool

    @property
    def is_open(self) -> bool:
        """Whether it may be used: safe, and still theirs."""
        return self.safe is Safe.YES and not self.retired


@dataclass(frozen=True, kw_only=True)
class AddressCard:
    """Where a person lives, but for the street: that is shown apart, with a reason."""

    id: int
    area: str
    letter_ok: Safe
    confirmed_at: datetime | None
    retired: bool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A fact from a feed that waits for a person's word."""

    id: int
    field: str
    value: str
    source: str
    proposed_at: datetime

    @property
    def label(self) -> str:
        """The fact as a page names it."""
        return FACT_LABELS.get(self.field, self.field.replace("_", " ").capitalize())


FACT_LABELS = {
    "safe": "Safe to contact",
    "preferred": "Preferred contact",
    "safe_notes": "Words about safe contact",
    "email": "Email",
}


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """Everything a page may say about reaching one person."""

    victim_id: int
    version: int
    name: str
    date_of_birth: date | None
    language: str
    interpreter: str
    overall: Safe
    preferred: Preferred | None
    words: str
    confirmed_at: datetime | None
    confirmed_by: str
    needs_confirming: bool
    points: tuple[PointCard, ...]
    addresses: tuple[AddressCard, ...]
    proposed: tuple[Proposal, ...]
    warnings: tuple[str, ...]
    shows_contact: bool

    @property
    def current(self) -> list[PointCard]:
        """The points still in use, the safe ones first."""
        live = [point for point in self.points if not point.retired]
        return sorted(live, key=lambda point: (not point.is_open, point.id))

    def may_be_messaged(self, channel: Preferred) -> bool:
        """Whether an automatic message may go by this channel (domain.md RULE 7.1)."""
        asked_again = any(proposal.field in SAFETY for proposal in self.proposed)
        if self.overall is not Safe.YES or asked_again or self.preferred is not channel:
            return False
        if channel is Preferred.SMS:
            return any(point.is_open and point.text_ok is Safe.YES for point in self.points)
        mail = (point for point in self.points if point.kind is ContactKind.EMAIL)
        return channel is Preferred.EMAIL and any(point.is_open for point in mail)


def get_victim(viewer: Viewer, victim_id: int) -> Victim:
    """One person, if the viewer may open the record."""
    query = scope.visible(viewer, Victim).where(Victim.id == victim_id)
    victim = db.session.scalars(query).first()
    if victim is None:
        raise NotFound
    return victim


def get_change(viewer: Viewer, change_id: int) -> ProposedChange:
    """One proposed change, if the viewer may open the person's record."""
    change = db.session.get(ProposedChange, change_id)
    if change is None:
        raise NotFound
    get_victim(viewer, change.victim_id)
    return change


def contact_card(viewer: Viewer, victim: Victim) -> ContactCard:
    """How this person may be reached, as far as the viewer may know it (domain.md 7.1)."""
    shows = scope.may_see(viewer, "people.contact")
    may_know = scope.may_see(viewer, "people.safe_contact")
    others = _others(victim.id)
    said = victim.safe_contact
    overall = rules.strictest([said.overall if said else Safe.NOT_ASKED, *_overall(others)])
    return ContactCard(
        victim_id=victim.id,
        version=victim.version,
        name=victim.full_name if scope.may_see(viewer, "people.name") else HIDDEN,
        date_of_birth=victim.date_of_birth if scope.may_see(viewer, "people.identity") else None,
        language=victim.language,
        interpreter=victim.interpreter,
        overall=overall,
        preferred=said.preferred if said else None,
        words=said.words if said and may_know else "",
        confirmed_at=said.confirmed_at if said else None,
        confirmed_by=_staff_name(said.confirmed_by_id) if said else "",
        needs_confirming=rules.needs_confirming(said.confirmed_at if said else None, clock.now()),
        points=tuple(_point(point, others, shows=shows) for point in victim.contact_points),
        addresses=tuple(_address(one, shows=shows) for one in victim.addresses),
        proposed=tuple(_proposals(victim.id, shows=shows)),
        warnings=tuple(_warnings(victim, others)),
        shows_contact=shows,
    )


def address_in_full(address: Address) -> str:
    """The whole address: shown only on its own page, with a reason."""
    return "\n".join(part for part in (address.lines, address.postcode) if part)


def _others(victim_id: int) -> list[Victim]:
    """The records held to be the same person: what one of them says of safety, all heed."""
    ids = linked_ids(victim_id)
    if not ids:
        return []
    return list(
        db.session.scalars(
            sa.select(Victim)
            .where(Victim.id.in_(ids))
            .options(selectinload(Victim.contact_points), selectinload(Victim.safe_contact))
            .order_by(Victim.id)
        )
    )


def _overall(others: list[Victim]) -> list[Safe]:
    """What a person confirmed on a linked record, where it is a caution."""
    said: list[SafeContact | None] = [other.safe_contact for other in others]
    return [
        one.overall
        for one in said
        if one and one.confirmed_at and one.overall in {Safe.NO, Safe.ASK}
    ]


def _point(point: ContactPoint, others: list[Victim], *, shows: bool) -> PointCard:
    elsewhere = [
        twin.safe
        for other in others
        for twin in other.contact_points
        if twin.value_index == point.value_index and twin.safe in {Safe.NO, Safe.ASK}
    ]
    return PointCard(
        id=point.id,
        kind=point.kind,
        shown=_shown(point, shows=shows),
        safe=rules.strictest([point.safe, *elsewhere]),
        text_ok=point.text_ok,
        voicemail_ok=point.voicemail_ok,
        confirmed_at=point.confirmed_at,
        from_feed=point.from_feed,
        retired=point.retired_at is not None,
    )


def _shown(point: ContactPoint, *, shows: bool) -> str:
    value = point.value
    if point.kind is ContactKind.EMAIL:
        return value if shows else HIDDEN
    try:
        number = Phone.parse(value)
    except ValueError:
        return value if shows else HIDDEN
    return number.readable if shows else number.masked


def _address(address: Address, *, shows: bool) -> AddressCard:
    outward = address.postcode.partition(" ")[0] if shows and address.postcode else ""
    return AddressCard(
        id=address.id,
        area=f"{outward} {HIDDEN}".strip(),
        letter_ok=address.letter_ok,
        confirmed_at=address.confirmed_at,
        retired=address.retired_at is not None,
    )


def _proposals(victim_id: int, *, shows: bool) -> list[Proposal]:
    waiting = db.session.scalars(
        sa.select(ProposedChange)
        .where(ProposedChange.victim_id == victim_id, ProposedChange.decided_at.is_(None))
        .order_by(ProposedChange.id)
    )
    return [
        Proposal(
            id=one.id,
            field=one.field,
            value=HIDDEN if not shows or one.field == "address" else one.value,
            source=one.source,
            proposed_at=one.created_at,
        )
        for one in waiting
    ]


def _warnings(victim: Victim, others: list[Victim]) -> list[str]:
    warnings = []
    if _overall(others):
        warnings.append("A linked record says that contact is not safe, or must be asked first.")
    numbers = {point.value_index for point in victim.contact_points}
    if any(
        point.retired_at and point.value_index in numbers
        for other in others
        for point in other.contact_points
    ):
        warnings.append("A number here is one that a linked record no longer uses.")
    return warnings


def _staff_name(staff_id: int | None) -> str:
    if staff_id is None:
        return ""
    return db.session.scalar(sa.select(Staff.name).where(Staff.id == staff_id)) or ""

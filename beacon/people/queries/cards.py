"""How one person may be reached, as a page shows it: the rules first, every number masked."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people import access, rules
from beacon.people.models import (
    Address,
    CommunicationNeeds,
    ContactPoint,
    ProposedChange,
    SafeContact,
    Victim,
)
from beacon.people.queries.facts import AddressCard, ContactCard, PointCard, Proposal
from beacon.people.terms import ContactKind, Safe

HIDDEN = rules.HIDDEN
KINDS = frozenset(ContactKind)


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


@asking
def communication_needs(victim_id: int) -> Asking[CommunicationNeeds | None]:
    """What helps this person to understand us and be understood, if they were asked."""
    query = sa.select(CommunicationNeeds).where(CommunicationNeeds.victim_id == victim_id)
    return together.first(query)


@asking
def contact_card(viewer: Viewer, victim: Victim) -> Asking[ContactCard]:
    """How this person may be reached, as far as the viewer may know it (domain.md 7.1).

    What one record of a person says of safety, all records held to be the same person heed.
    """
    shows = scope.may_see(viewer, "people.contact")
    may_know = scope.may_see(viewer, "people.safe_contact")
    same = access.same_person(victim.id)
    wishes, points, addresses, helps, proposals, dangers = yield from together.at_once(
        together.rows(
            sa.select(SafeContact, Staff.name)
            .outerjoin(Staff, Staff.id == SafeContact.confirmed_by_id)
            .where(SafeContact.victim_id.in_(same))
            .order_by(SafeContact.victim_id)
        ),
        together.scalars(
            sa.select(ContactPoint)
            .where(ContactPoint.victim_id.in_(same))
            .order_by(ContactPoint.id)
        ),
        together.scalars(
            sa.select(Address).where(Address.victim_id == victim.id).order_by(Address.id)
        ),
        communication_needs.ask(victim.id),
        _waiting(victim.id),
        access.dangers(victim),
    )
    said, by = next((row for row in wishes if row[0].victim_id == victim.id), (None, ""))
    elsewhere = _cautions([row[0] for row in wishes if row[0] is not said])
    own = [point for point in points if point.victim_id == victim.id]
    others = [point for point in points if point.victim_id != victim.id]
    overall = rules.strictest([said.overall if said else Safe.NOT_ASKED, *elsewhere])
    return ContactCard(
        victim_id=victim.id,
        version=victim.version,
        name=victim.full_name if scope.may_see(viewer, "people.name") else HIDDEN,
        date_of_birth=victim.date_of_birth if scope.may_see(viewer, "people.identity") else None,
        language=victim.language,
        interpreter=victim.interpreter,
        helps=_helps(helps) if may_know else "",
        overall=overall,
        preferred=said.preferred if said else None,
        words=said.words if said and may_know else "",
        confirmed_at=said.confirmed_at if said else None,
        confirmed_by=by or "",
        needs_confirming=rules.needs_confirming(said.confirmed_at if said else None, clock.now()),
        points=tuple(_point(point, others, shows=shows) for point in own),
        addresses=tuple(_address(one, shows=shows) for one in addresses),
        proposed=tuple(_proposal(one, shows=shows) for one in proposals),
        warnings=(*dangers, *_warnings(own, others, is_cautious=bool(elsewhere))),
        has_rule=rules.carries_a_rule(said.words if said else ""),
        shows_contact=shows,
    )


def _cautions(others: list[SafeContact]) -> list[Safe]:
    """What a person confirmed on a linked record, where it is a caution."""
    return [
        one.overall for one in others if one.confirmed_at and one.overall in {Safe.NO, Safe.ASK}
    ]


def _point(point: ContactPoint, others: list[ContactPoint], *, shows: bool) -> PointCard:
    elsewhere = [
        twin.safe
        for twin in others
        if twin.value_index == point.value_index and twin.safe in {Safe.NO, Safe.ASK}
    ]
    return PointCard(
        id=point.id,
        kind=point.kind,
        shown=_shown(point, shows=shows),
        safe=rules.strictest([point.safe, *elsewhere]),
        text_ok=point.text_ok,
        voicemail_ok=point.voicemail_ok,
        call_ok=point.call_ok,
        confirmed_at=point.confirmed_at,
        from_feed=point.from_feed,
        retired=point.retired_at is not None,
    )


def _shown(point: ContactPoint, *, shows: bool) -> str:
    """Never the whole: that is shown apart, and each time written down (security.md P-01)."""
    if point.kind is ContactKind.EMAIL and not shows:
        return HIDDEN
    return rules.masked(point.kind, point.value)


def _address(address: Address, *, shows: bool) -> AddressCard:
    outward = address.postcode.partition(" ")[0] if shows and address.postcode else ""
    return AddressCard(
        id=address.id,
        area=f"{outward} {HIDDEN}".strip(),
        letter_ok=address.letter_ok,
        confirmed_at=address.confirmed_at,
        retired_at=address.retired_at,
    )


def _waiting(victim_id: int) -> Asking[list[ProposedChange]]:
    return together.scalars(
        sa.select(ProposedChange)
        .where(ProposedChange.victim_id == victim_id, ProposedChange.decided_at.is_(None))
        .order_by(ProposedChange.id)
    )


def _proposal(one: ProposedChange, *, shows: bool) -> Proposal:
    return Proposal(
        id=one.id,
        field=one.field,
        value=_proposed(one.field, one.value) if shows else HIDDEN,
        source=one.source,
        proposed_at=one.created_at,
    )


def _proposed(field: str, value: str) -> str:
    """A feed's fact as lists show it: what would reach the person is masked as ours is."""
    if field == "address":
        return HIDDEN
    return rules.masked(ContactKind(field), value) if field in KINDS else value


def _warnings(
    own: list[ContactPoint], others: list[ContactPoint], *, is_cautious: bool
) -> list[str]:
    warnings = []
    if is_cautious:
        warnings.append("A linked record says that contact is not safe, or must be asked first.")
    numbers = {point.value_index for point in own}
    if any(point.retired_at and point.value_index in numbers for point in others):
        warnings.append("A number here is one that a linked record no longer uses.")
    return warnings


def _helps(said: CommunicationNeeds | None) -> str:
    """What helps them, in one line."""
    if said is None:
        return ""
    return ". ".join(
        [
            *([", ".join(one.label for one in said.needs)] if said.needs else []),
            *([said.words] if said.words else []),
        ]
    )

"""Is this somebody we know: asked by keys and blind indexes, the same on both databases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.postcode import address_key
from beacon.core.sealed import blind_index
from beacon.people import rules
from beacon.people.models import Address, ContactPoint, PersonLink, Victim
from beacon.people.rules import Fingerprint, PersonFacts
from beacon.people.terms import Fact, LinkState

# A refuge's telephone may stand in thousands of records; a page shows no more than these.
CANDIDATES_AT_MOST = 200


@dataclass(frozen=True)
class Likeness:
    """One record that agrees with another in some facts."""

    victim_id: int
    facts: tuple[Fact, ...]

    @property
    def is_certain(self) -> bool:
        """Whether it is the same person beyond doubt (contract 3.5)."""
        return rules.is_certain(self.facts)

    @property
    def is_likely(self) -> bool:
        """Whether a person must say if it is the same one (contract 3.5)."""
        return rules.is_likely(self.facts)

    @property
    def basis(self) -> str:
        """The names of the facts that agree, as a link keeps them."""
        return ",".join(fact.value for fact in self.facts)


@dataclass(frozen=True, kw_only=True)
class Match:
    """Who somebody may be: surely one person, or perhaps several, and on what grounds."""

    certain: Victim | None = None
    likely: list[Victim] = field(default_factory=list)
    basis: dict[int, tuple[Fact, ...]] = field(default_factory=dict)


def fingerprint(facts: PersonFacts) -> Fingerprint:
    """What a person's facts can be compared by."""
    whole = address_key(facts.address, facts.postcode)
    return Fingerprint(
        name=facts.name_key if facts.has_name else "",
        born=facts.date_of_birth,
        reference=facts.victim_reference,
        contacts=frozenset(blind_index(p.index_kind, p.normal) for p in facts.points()),
        address=blind_index("address", whole) if whole else "",
    )


def match(facts: PersonFacts) -> Match:
    """Whether these facts are of somebody we know, surely or likely (contract 3.5)."""
    found = likenesses(fingerprint(facts))
    people = {
        one.victim_id: db.session.get_one(Victim, one.victim_id)
        for one in found
        if one.is_certain or one.is_likely
    }
    sure = next((one for one in found if one.is_certain), None)
    return Match(
        certain=people[sure.victim_id] if sure else None,
        likely=[people[one.victim_id] for one in found if one.is_likely],
        basis={one.victim_id: one.facts for one in found},
    )


def likenesses(sought: Fingerprint, *, but: Collection[int] = ()) -> list[Likeness]:
    """Every record that agrees in anything, the surest first, then the oldest."""
    ids = [found for found in _candidates(sought) if found not in but]
    if not ids:
        return []
    found = [
        Likeness(victim_id, rules.agreeing(sought, one))
        for victim_id, one in _fingerprints(ids).items()
    ]
    return _in_order(found)


def likenesses_of_many(sought: Sequence[Fingerprint]) -> list[list[Likeness]]:
    """The same for many at once, in a few statements however many they are."""
    prints = _fingerprints(_candidates_of_many(sought))
    by_handle: dict[tuple[object, ...], list[int]] = {}
    for victim_id, one in prints.items():
        for handle in rules.handles(one):
            by_handle.setdefault(handle, []).append(victim_id)
    return [_alike(one, by_handle, prints) for one in sought]


def _alike(
    sought: Fingerprint,
    by_handle: Mapping[tuple[object, ...], list[int]],
    prints: Mapping[int, Fingerprint],
) -> list[Likeness]:
    ids = {found for handle in rules.handles(sought) for found in by_handle.get(handle, ())}
    return _in_order(Likeness(one, rules.agreeing(sought, prints[one])) for one in ids)


def _in_order(found: Iterable[Likeness]) -> list[Likeness]:
    """Those who agree in anything, the surest first, then the oldest."""
    agreed = [one for one in found if one.facts]
    return sorted(agreed, key=lambda one: (not one.is_certain, not one.is_likely, one.victim_id))


def _candidates_of_many(sought: Sequence[Fingerprint]) -> set[int]:
    named = [one for one in sought if one.name and one.born]
    ways = [
        sa.select(Victim.id).where(
            Victim.victim_reference.in_({one.reference for one in sought if one.reference})
        ),
        sa.select(Victim.id).where(
            Victim.name_key.in_({one.name for one in named}),
            Victim.date_of_birth.in_({one.born for one in named}),
        ),
        sa.select(ContactPoint.victim_id).where(
            ContactPoint.value_index.in_({index for one in sought for index in one.contacts})
        ),
        sa.select(Address.victim_id).where(
            Address.full_index.in_({one.address for one in sought if one.address})
        ),
    ]
    most = CANDIDATES_AT_MOST * len(sought)
    return {found for way in ways for found in db.session.scalars(way.limit(most))}


def possible_matches(victim: Victim) -> list[Likeness]:
    """Everybody who agrees with this record in anything, those linked to it left out."""
    own = _fingerprints([victim.id])[victim.id]
    return likenesses(own, but={victim.id, *linked_ids(victim.id)})


def _candidates(sought: Fingerprint) -> list[int]:
    """Those who share a reference, name and birth, a contact or an address: one statement."""
    ways: list[sa.Select[int]] = []
    if sought.reference:
        ways.append(sa.select(Victim.id).where(Victim.victim_reference == sought.reference))
    if sought.name and sought.born:
        ways.append(
            sa.select(Victim.id).where(
                Victim.name_key == sought.name, Victim.date_of_birth == sought.born
            )
        )
    if sought.contacts:
        ways.append(
            sa.select(ContactPoint.victim_id).where(ContactPoint.value_index.in_(sought.contacts))
        )
    if sought.address:
        ways.append(sa.select(Address.victim_id).where(Address.full_index == sought.address))
    if not ways:
        return []
    return list(db.session.scalars(sa.union(*ways).limit(CANDIDATES_AT_MOST)))


def _fingerprints(ids: Collection[int]) -> dict[int, Fingerprint]:
    contacts = _indexes(ContactPoint.victim_id, ContactPoint.value_index, ids)
    addresses = _indexes(Address.victim_id, Address.full_index, ids)
    rows = db.session.execute(
        sa.select(Victim.id, Victim.name_key, Victim.date_of_birth, Victim.victim_reference).where(
            Victim.id.in_(ids)
        )
    )
    return {
        row.id: Fingerprint(
            name=row.name_key,
            born=row.date_of_birth,
            reference=row.victim_reference or "",
            contacts=frozenset(contacts.get(row.id, ())),
            # The last one: where the person lives now.
            address=next(reversed(addresses.get(row.id, [""]))),
        )
        for row in rows
    }


def _indexes(
    owner: sa.orm.InstrumentedAttribute[int],
    index: sa.orm.InstrumentedAttribute[str] | sa.orm.InstrumentedAttribute[str | None],
    ids: Collection[int],
) -> dict[int, list[str]]:
    gathered: dict[int, list[str]] = {}
    rows = db.session.execute(
        sa.select(owner, index).where(owner.in_(ids), index.is_not(None)).order_by(owner.class_.id)
    )
    for victim_id, value in rows:
        gathered.setdefault(victim_id, []).append(value or "")
    return gathered


def linked_ids(victim_id: int) -> set[int]:
    """Every other record held to be the same person, by links and links of links."""
    known, new = {victim_id}, {victim_id}
    while new:
        pairs = db.session.execute(
            sa.select(PersonLink.victim_id, PersonLink.other_id).where(
                PersonLink.state == LinkState.LINKED,
                sa.or_(PersonLink.victim_id.in_(new), PersonLink.other_id.in_(new)),
            )
        )
        new = {one for pair in pairs for one in pair} - known
        known |= new
    return known - {victim_id}


def link_between(one: int, other: int) -> PersonLink | None:
    """What has been said of two records, if anything."""
    low, high = sorted((one, other))
    return db.session.scalars(
        sa.select(PersonLink).where(PersonLink.victim_id == low, PersonLink.other_id == high)
    ).first()


def links_of(victim_ids: Iterable[int]) -> list[PersonLink]:
    """Everything that has been said of these records and others, in order."""
    ids = list(victim_ids)
    return list(
        db.session.scalars(
            sa.select(PersonLink)
            .where(sa.or_(PersonLink.victim_id.in_(ids), PersonLink.other_id.in_(ids)))
            .order_by(PersonLink.id)
        )
    )

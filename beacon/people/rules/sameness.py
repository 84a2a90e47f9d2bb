"""Who may be one person: what two records agree in, and what that amounts to (contract 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from beacon.people.terms import Fact


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What one record can be compared by: keys and blind indexes, nothing readable but the name."""

    name: str
    born: date | None
    reference: str
    contacts: frozenset[str]
    address: str


def handles(one: Fingerprint) -> list[tuple[object, ...]]:
    """What each fact or pair of facts is looked for by; two records that share none agree in none.

    A name alone, or a date of birth alone, is nothing to go by.
    """
    found: list[tuple[object, ...]] = [(Fact.CONTACT, index) for index in one.contacts]
    if one.reference:
        found.append((Fact.REFERENCE, one.reference))
    if one.name and one.born:
        found.append((Fact.NAME, one.name, one.born))
    if one.address:
        found.append((Fact.ADDRESS, one.address))
    return found


def agreeing(one: Fingerprint, other: Fingerprint) -> tuple[Fact, ...]:
    """Which facts of two records agree."""
    pairs = (
        (Fact.REFERENCE, bool(one.reference) and one.reference == other.reference),
        (Fact.NAME, bool(one.name) and one.name == other.name),
        (Fact.BORN, one.born is not None and one.born == other.born),
        (Fact.CONTACT, bool(one.contacts & other.contacts)),
        (Fact.ADDRESS, bool(one.address) and one.address == other.address),
    )
    return tuple(fact for fact, agrees in pairs if agrees)


def is_certain(facts: Iterable[Fact]) -> bool:
    """The same victim reference, or the same name, date of birth and one contact (contract 3.5)."""
    agreed = set(facts)
    named = {Fact.NAME, Fact.BORN} <= agreed
    return Fact.REFERENCE in agreed or (named and not agreed.isdisjoint(REACHED_BY))


def is_likely(facts: Iterable[Fact]) -> bool:
    """Two or more agreeing facts, short of certain (contract 3.5)."""
    agreed = set(facts)
    return len(agreed) >= 2 and not is_certain(agreed)


REACHED_BY = frozenset({Fact.CONTACT, Fact.ADDRESS})

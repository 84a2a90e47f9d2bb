"""Is this somebody we know: asked by keys and blind indexes, the same on both databases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from beacon.core.db import db
from beacon.core.names import name_key
from beacon.core.postcode import address_key, postcode_key
from beacon.core.sealed import blind_index
from beacon.people import rules
from beacon.people.models import Victim
from beacon.people.queries.finding import Found, Handle, found_by, handles_of, prints_of
from beacon.people.queries.links import linked_ids
from beacon.people.rules import Fingerprint, Home, Named, PersonFacts
from beacon.people.terms import Fact

# What a row may say by which people are compared.
COMPARED = (
    *("first_name", "last_name", "organisation", "date_of_birth", "victim_reference"),
    *("mobile", "phone", "email", "address", "postcode"),
)


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


class Register:
    """The records that may be the people of some rows: looked up for many of them at once.

    What is put in since is found as the database would find it, so that a row finds the one before
    it. `remembers`: what was put in outlives the next look-up, as in a dry run, which stores
    nothing. `judges`: whoever can be neither certain nor likely is left out.
    """

    def __init__(self, *, remembers: bool = False, judges: bool = False) -> None:
        self._remembers = remembers
        self._judges = judges
        self._held: dict[Handle, list[Found]] = {}
        self._may_be: dict[Fingerprint, set[int]] = {}
        self._prints: dict[int, Fingerprint] = {}
        self._put: defaultdict[Handle, list[int]] = defaultdict(list)
        self._own: dict[int, Fingerprint] = {}
        self._handles: dict[Fingerprint, frozenset[Handle]] = {}
        self._aside: set[Handle] = set()

    def look_up(self, sought: Mapping[Fingerprint, frozenset[Handle]]) -> None:
        """Ask for everybody who may be one of these people: one statement, then their facts.

        Each with the handles by which it is found (`handles_of`).
        """
        if not self._remembers:
            self._put.clear()
            self._own.clear()
        self._aside.clear()
        self._handles = dict(sought)
        self._held = found_by(frozenset().union(*self._handles.values()))
        self._may_be = {one: self._found(one, handles) for one, handles in sought.items()}
        self._prints = prints_of(set().union(*self._may_be.values()))

    def put(self, victim_id: int, now: Fingerprint) -> None:
        """Take in what a record says from now on; below nought, one that no database holds."""
        self._own[victim_id] = now
        for handle in self._handles_of(now):
            self._put[handle].append(victim_id)

    def set_aside(self, one: Fingerprint) -> None:
        """Remember somebody who is judged only after others: nobody knows yet who they are."""
        self._aside |= self._handles_of(one)

    def may_be_aside(self, one: Fingerprint) -> bool:
        """Whether this one agrees in anything by which people are found with one set aside."""
        return not self._aside.isdisjoint(self._handles_of(one))

    def print_of(self, victim_id: int) -> Fingerprint | None:
        """What a record says, as far as it was put in or looked up."""
        return self._own.get(victim_id) or self._prints.get(victim_id)

    def likenesses(self, sought: Fingerprint, *, but: Collection[int] = ()) -> list[Likeness]:
        """Every record that agrees in anything, the surest first, then the oldest."""
        handles = self._handles_of(sought)
        held = self._may_be.get(sought)
        ids = self._found(sought, handles) if held is None else held
        put = (found for one in handles for found in self._put.get(one, ()))
        found = [self._beside(sought, victim_id) for victim_id in {*ids, *put}.difference(but)]
        found = [one for one in found if one.facts]
        found.sort(key=lambda one: (not one.is_certain, not one.is_likely, abs(one.victim_id)))
        return found

    def touches(self, one: Fingerprint) -> bool:
        """Whether any record is found by what this person is found by."""
        return any(
            self._held.get(handle) or self._put.get(handle) for handle in self._handles_of(one)
        )

    def _found(self, sought: Fingerprint, handles: Collection[Handle]) -> set[int]:
        """The records held that may be this person; all that are found where nobody judges."""
        found = (one for handle in handles for one in self._held.get(handle, ()))
        return {one.victim_id for one in found if not self._judges or one.may_be(sought)}

    def _handles_of(self, one: Fingerprint) -> frozenset[Handle]:
        found = self._handles.get(one)
        return handles_of(one) if found is None else found

    def _beside(self, sought: Fingerprint, victim_id: int) -> Likeness:
        theirs = self.print_of(victim_id)
        return Likeness(victim_id, rules.agreeing(sought, theirs) if theirs else ())


def fingerprint(facts: PersonFacts) -> Fingerprint:
    """What a person's facts can be compared by."""
    whole = address_key(facts.address, facts.postcode)
    code, street = postcode_key(facts.postcode), name_key(facts.address)
    return Fingerprint(
        named=facts.named,
        born=facts.date_of_birth,
        reference=facts.victim_reference,
        contacts=frozenset(blind_index(p.index_kind, p.normal) for p in facts.points()),
        home=Home(
            blind_index("address", whole) if whole else "",
            blind_index("street", street) if street else "",
            blind_index("postcode", code) if code else "",
        ),
    )


def received(
    before: Fingerprint, said: PersonFacts, *, confirmed: Collection[str] = ()
) -> Fingerprint:
    """What a record could be compared by, were these facts taken in (commands.receive).

    An empty fact erases nothing, and one that a person confirmed stands.
    """
    heard = PersonFacts(**{name: _unless(name in confirmed, said, name) for name in COMPARED})
    now = fingerprint(heard)
    return Fingerprint(
        named=_renamed(before.named, heard),
        born=now.born or before.born,
        reference=now.reference or before.reference,
        contacts=before.contacts | now.contacts,
        home=Home(
            now.home.whole or before.home.whole,
            now.home.street or before.home.street,
            now.home.postcode or before.home.postcode,
        ),
    )


def confirmed_facts(victim: Victim) -> frozenset[str]:
    """The facts of a record that no feed may change, its numbers and its address among them."""
    points = (one.kind.value for one in victim.contact_points if one.confirmed_at)
    homes = (one for one in victim.addresses if one.confirmed_at and not one.retired_at)
    return victim.confirmed | {*points} | {word for _ in homes for word in ("address", "postcode")}


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
    """Every record that agrees with one person in anything, the surest first, then the oldest."""
    register = Register()
    register.look_up({sought: handles_of(sought)})
    return register.likenesses(sought, but=but)


def possible_matches(victim: Victim) -> list[Likeness]:
    """Everybody who agrees with this record in anything, those linked to it left out."""
    own = prints_of([victim.id])[victim.id]
    return likenesses(own, but={victim.id, *linked_ids(victim.id)})


def _unless(stands: bool, said: PersonFacts, name: str) -> Any:
    """The fact, or its absence where what a person said stands."""
    return getattr(PersonFacts() if stands else said, name)


def _renamed(before: Named, heard: PersonFacts) -> Named:
    """The name, each part of it as it was last said."""
    first = name_key(heard.first_name) or before.first
    last = name_key(heard.last_name) or before.last
    if not last:
        return heard.named if heard.has_name else before
    return Named(name_key(f"{first} {last}"), first, last)

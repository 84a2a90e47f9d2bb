"""The people around a victim, as a page shows them: every number masked."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people import rules
from beacon.people.models import PersonAround, Victim
from beacon.people.queries.guarding import is_in_hand, is_restricted
from beacon.people.rules import HIDDEN, NUMBERS, Guard
from beacon.people.terms import Around, ContactKind, Safe

CALLED = {"mobile": "Mobile", "phone": "Landline or other phone"}


@dataclass(frozen=True, kw_only=True)
class AroundCard:
    """One person around a victim."""

    id: int
    victim_id: int
    version: int
    kind: Around
    name: str
    relation: str
    notes: str
    speak: Safe
    retired: bool
    numbers: dict[str, str]  # which of them, and the number masked


@dataclass(frozen=True, kw_only=True)
class AskedAround:
    """One number of such a person that somebody asks for, with all that stands before it."""

    card: AroundCard
    which: str
    guard: Guard
    why: str  # a reason is asked

    @property
    def called(self) -> str:
        """What kind of number it is."""
        return CALLED[self.which]


@asking
def people_around(viewer: Viewer, victim: Victim) -> Asking[list[AroundCard]]:
    """Everybody around this victim, those of now first, in the order in which they were added."""
    query = scope.visible(viewer, PersonAround).where(PersonAround.victim_id == victim.id)
    query = query.order_by(PersonAround.retired_at.is_not(None), PersonAround.id)
    shows = scope.may_see(viewer, "people.contact")
    found = yield from together.scalars(query)
    return [card_of(one, shows=shows) for one in found]


def get_around(viewer: Viewer, victim: Victim, around_id: int) -> PersonAround:
    """One person around this victim, if the viewer may open the victim's record."""
    query = scope.visible(viewer, PersonAround).where(
        PersonAround.id == around_id, PersonAround.victim_id == victim.id
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def asked_around(viewer: Viewer, victim: Victim, around_id: int, which: str) -> AskedAround:
    """What must be heeded, said and proved before this number is shown."""
    person = get_around(viewer, victim, around_id)
    if which not in NUMBERS or not getattr(person, which):
        raise NotFound
    in_hand, restricted = is_in_hand(viewer, victim), is_restricted(victim)
    return AskedAround(
        card=card_of(person, shows=scope.may_see(viewer, "people.contact")),
        which=which,
        guard=rules.guard_around(
            speak=person.speak,
            notes=person.notes,
            is_retired=person.retired_at is not None,
            in_hand=in_hand,
            restricted=restricted,
        ),
        why=rules.why_around(speak=person.speak, in_hand=in_hand, restricted=restricted),
    )


def number_in_full(person: PersonAround, which: str) -> str:
    """The number as it is dialled: only where it was asked for."""
    return rules.dialled(ContactKind.PHONE, getattr(person, which))


def card_of(person: PersonAround, *, shows: bool) -> AroundCard:
    """One person as a page shows them."""
    given = {which: getattr(person, which) for which in NUMBERS if getattr(person, which)}
    return AroundCard(
        id=person.id,
        victim_id=person.victim_id,
        version=person.version,
        kind=person.kind,
        name=person.name if shows else HIDDEN,
        relation=person.relation if shows else "",
        notes=person.notes if shows else "",
        speak=person.speak,
        retired=person.retired_at is not None,
        numbers={
            which: rules.masked(ContactKind.PHONE, number) if shows else HIDDEN
            for which, number in given.items()
        },
    )

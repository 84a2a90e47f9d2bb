"""The people around a victim: added, changed, and no longer theirs; each of their numbers is held.

A number once held guards for good: neither another number nor a person's going lets it free.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.people import queries, rules
from beacon.people.commands.rights import still_open_to
from beacon.people.commands.showing import NO_REASON, REASON_AT_MOST
from beacon.people.models import AroundShowing, PersonAround, Victim
from beacon.people.rules import NUMBERS, AroundFacts
from beacon.people.terms import PeoplePermission

STALE = "Somebody else has just changed this person. Look again."
PARTS = ("kind", "name", "relation", "mobile", "phone", "notes", "speak")


def add_around(victim: Victim, facts: AroundFacts, *, actor: Actor) -> PersonAround:
    """Write down somebody around a victim, and hold their numbers.

    A form that was sent twice adds one (security.md L-05).
    """
    _check(facts)
    with transaction() as session:
        session.refresh(victim, with_for_update={"key_share": True})
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        if (same := _same(session, victim, facts)) is not None:
            return same
        person = PersonAround(victim_id=victim.id, version=1)
        for part in PARTS:
            setattr(person, part, getattr(facts, part))
        session.add(person)
        session.flush()
        _hold(person)
        audit.record(
            "person_around.added",
            person,
            actor,
            operation=Operation.COLLECTION,
            victim_id=victim.id,
            kind=facts.kind.value,
        )
        return person


def change_around(
    victim: Victim,
    around_id: int,
    facts: AroundFacts,
    *,
    gone: Collection[str] = (),
    version: int,
    actor: Actor,
) -> PersonAround:
    """Change what is known of somebody around a victim; what they could be rung on still guards.

    A number that is not given stays, unless it is among those that are gone.
    """
    _check(facts)
    with transaction() as session:
        person = _held(victim, around_id, version, actor)
        new = {part: getattr(facts, part) for part in PARTS}
        for which in NUMBERS:
            if not new[which] and which not in gone:
                new[which] = getattr(person, which)
        changed = [part for part, fact in new.items() if getattr(person, part) != fact]
        for part in changed:
            setattr(person, part, new[part])
        if changed:
            person.version += 1
            session.flush()
            _hold(person)
            audit.record(
                "person_around.changed", person, actor, fields=changed, victim_id=victim.id
            )
        return person


def retire_around(victim: Victim, around_id: int, *, version: int, actor: Actor) -> None:
    """Somebody is not around the victim any more; their numbers guard as before."""
    with transaction():
        person = _held(victim, around_id, version, actor)
        person.retired_at = clock.now()
        person.version += 1
        audit.record("person_around.retired", person, actor, victim_id=victim.id)


def show_around(
    victim: Victim, around_id: int, which: str, *, heeded: bool, reason: str, actor: Actor
) -> PersonAround:
    """Let somebody see a number of a person around a victim, once they did what stands before it.

    What was asked is asked again here, as it is at this moment (security.md P-04).
    """
    with transaction() as session:
        now = still_open_to(victim.id, actor, PeoplePermission.REACH)
        guard = queries.asked_around(now, victim, around_id, which).guard
        if guard.heed and not heeded:
            raise RuleBroken("Read the warning, and tick that you have.", field="heeded")
        if guard.reason and not rules.is_reason(reason):
            raise RuleBroken(NO_REASON, field="reason")
        person = queries.get_around(now, victim, around_id)
        showing = AroundShowing(person_around_id=person.id, by_id=actor.id)
        showing.reason = reason.strip()[:REASON_AT_MOST]
        session.add(showing)
        session.flush()
        audit.record(
            "person_around.number_shown",
            person,
            actor,
            operation=Operation.CONSULTATION,
            fields=(which,),
            victim_id=victim.id,
            showing_id=showing.id,
        )
        return person


def _check(facts: AroundFacts) -> None:
    if not facts.name.strip():
        raise RuleBroken("Enter their name, or who they are.", field="name")


def _same(session: Session, victim: Victim, facts: AroundFacts) -> PersonAround | None:
    """Who is around the victim already and of whom just this is known; sealed words say so here."""
    theirs = sa.select(PersonAround).filter_by(
        victim_id=victim.id, kind=facts.kind, speak=facts.speak, retired_at=None
    )
    for one in session.scalars(theirs.order_by(PersonAround.id)):
        if all((getattr(one, part) or "") == getattr(facts, part) for part in PARTS):
            return one
    return None


def _held(victim: Victim, around_id: int, version: int, actor: Actor) -> PersonAround:
    """The person as they are now, held, as long as whoever asks may change them."""
    with transaction() as session:
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        person = session.get(PersonAround, around_id, with_for_update=True, populate_existing=True)
        if person is None or person.victim_id != victim.id:
            raise NotFound
        if person.version != version:
            raise Stale(STALE)
        if person.retired_at is not None:
            raise RuleBroken("They are not around the victim any more. Add them again.")
        return person


def _hold(person: PersonAround) -> None:
    for which in NUMBERS:
        if number := getattr(person, which):
            numbers.hold(number, Owner(person.kind.value), person.id, victim_id=person.victim_id)

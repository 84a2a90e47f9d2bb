"""What a person says of themselves, so that we can see whom we serve less well."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.audit import commands as audit
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import Stale
from beacon.people.commands.rights import CHANGED, still_open_to
from beacon.people.models import CommunicationNeeds, Victim
from beacon.people.queries import communication_needs
from beacon.people.terms import Disability, Helps, Orientation, PeoplePermission, Religion


@dataclass(frozen=True, kw_only=True)
class Communication:
    """Their language, whether an interpreter is needed and of which, and what else helps."""

    language: str = ""
    interpreter: str = ""
    needs: frozenset[Helps] = frozenset()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Equality:
    """What a person says of themselves for the equality figures; what is left out stays."""

    disability: Disability | None = None
    orientation: Orientation | None = None
    religion: Religion | None = None


def say_disability(victim: Victim, answer: Disability, *, version: int, actor: Actor) -> None:
    """Write down what a person said of disability; no feed says or changes it (domain.md 2.5)."""
    say_equality(victim, Equality(disability=answer), version=version, actor=actor)


def say_equality(victim: Victim, said: Equality, *, version: int, actor: Actor) -> None:
    """Write down what a person said of themselves; no feed says or changes it (domain.md 2.5)."""
    with transaction() as session:
        session.refresh(victim, with_for_update=True)
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        if victim.version != version:
            raise Stale(CHANGED)
        given = {name: answer for name, answer in vars(said).items() if answer is not None}
        changed = [name for name, answer in given.items() if getattr(victim, name) is not answer]
        if not changed:
            return
        for name in changed:
            setattr(victim, name, given[name])
        victim.confirm(changed)
        victim.version += 1
        audit.record("victim.equality_asked", victim, actor, fields=tuple(changed))


def say_communication(victim: Victim, said: Communication, *, version: int, actor: Actor) -> None:
    """Write down what somebody needs to understand us and be understood (domain.md 2.5).

    What a person said of their language, no feed changes any more.
    """
    with transaction() as session:
        session.refresh(victim, with_for_update=True)
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        if victim.version != version:
            raise Stale(CHANGED)
        row = communication_needs(victim.id)
        if row is None:
            row = CommunicationNeeds(victim_id=victim.id)
            session.add(row)
        for need in Helps:
            setattr(row, need.value, need in said.needs)
        row.words, row.by_id = said.words.strip(), actor.id
        victim.language, victim.interpreter = said.language.strip(), said.interpreter.strip()
        victim.confirm(["language", "interpreter"])
        victim.version += 1
        audit.record("victim.communication_asked", victim, actor, fields=("communication",))

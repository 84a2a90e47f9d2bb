"""What a person says of themselves, so that we can see whom we serve less well."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.people.commands.rights import still_open_to
from beacon.people.models import Victim
from beacon.people.terms import Disability, PeoplePermission


def say_disability(victim: Victim, answer: Disability, *, version: int, actor: Actor) -> None:
    """Write down what a person said of disability; no feed says or changes it (domain.md 2.5)."""
    with transaction() as session:
        session.refresh(victim, with_for_update=True)
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        if victim.version != version:
            raise RuleBroken(
                "Somebody else changed this record while you had the page open. "
                "Look at what it says now, and answer again."
            )
        if victim.disability is answer:
            return
        victim.disability = answer
        victim.confirm(["disability"])
        victim.version += 1
        audit.record("victim.equality_asked", victim, actor, fields=("disability",))

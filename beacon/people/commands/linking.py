"""Two records that are, or may be, one person: linked, never merged, and each link undone."""

from __future__ import annotations

from collections.abc import Iterable

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.people.models import PersonLink, Victim
from beacon.people.queries import link_between
from beacon.people.terms import Fact, LinkState


def link(victim: Victim, other: Victim, *, facts: Iterable[Fact], actor: Actor) -> PersonLink:
    """Say that two records are one person."""
    return _say(victim, other, LinkState.LINKED, facts, actor, "person_link.linked")


def suggest(victim: Victim, other: Victim, *, facts: Iterable[Fact], actor: Actor) -> None:
    """Say that two records may be one person; what a person said before stands."""
    if link_between(victim.id, other.id) is None:
        _say(victim, other, LinkState.POSSIBLE, facts, actor, "person_link.suggested")


def not_the_same(victim: Victim, other: Victim, *, actor: Actor) -> PersonLink:
    """Say that two records are two people, so that nobody is asked again."""
    return _say(victim, other, LinkState.NOT_THE_SAME, (), actor, "person_link.refused")


def unlink(victim: Victim, other: Victim, *, actor: Actor) -> PersonLink:
    """Undo a link: both records stand as they did."""
    with transaction():
        held = link_between(victim.id, other.id)
        if held is None or held.state is not LinkState.LINKED:
            raise RuleBroken("These two records are not linked.")
        return _say(victim, other, LinkState.UNDONE, (), actor, "person_link.undone")


def _say(
    victim: Victim,
    other: Victim,
    state: LinkState,
    facts: Iterable[Fact],
    actor: Actor,
    action: str,
) -> PersonLink:
    if victim.id == other.id:
        raise RuleBroken("A record cannot be linked to itself.")
    with transaction() as session:
        low, high = sorted((victim.id, other.id))
        held = link_between(low, high)
        if held is None:
            held = PersonLink(victim_id=low, other_id=high, basis="", state=state)
            session.add(held)
        held.state = state
        held.basis = ",".join(fact.value for fact in facts) or held.basis
        held.decided_at = None if state is LinkState.POSSIBLE else clock.now()
        held.decided_by_id = actor.id
        audit.record(
            action, held, actor, operation=Operation.COMBINATION, victim_id=low, other_id=high
        )
    return held

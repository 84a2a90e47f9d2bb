"""Two records that are, or may be, one person: linked, never merged, and each link undone."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.people import rules
from beacon.people.models import PersonLink, PersonLinkDecision, Victim
from beacon.people.queries import link_between
from beacon.people.terms import Fact, LinkState

REASON_AT_MOST = 500
# What a reader of either record must know of before they save it.
JOINING = frozenset({LinkState.LINKED, LinkState.UNDONE})
ACTIONS = {
    LinkState.LINKED: "person_link.linked",
    LinkState.POSSIBLE: "person_link.suggested",
    LinkState.NOT_THE_SAME: "person_link.refused",
    LinkState.UNDONE: "person_link.undone",
}


def link(
    victim: Victim, other: Victim, *, facts: Iterable[Fact], reason: str = "", actor: Actor
) -> PersonLink:
    """Say that two records are one person."""
    return _say(victim, other, LinkState.LINKED, facts, actor, reason=reason)


def suggest(victim: Victim, other: Victim, *, facts: Iterable[Fact], actor: Actor) -> None:
    """Say that two records may be one person; what a person said before stands."""
    if link_between(victim.id, other.id) is None:
        _say(victim, other, LinkState.POSSIBLE, facts, actor)


def not_the_same(victim: Victim, other: Victim, *, reason: str = "", actor: Actor) -> PersonLink:
    """Say that two records are two people, so that nobody is asked again."""
    with transaction():
        held = link_between(victim.id, other.id)
        if held is not None and held.state is LinkState.LINKED:
            raise RuleBroken("These two records are linked. Undo the link first, and say why.")
        return _say(victim, other, LinkState.NOT_THE_SAME, (), actor, reason=reason)


def unlink(victim: Victim, other: Victim, *, reason: str, actor: Actor) -> PersonLink:
    """Undo a link, at once and wherever it stands in a chain: both records stand as they did."""
    with transaction():
        held = link_between(victim.id, other.id)
        if held is None or held.state is not LinkState.LINKED:
            raise RuleBroken("These two records are not linked: somebody may have undone it.")
        if not rules.is_reason(reason):
            raise RuleBroken("Say why they are not the same person.", field="reason")
        return _say(victim, other, LinkState.UNDONE, (), actor, reason=reason)


def _say(
    victim: Victim,
    other: Victim,
    state: LinkState,
    facts: Iterable[Fact],
    actor: Actor,
    *,
    reason: str = "",
) -> PersonLink:
    if victim.id == other.id:
        raise RuleBroken("A record cannot be linked to itself.")
    if len(reason) > REASON_AT_MOST:
        raise RuleBroken(f"The reason must be {REASON_AT_MOST} characters or fewer.", "reason")
    with transaction() as session:
        low, high = sorted((victim.id, other.id))
        held = link_between(low, high)
        if held is None:
            held = PersonLink(victim_id=low, other_id=high, basis="", state=state)
            session.add(held)
        basis = ",".join(fact.value for fact in facts)
        held.state = state
        held.basis = basis or held.basis
        held.decided_at = None if state is LinkState.POSSIBLE else clock.now()
        held.decided_by_id = actor.id
        if state in JOINING:
            _changed(low, high)
        session.flush()
        session.add(
            PersonLinkDecision(
                link_id=held.id, state=state, basis=basis, reason=reason.strip(), by_id=actor.id
            )
        )
        audit.record(
            ACTIONS[state],
            held,
            actor,
            operation=Operation.COMBINATION,
            victim_id=low,
            other_id=high,
        )
    return held


def _changed(*victim_ids: int) -> None:
    """Whoever has a page of one of them open must look again before they save (L-10)."""
    db.session.execute(
        sa.update(Victim).where(Victim.id.in_(victim_ids)).values(version=Victim.version + 1)
    )

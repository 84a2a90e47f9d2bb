"""What a person says of who somebody is: linked, not the same, and a link undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.people import commands as people
from beacon.people import rules
from beacon.people.models import PersonLink, Victim
from beacon.people.queries import link_between, linked_ids, links_of, possible_matches
from beacon.people.terms import Fact, LinkState
from beacon.referrals.commands.receiving import reckon_again
from beacon.referrals.commands.stages import held
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, SamePerson, Waits


def say_who(
    referral: Referral,
    answers: Mapping[int, SamePerson],
    *,
    reason: str = "",
    version: int,
    actor: Actor,
) -> None:
    """Answer for several records at once whether the person of this referral is theirs."""
    with transaction() as session:
        row = held(referral, version, actor)
        said = {one: word for one, word in answers.items() if word is not SamePerson.LATER}
        if not said:
            raise RuleBroken("Say of at least one record whether it is the same person.")
        facts = _facts_shared(row)
        for victim_id, word in said.items():
            other = session.get_one(Victim, victim_id)
            if word is SamePerson.SAME:
                _link(row, other, facts.get(victim_id, ()), reason, actor)
            else:
                people.not_the_same(row.victim, other, reason=reason, actor=actor)
        _identity_settled(row, actor)


def link_person(referral: Referral, other: Victim, *, reason: str = "", actor: Actor) -> PersonLink:
    """The person of this referral is somebody we know."""
    with transaction():
        facts = _facts_shared(referral).get(other.id, ())
        made = _link(referral, other, facts, reason, actor)
        _identity_settled(referral, actor)
    return made


def not_the_same_person(
    referral: Referral, other: Victim, *, reason: str = "", actor: Actor
) -> PersonLink:
    """The person of this referral is not that one."""
    with transaction():
        made = people.not_the_same(referral.victim, other, reason=reason, actor=actor)
        _identity_settled(referral, actor)
    return made


def unlink_person(referral: Referral, other: Victim, *, reason: str, actor: Actor) -> PersonLink:
    """Undo a link of this referral's person."""
    with transaction():
        link = link_between(referral.victim_id, other.id)
        if link is None:
            raise RuleBroken("These two records are not linked.")
        return cut_link(link, reason=reason, actor=actor)


def cut_link(link: PersonLink, *, reason: str, actor: Actor) -> PersonLink:
    """Undo one link, wherever in a chain it stands; each side is reckoned anew by itself."""
    with transaction() as session:
        one, other = (session.get_one(Victim, found) for found in (link.victim_id, link.other_id))
        ids = {one.id, *linked_ids(one.id)}
        undone = people.unlink(one, other, reason=reason, actor=actor)
        _reckon(ids, actor)
    return undone


def undecided_links(referral: Referral) -> list[PersonLink]:
    """The possible matches of which nobody has said whether they are the same person."""
    return [one for one in links_of([referral.victim_id]) if one.state is LinkState.POSSIBLE]


def _facts_shared(referral: Referral) -> dict[int, tuple[Fact, ...]]:
    return {one.victim_id: one.facts for one in possible_matches(referral.victim)}


def _link(
    referral: Referral, other: Victim, facts: tuple[Fact, ...], reason: str, actor: Actor
) -> PersonLink:
    """Where the facts do not speak for it, the person must."""
    speaks = rules.is_certain(facts) or rules.is_likely(facts)
    if not speaks and not rules.is_reason(reason):
        raise RuleBroken(
            "Too little agrees to link these two records without a reason: say how you know.",
            field="reason",
        )
    return people.link(referral.victim, other, facts=facts, reason=reason, actor=actor)


def _identity_settled(referral: Referral, actor: Actor) -> None:
    """Once nobody is left to ask about, what the referral still waits for is a decision."""
    referral.version += 1
    if referral.waits is Waits.POSSIBLE_MATCH and not undecided_links(referral):
        referral.waits = None
    _reckon({referral.victim_id, *linked_ids(referral.victim_id)}, actor)


def _reckon(victim_ids: Iterable[int], actor: Actor) -> None:
    """See anew, for what still stands in the queue, who is known and who a repeat victim."""
    db.session.flush()
    waiting = db.session.scalars(
        sa.select(Referral)
        .where(Referral.victim_id.in_(list(victim_ids)), Referral.place < Place.DONE)
        .order_by(Referral.id)
    )
    for one in list(waiting):
        reckon_again(one, actor=actor)

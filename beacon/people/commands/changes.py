"""What a feed proposes against a confirmed fact, and what a person says to it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.sealed import blind_index
from beacon.people import rules
from beacon.people.commands.finding import respell
from beacon.people.commands.holding import add_address, add_point, hold_numbers
from beacon.people.commands.keying import keep_findable
from beacon.people.commands.rights import still_open_to
from beacon.people.models import ContactPoint, ProposedChange, SafeContact, Victim
from beacon.people.rules import PersonFacts
from beacon.people.terms import ContactKind, PeoplePermission, Preferred, Safe

KINDS = frozenset(kind.value for kind in ContactKind)


def propose(victim: Victim, field: str, value: str, source: str) -> list[str]:
    """Keep a feed's fact beside the confirmed one; said once, however often the feed says it."""
    last = db.session.scalars(
        sa.select(ProposedChange)
        .where(ProposedChange.victim_id == victim.id, ProposedChange.field == field)
        .order_by(ProposedChange.id.desc())
    ).first()
    if last is not None and last.value == value:
        return []
    change = ProposedChange(victim_id=victim.id, field=field, value=value, source=source)
    db.session.add(change)
    return [f"proposed:{field}"]


def accept_change(change: ProposedChange, *, actor: Actor) -> None:
    """The feed was right: its fact takes the place of ours, confirmed by this person."""
    with transaction() as session:
        victim = _undecided(change, actor)
        _apply(victim, change, actor)
        _decide(change, actor, accepted=True)
        victim.version += 1
        session.flush()
        keep_findable(victim)
        audit.record(
            "proposed_change.accepted",
            change,
            actor,
            fields=(change.field,),
            victim_id=change.victim_id,
        )


def decline_change(change: ProposedChange, *, actor: Actor) -> None:
    """Our fact stands; the feed's is put aside."""
    with transaction():
        _undecided(change, actor)
        _decide(change, actor, accepted=False)
        audit.record(
            "proposed_change.declined",
            change,
            actor,
            fields=(change.field,),
            victim_id=change.victim_id,
        )


def keep_keys(victim: Victim, *, known: bool) -> None:
    """Make a record findable by the name it now has; a record without a name equals nobody's."""
    named = PersonFacts(
        first_name=victim.first_name or "",
        last_name=victim.last_name or "",
        organisation=victim.organisation or "",
    )
    victim.name_key = named.name_key if known else ""
    victim.surname_key = named.surname_key


def _undecided(change: ProposedChange, actor: Actor) -> Victim:
    still_open_to(change.victim_id, actor, PeoplePermission.EDIT)
    if change.decided_at is not None:
        raise RuleBroken("Somebody has already decided this change.")
    return db.session.get_one(Victim, change.victim_id)


def _decide(change: ProposedChange, actor: Actor, *, accepted: bool) -> None:
    change.decided_at = clock.now()
    change.decided_by_id = actor.id
    change.accepted = accepted


def _apply(victim: Victim, change: ProposedChange, actor: Actor) -> None:
    field, value = change.field, change.value
    if field in KINDS:
        _take_point(victim, field, value, actor)
    elif field == "address":
        _take_address(victim, value, actor)
    elif field in {"safe", "preferred", "safe_notes"}:
        _take_safety(victim, field, value, actor)
    else:
        setattr(victim, field, date.fromisoformat(value) if field == "date_of_birth" else value)
        victim.confirm([field])
        keep_keys(victim, known=True)
        respell(victim)


def _take_point(victim: Victim, kind: str, value: str, actor: Actor) -> None:
    point = rules.mail(value) if kind == ContactKind.EMAIL else rules.telephone(value)
    index = blind_index(point.index_kind, point.normal)
    for rival in victim.contact_points:
        if rival.kind is point.kind and rival.value_index != index and rival.retired_at is None:
            rival.retired_at = clock.now()
    taken = next((one for one in victim.contact_points if one.value_index == index), None)
    taken = taken or add_point(victim, point, from_feed=True)
    taken.retired_at = None
    _confirmed(taken, actor)
    hold_numbers(victim, [point])


def _take_address(victim: Victim, value: str, actor: Actor) -> None:
    for address in victim.addresses:
        address.retired_at = address.retired_at or clock.now()
    lines, _, postcode = value.rpartition("\n")
    taken = add_address(victim, lines, postcode, from_feed=True)
    taken.confirmed_at, taken.confirmed_by_id = clock.now(), actor.id


def _take_safety(victim: Victim, field: str, value: str, actor: Actor) -> None:
    held = victim.safe_contact
    if held is None:
        held = victim.safe_contact = SafeContact(overall=Safe.NOT_ASKED)
    if field == "safe":
        held.overall = Safe(value)
    elif field == "preferred":
        held.preferred = Preferred(value)
    else:
        held.words = value
    held.confirmed_at, held.confirmed_by_id = clock.now(), actor.id


def _confirmed(point: ContactPoint, actor: Actor) -> None:
    point.confirmed_at, point.confirmed_by_id = clock.now(), actor.id

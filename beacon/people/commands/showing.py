"""Letting somebody see a number, an e-mail address or where a person lives: each time kept."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.people import queries, rules
from beacon.people.commands.rights import still_open_to
from beacon.people.models import Address, AddressShowing, ContactPoint, ContactShowing, Victim
from beacon.people.terms import PeoplePermission

REASON_AT_MOST = 500
NO_REASON = f"Say why you need it, in {rules.SHORTEST_REASON} characters or more."


def show_point(
    victim: Victim, point_id: int, *, heeded: bool, reason: str, actor: Actor
) -> ContactPoint:
    """Let somebody see a number or an e-mail address, once they did what stands before it.

    Nothing stands before a safe number of the asker's own caseload (security.md P-04). What was
    asked is asked again here, as it is at this moment.
    """
    with transaction() as session:
        now = still_open_to(victim.id, actor, PeoplePermission.REACH)
        point = queries.get_point(victim, point_id)
        guard = queries.asked_for(now, victim, point_id).guard
        if guard.heed and not heeded:
            raise RuleBroken("Read the warning, and tick that you have.", field="heeded")
        if guard.reason and not rules.is_reason(reason):
            raise RuleBroken(NO_REASON, field="reason")
        showing = ContactShowing(contact_point_id=point.id, by_id=actor.id)
        showing.reason = reason.strip()[:REASON_AT_MOST]
        session.add(showing)
        session.flush()
        audit.record(
            "contact_point.shown",
            point,
            actor,
            operation=Operation.CONSULTATION,
            fields=("value",),
            victim_id=victim.id,
            showing_id=showing.id,
        )
    return point


def reveal_address(victim: Victim, address_id: int, *, reason: str, actor: Actor) -> Address:
    """Let somebody see where a person lives, or lived: for a reason, and written down (TM-01)."""
    with transaction() as session:
        still_open_to(victim.id, actor, PeoplePermission.ADDRESS)
        address = queries.get_address(victim, address_id)
        if not rules.is_reason(reason):
            raise RuleBroken(NO_REASON, field="reason")
        showing = AddressShowing(address_id=address.id, by_id=actor.id)
        showing.reason = reason.strip()[:REASON_AT_MOST]
        session.add(showing)
        session.flush()
        audit.record(
            "address.shown",
            address,
            actor,
            operation=Operation.CONSULTATION,
            fields=("lines", "postcode"),
            victim_id=victim.id,
            showing_id=showing.id,
        )
    return address

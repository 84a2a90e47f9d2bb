"""Keeping the list of agencies and whom to ring there; each of their numbers is held for good."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.names import name_key
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.partners.models import Agency, AgencyContact
from beacon.partners.terms import PartnerPermission

PARTS = ("name", "work", "mobile", "phone")


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """Whom to ring at an agency."""

    name: str
    work: str = ""
    mobile: str = ""
    phone: str = ""


def add_agency(name: str, *, actor: Actor) -> Agency:
    """Add an agency; the same name twice is refused."""
    name = name.strip()
    key = name_key(name)
    if not key:
        raise RuleBroken("Enter the agency's name.", field="name")
    with transaction() as session:
        still_may(actor, PartnerPermission.CONTACTS)
        if session.scalar(sa.select(Agency.id).where(Agency.name_key == key)) is not None:
            raise RuleBroken("There is already an agency with that name.", field="name")
        agency = Agency(name=name, name_key=key)
        session.add(agency)
        session.flush()
        audit.record("agency.added", agency, actor, operation=Operation.COLLECTION)
        return agency


def add_contact(agency: Agency, facts: ContactFacts, *, actor: Actor) -> AgencyContact:
    """Add somebody to ring at an agency, and hold their numbers. The same form twice adds one."""
    with transaction() as session:
        still_may(actor, PartnerPermission.CONTACTS)
        session.get(Agency, agency.id, with_for_update={"key_share": True})
        there = sa.select(AgencyContact).filter_by(agency_id=agency.id, retired_at=None)
        for one in session.scalars(there.order_by(AgencyContact.id)):
            if all((getattr(one, part) or "") == getattr(facts, part).strip() for part in PARTS):
                return one
        contact = AgencyContact(agency_id=agency.id, version=1)
        _write(contact, facts)
        session.add(contact)
        session.flush()
        _hold(contact)
        audit.record(
            "agency_contact.added",
            contact,
            actor,
            operation=Operation.COLLECTION,
            agency_id=agency.id,
        )
        return contact


def change_contact(
    contact: AgencyContact, facts: ContactFacts, *, version: int, actor: Actor
) -> None:
    """Change whom to ring; a number that they had before goes on guarding."""
    with transaction() as session:
        row = held_contact(contact, version, actor)
        changed = _write(row, facts)
        if changed:
            row.version += 1
            session.flush()
            _hold(row)
            audit.record("agency_contact.changed", row, actor, fields=changed)


def retire_contact(contact: AgencyContact, *, version: int, actor: Actor) -> None:
    """Nobody is to ring them any more; their numbers guard as before."""
    with transaction():
        row = held_contact(contact, version, actor)
        row.retired_at = clock.now()
        row.version += 1
        audit.record("agency_contact.retired", row, actor)


def _write(contact: AgencyContact, facts: ContactFacts) -> list[str]:
    """Take over the facts; the names of those that are new."""
    if not facts.name.strip():
        raise RuleBroken("Enter their name, or the name of their desk.", field="name")
    new = {part: getattr(facts, part).strip() for part in PARTS}
    changed = [part for part, fact in new.items() if getattr(contact, part) != fact]
    for part in changed:
        setattr(contact, part, new[part])
    return changed


def held_contact(contact: AgencyContact, version: int, actor: Actor) -> AgencyContact:
    """The contact as it is now, held; refused where the page was an older one."""
    with transaction() as session:
        still_may(actor, PartnerPermission.CONTACTS)
        row = session.get(AgencyContact, contact.id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.version != version:
            raise RuleBroken("Somebody else has just changed this contact. Look again.")
        if row.retired_at is not None:
            raise RuleBroken("This contact is taken off. Add them again.")
        return row


def _hold(contact: AgencyContact) -> None:
    for number in (contact.mobile, contact.phone):
        if number:
            numbers.hold(number, Owner.PARTNER, contact.id)

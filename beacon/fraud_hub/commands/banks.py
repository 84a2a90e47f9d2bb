"""Keeping the directory of firms: how a fraud team is reached, and who checked it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.fraud_hub.models import BankContact, key_of

STALE = "Somebody else has saved this since you opened the page. Both versions are below."
NAME_TAKEN = "The directory has a firm of this name already."


@dataclass(frozen=True, kw_only=True)
class BankGiven:
    """A firm, its group and brands, and how its fraud team is reached."""

    name: str
    group_name: str = ""
    brands: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""
    opening: str = ""
    crm_known: bool = False
    crm_from: date | None = None
    crm_to: date | None = None
    is_active: bool = True


def add_bank(given: BankGiven, *, actor: Actor) -> BankContact:
    """Put a firm into the directory, checked today. The same form sent twice puts in one."""
    with transaction() as session:
        values = _values(given)
        before = session.scalar(
            sa.select(BankContact).where(BankContact.name_key == values["name_key"])
        )
        if before is not None:
            if all(getattr(before, name) == new for name, new in values.items()):
                return before
            raise RuleBroken(NAME_TAKEN, field="name")
        row = BankContact(checked_on=clock.today(), checked_by=actor.name, **values)
        session.add(row)
        audit.record("bank_contact.added", row, actor, operation=Operation.COLLECTION)
        return row


def change_bank(bank: BankContact, given: BankGiven, *, version: int, actor: Actor) -> None:
    """Change what the directory says of a firm; whoever changes it has checked it.

    What was logged before keeps the answer that the directory gave on that day.
    """
    with transaction() as session:
        row = _held(bank, version)
        values = _values(given)
        same = sa.select(BankContact.id).where(BankContact.name_key == values["name_key"])
        if session.scalar(same.where(BankContact.id != row.id)) is not None:
            raise RuleBroken(NAME_TAKEN, field="name")
        changed = [name for name, new in values.items() if getattr(row, name) != new]
        for name in changed:
            setattr(row, name, values[name])
        _checked(row, actor)
        audit.record("bank_contact.changed", row, actor, fields=changed)


def check_bank(bank: BankContact, *, version: int, actor: Actor) -> None:
    """Say that what stands there was checked today and still holds."""
    with transaction():
        row = _held(bank, version)
        _checked(row, actor)
        audit.record("bank_contact.checked", row, actor)


def _checked(row: BankContact, actor: Actor) -> None:
    row.checked_on, row.checked_by = clock.today(), actor.name
    row.version += 1


def _held(bank: BankContact, version: int) -> BankContact:
    row = db.session.get(BankContact, bank.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale(STALE)
    return row


def _values(given: BankGiven) -> dict[str, object]:
    """The columns, once everything that was given holds together."""
    name = " ".join(given.name.split())
    if not name:
        raise RuleBroken("Enter the name of the firm.", field="name")
    if given.crm_to is not None and (given.crm_from is None or given.crm_to < given.crm_from):
        raise RuleBroken("It cannot have left the CRM Code before it signed.", field="crm_to")
    if given.crm_from is not None and not given.crm_known:
        raise RuleBroken("Say that it is known when the firm signed.", field="crm_known")
    return {
        "name": name,
        "name_key": key_of(name),
        "group_name": given.group_name.strip(),
        "brands": ", ".join(one.strip() for one in given.brands.split(",") if one.strip()),
        "telephone": given.telephone.strip(),
        "email": given.email.strip(),
        "address": given.address.strip(),
        "opening": given.opening.strip(),
        "crm_known": given.crm_known,
        "crm_from": given.crm_from,
        "crm_to": given.crm_to,
        "is_active": given.is_active,
    }

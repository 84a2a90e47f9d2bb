"""Declaring whom a member of staff must not meet here, and taking that back."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.accounts import withdrawing
from beacon.accounts.models import DeclaredContact, Staff
from beacon.accounts.terms import Relation
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, phone
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.names import name_key
from beacon.core.postcode import address_key, postcode_key
from beacon.core.sealed import blind_index


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What is said of one person: whatever is known of it."""

    relation: Relation
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""

    @property
    def can_be_compared(self) -> bool:
        """Whether there is anything by which a record of ours could be known."""
        by_home = bool(self.postcode) and bool(self.address or self.last_name)
        return bool(self.phone or self.email or by_home)

    @property
    def facts(self) -> dict[str, str]:
        """What was given, by its name."""
        names = ("first_name", "last_name", "phone", "email", "address", "postcode")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def declare(person: Staff, said: Declaration, *, actor: Actor) -> None:
    """Write down somebody whose record the person must never open.

    A row is found by one number or e-mail address, so a person with both makes two.
    """
    if said.address and not said.postcode:
        raise RuleBroken("Enter the postcode of the address.", field="postcode")
    if not said.can_be_compared:
        raise RuleBroken(
            "Enter a telephone number, an email address, an address, or a surname with a postcode.",
            field="phone",
        )
    points = [(kind, value) for kind, value in _points(said).items() if value]
    with transaction():
        _keep(person, said, points[0] if points else None, said.facts, actor)
        for kind, value in points[1:]:
            names = ("first_name", "last_name", kind)
            facts = {name: fact for name, fact in said.facts.items() if name in names}
            only = Declaration(relation=said.relation, last_name=said.last_name)
            _keep(person, only, (kind, value), facts, actor)


def declare_as_own(person: Staff, email: str, *, actor: Actor) -> None:
    """Keep an address that was the person's as theirs: it may be a victim's record of them."""
    said = Declaration(relation=Relation.SELF, email=email)
    stands = sa.select(DeclaredContact.id).where(
        DeclaredContact.staff_id == person.id,
        DeclaredContact.relation == Relation.SELF,
        DeclaredContact.point_index == blind_index("email", _points(said)["email"]),
        DeclaredContact.withdrawn_at.is_(None),
    )
    if db.session.scalar(stands.limit(1)) is None:
        declare(person, said, actor=actor)


def ask_to_withdraw(person: Staff, declared_id: int, *, actor: Actor) -> None:
    """Ask that a declaration stand no longer: it does until somebody else has agreed."""
    with transaction():
        row = _held(declared_id)
        if row.staff_id != person.id:
            raise NotFound
        if withdrawing.ask(row.id, staff_id=person.id):
            audit.record("accounts.withdrawal_asked", row, actor)


def withdraw(declared_id: int, *, actor: Actor) -> None:
    """Let a declaration stand no longer, as its author asked; that it once stood is kept."""
    with transaction():
        row = _held(declared_id)
        if row.staff_id == actor.id:
            raise RuleBroken("You declared this yourself. Somebody else must agree.")
        row.withdrawn_at = clock.now()
        audit.record("accounts.contact_withdrawn", row, actor, fields=("withdrawn_at",))


def _held(declared_id: int) -> DeclaredContact:
    """A declaration that stands, held until the transaction ends."""
    row = db.session.get(DeclaredContact, declared_id, with_for_update=True, populate_existing=True)
    if row is None or row.withdrawn_at is not None:
        raise NotFound
    return row


def _points(said: Declaration) -> dict[str, str]:
    """The number and the e-mail address as victims' contact points are compared."""
    return {
        "phone": phone.compared(said.phone) if said.phone else "",
        "email": said.email.strip().casefold(),
    }


def _keep(
    person: Staff,
    said: Declaration,
    point: tuple[str, str] | None,
    facts: dict[str, str],
    actor: Actor,
) -> None:
    whole = address_key(said.address, said.postcode)
    code = postcode_key(said.postcode)
    row = DeclaredContact(
        staff_id=person.id,
        relation=said.relation,
        point_index=blind_index(*point) if point else None,
        address_index=blind_index("address", whole) if whole else None,
        postcode_index=blind_index("postcode", code) if code else None,
        surname_key=name_key(said.last_name),
    )
    row.facts = json.dumps(facts)
    db.session().add(row)
    audit.record(
        "accounts.contact_declared",
        row,
        actor,
        operation=Operation.COLLECTION,
        fields=tuple(facts),
    )

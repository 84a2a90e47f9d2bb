"""Declared contacts and second copies of people, for the tests of who may see what."""

from __future__ import annotations

from typing import Any

from beacon.accounts.models import DeclaredContact, Staff
from beacon.accounts.terms import Relation
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import transaction
from beacon.core.names import name_key
from beacon.core.postcode import address_key, postcode_key
from beacon.core.sealed import blind_index
from beacon.people import rules


def declare(person: Staff, relation: Relation = Relation.FORMER_PARTNER, **known: str) -> Any:
    """Declare somebody by a phone, an email, an address with postcode, or a surname with one."""
    lines, postcode = known.get("address", ""), known.get("postcode", "")
    point = None
    if "mobile" in known:
        point = blind_index("phone", rules.telephone(known["mobile"]).normal)
    if "email" in known:
        point = blind_index("email", rules.mail(known["email"]).normal)
    declared = DeclaredContact(
        staff_id=person.id,
        relation=relation,
        point_index=point,
        address_index=blind_index("address", address_key(lines, postcode)) if lines else None,
        postcode_index=blind_index("postcode", postcode_key(postcode)) if postcode else None,
        surname_key=name_key(known.get("surname", "")),
        facts="{}",
    )
    with transaction() as session:
        session.add(declared)
    return declared


def withdraw(declared: DeclaredContact) -> None:
    """Take a declaration back."""
    with transaction():
        declared.withdrawn_at = clock.now()


def restricted(case: CaseFile) -> CaseFile:
    """The case, restricted."""
    with transaction():
        case.restricted = True
    return case

"""The telephone number of a member of staff: no defendant is ever texted there."""

from __future__ import annotations

from beacon.accounts.commands.rights import still_may
from beacon.accounts.models import Staff
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner


def keep_phone(person: Staff, number: str, *, actor: Actor) -> None:
    """Write down a member of staff's own number, by themselves or an administrator.

    An empty one takes it off. A number that they had before goes on guarding (domain.md RULE 5.3).
    """
    if actor.id != person.id:
        still_may(actor, AccountPermission.ADMINISTER)
    with transaction() as session:
        row = session.get(Staff, person.id, with_for_update={"of": Staff}, populate_existing=True)
        if row is None:
            raise NotFound
        if row.phone == number:
            return
        row.phone = number
        if number:
            numbers.hold(number, Owner.STAFF, row.id)
        audit.record("accounts.phone_changed", row, actor, fields=("phone",))

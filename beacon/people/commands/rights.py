"""Whether whoever gives an order about a person may still open their record (L-11).

Asked in the transaction of the order: meanwhile a case may be restricted, or a contact declared.
"""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.people.models import Victim
from beacon.people.terms import PeoplePermission

CHANGED = (
    "Somebody else changed this record, or linked it with another, while you had the page open. "
    "Look at what it says now, and at the records that are linked with it, and answer again."
)


def still_open_to(victim_id: int, actor: Actor, permission: PeoplePermission) -> Actor:
    """Whoever gives the order as they are now, refused where the record is closed to them."""
    now = still_may(actor, permission)
    seen = sa.select(Victim.id).where(Victim.id == victim_id, scope.condition(now, Victim))
    if db.session.scalar(seen) is None:
        raise NotFound
    return now

"""Whether whoever gives an order may still give it, asked in the transaction of the order (L-11).

A page is opened at one moment and sent at another: meanwhile a role may be gone, a case restricted,
or a contact declared.
"""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.cases.commands.keeping import held_open
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound


def held_for(
    case: CaseFile, actor: Actor, permission: StrEnum, *, version: int | None = None
) -> CaseFile:
    """An open case, held, as long as this person may still open it and do this to it."""
    row = held_open(case, version=version)
    still_open_to(row, actor, permission)
    return row


def still_open_to(row: CaseFile, actor: Actor, permission: StrEnum) -> None:
    """Refuse an order about a case that this person may no longer open, or may no longer give."""
    now = still_may(actor, permission)
    seen = sa.select(CaseFile.id).where(CaseFile.id == row.id, scope.condition(now, CaseFile))
    if db.session.scalar(seen) is None:
        raise NotFound

"""Whether whoever gives an order may still give it, asked in the transaction of the order (L-11).

A page is opened at one moment and sent at another: meanwhile a role may be gone, a case restricted,
or a contact declared.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.commands.keeping import held_open
from beacon.cases.models import CaseFile
from beacon.core import clock, roles, scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken

NO_LONGER = "You may no longer do this. Copy what you have typed, and ask your team leader."


def as_now(actor: Actor) -> Actor:
    """The same person with the roles and the team that they hold at this moment."""
    if actor.is_machine:
        return actor
    person = db.session().get(Staff, actor.id, populate_existing=True)
    if person is None or not person.may_sign_in(clock.today()):
        raise RuleBroken(NO_LONGER)
    return replace(actor, roles=person.roles, team_id=person.team_id, agency=person.agency)


def still_may(actor: Actor, permission: StrEnum) -> Actor:
    """The person as they are now, refused where the permission is gone."""
    now = as_now(actor)
    if not now.is_machine and not roles.may(now.roles, permission):
        raise RuleBroken(NO_LONGER)
    return now


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

"""Who gives an order, as they are at this moment: asked in the transaction of the order (L-11).

A page is opened at one moment and sent at another: meanwhile a role, a team or the account itself
may be gone.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from beacon.accounts.models import Staff
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken

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

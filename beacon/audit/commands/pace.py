"""How much one person may read in ten minutes, counted from the log itself (security.md Z-18)."""

from __future__ import annotations

import math

import sqlalchemy as sa

from beacon.audit import queries
from beacon.audit.commands.writing import NOT_WRITTEN, apart, append, lock
from beacon.audit.rules import LIMITS, WINDOW
from beacon.audit.terms import EXCEEDED, Outcome, Pace
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import TooMany, Unavailable

MINUTE = 60


def keep_pace(actor: Actor, pace: Pace) -> None:
    """Refuse to read on where the person has read as much in ten minutes as one person may.

    All processes count together, because they write one log. Refused: TooMany, written down once.
    """
    if actor.id is None or actor.is_machine:
        return
    limit, since = LIMITS[pace], clock.now() - WINDOW
    try:
        most = settings.count(limit.setting)
        read = queries.lately(actor.id, limit.actions, since)
    except sa.exc.SQLAlchemyError as fault:
        db.session.rollback()
        raise Unavailable(NOT_WRITTEN) from fault
    if read.count < most or read.first is None:
        return
    _write_down(actor, pace)
    wait = max(1, math.ceil((read.first + WINDOW - clock.now()).total_seconds()))
    raise TooMany(
        f"You have {limit.words}: {read.count} in ten minutes, which is as many as one person may. "
        f"Wait about {_minutes(wait)}, then go on. Your team leader is told.",
        seconds=wait,
    )


def _write_down(actor: Actor, pace: Pace) -> None:
    """Once in ten minutes, however often the person tries."""
    with apart() as session:
        lock(session)
        if not queries.was_exceeded(session, actor.id or 0, pace, clock.now() - WINDOW):
            append(session, EXCEEDED, ("pace", pace.value), actor, outcome=Outcome.REFUSED, ids={})


def _minutes(seconds: int) -> str:
    minutes = math.ceil(seconds / MINUTE)
    return f"{minutes} minute" + ("s" if minutes > 1 else "")

"""What every order about a duty needs: the duty as it is now, and a line of its history."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from beacon.core import clock, lots
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements.models import Duty, DutyEvent
from beacon.entitlements.terms import DutyEventKind

REASON_AT_MOST = 500


def keep_event(duty: Duty, what: DutyEventKind, actor: Actor) -> None:
    """Add what happened and how the duty stands now; in the transaction of the change."""
    db.session().flush()
    lots.keep(
        DutyEvent(
            duty_id=duty.id,
            what=what,
            state=duty.state,
            due_on=duty.due_on,
            enhanced=duty.enhanced,
            told_at=duty.told_at,
            by_id=actor.id,
        )
    )


def held(session: Session, duty: Duty) -> Duty:
    """The duty as it is now, held so that nobody else ends it before we do."""
    if lots.is_new(duty):
        return duty
    session.flush()
    row = session.get(Duty, duty.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def checked_reason(
    reason: str, *, field: str = "reason", missing: str = "Enter the reason."
) -> str:
    """Some words, neither empty nor too long."""
    words = reason.strip()
    if not words:
        raise RuleBroken(missing, field=field)
    if len(words) > REASON_AT_MOST:
        raise RuleBroken(f"The reason must be {REASON_AT_MOST} characters or fewer.", field=field)
    return words


def refuse_the_future(at: datetime) -> None:
    """Refuse a moment that is still to come."""
    if at > clock.now():
        raise RuleBroken("That has not happened yet. Check the date and time.", field="at")


def minute(moment: datetime) -> datetime:
    """A page gives whole minutes, so that is how closely moments are compared."""
    return moment.replace(second=0, microsecond=0)

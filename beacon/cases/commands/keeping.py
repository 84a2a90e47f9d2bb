"""What every order of casework does beside its own work: hold the case, write its history.

On PostgreSQL rows are held in one order, crime, cases, duty, and before the log is written, whose
chain is the last thing to wait for.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime, TimelineEntry
from beacon.cases.terms import TimelineEvent
from beacon.core import clock, lots
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.entitlements import queries as entitlements

# FOR NO KEY UPDATE: keeps out who would change the row, not who would hang something on it.
HOLD = {"key_share": True}
STALE = "Somebody else has changed this case since you opened the page. Look at it again."


def held(case: CaseFile, *, version: int | None = None) -> CaseFile:
    """The case as it is now, held until we commit; refused where the page was an older version."""
    session = db.session()
    session.flush()
    row = session.get(CaseFile, case.id, with_for_update=HOLD, populate_existing=True)
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise Stale(STALE)
    return row


def held_open(case: CaseFile, *, version: int | None = None) -> CaseFile:
    """The same, refused where the case is closed."""
    row = held(case, version=version)
    if not row.is_open:
        raise RuleBroken("This case is closed. Reopen it before you change it.")
    return row


def held_crime(crime: Crime) -> Crime:
    """The crime as it is now, held, so that its cases and milestones change one at a time."""
    if lots.is_new(crime):
        return crime
    session = db.session()
    session.flush()
    row = session.get(Crime, crime.id, with_for_update=HOLD, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def live_cases(crime: Crime) -> list[CaseFile]:
    """The cases of a crime that are not closed, held, always in the same order."""
    if lots.is_new(crime):
        return lots.hung_on(CaseFile, "crime_id", crime.id)
    return list(
        db.session.scalars(
            sa.select(CaseFile)
            .where(CaseFile.crime_id == crime.id, CaseFile.closed_at.is_(None))
            .order_by(CaseFile.id)
            .with_for_update(key_share=True)
        )
    )


def keep_history(
    case_id: int,
    event: TimelineEvent,
    actor: Actor,
    *,
    words: str = "",
    at: datetime | None = None,
) -> None:
    """Add a line to the history of a case, for people to read."""
    with transaction():
        entry = TimelineEntry(
            case_id=case_id,
            event=event,
            happened_at=at or clock.now(),
            by_name=actor.name,
            by_id=actor.id,
        )
        entry.words = words
        lots.keep(entry)


def keep_next_due(case: CaseFile) -> None:
    """Write on the case the first day by which its victim must be told something."""
    db.session().flush()
    case.next_due_on = entitlements.earliest_due(case.id)


def not_yet(at: datetime, field: str = "at") -> None:
    """Refuse a moment that has not come."""
    if at > clock.now():
        raise RuleBroken("That has not happened yet. Check the date and time.", field=field)

"""Add, change and end columns of the ministry's return. No ended period is ever changed by it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.reports.models import HEADING_AT_MOST, ReturnColumn
from beacon.reports.rules.countable import COUNTABLE
from beacon.reports.terms import ReportPermission

KEY_BYTES = 9
LAST_PLACE = 9_999
FARTHEST = timedelta(days=2 * 366)
DAY = timedelta(days=1)
STALE = "Somebody else has changed this column since you opened the page. Look at it again."
NOT_BACK = (
    "Choose today or a day to come: a return of days that have ended keeps the columns it had."
)


@dataclass(frozen=True, kw_only=True)
class ColumnGiven:
    """A version of a column: its heading, a key of COUNTABLE, its place, and its first day."""

    heading: str
    counted: str
    place: int
    from_on: date


def add_column(given: ColumnGiven, *, actor: Actor) -> ReturnColumn:
    """Put a column into the returns of periods that end on its first day or later.

    Raises:
        RuleBroken: the day has been, or there is such a heading, or nothing of that name counts.
    """
    with transaction() as session:
        still_may(actor, ReportPermission.SET_RETURN)
        row = _made(session, given, key=secrets.token_urlsafe(KEY_BYTES), actor=actor)
        audit.record("return_column.added", row, actor, column=row.key)
        return row


def change_column(column: ReturnColumn, given: ColumnGiven, *, actor: Actor) -> ReturnColumn:
    """End this version on the day before the new one begins; both stay.

    Raises:
        RuleBroken: as for a new column.
        Stale: somebody else has ended this version meanwhile.
    """
    with transaction() as session:
        still_may(actor, ReportPermission.SET_RETURN)
        old = _held(session, column)
        old.until_on = given.from_on - DAY
        row = _made(session, given, key=old.key, actor=actor)
        audit.record("return_column.changed", row, actor, column=row.key, before=old.id)
        return row


def end_column(column: ReturnColumn, until_on: date, *, actor: Actor) -> None:
    """Leave a column out of the returns of periods that end after its last day.

    Raises:
        RuleBroken: the day has been, or is years ahead.
        Stale: somebody else has ended this version meanwhile.
    """
    with transaction() as session:
        still_may(actor, ReportPermission.SET_RETURN)
        row = _held(session, column)
        _check_day(until_on, "until_on")
        row.until_on = until_on
        audit.record("return_column.ended", row, actor, column=row.key)


def _held(session: Session, column: ReturnColumn) -> ReturnColumn:
    row = session.get(ReturnColumn, column.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if row.until_on is not None:
        raise Stale(STALE)
    return row


def _made(session: Session, given: ColumnGiven, *, key: str, actor: Actor) -> ReturnColumn:
    heading = " ".join(given.heading.split())
    if not 0 < len(heading) <= HEADING_AT_MOST:
        raise RuleBroken(f"Enter a heading of {HEADING_AT_MOST} characters at most.", "heading")
    if given.counted not in COUNTABLE:
        raise RuleBroken("Choose what is counted.", "counted")
    if not 0 < given.place <= LAST_PLACE:
        raise RuleBroken(f"Enter a place from 1 to {LAST_PLACE:,}.", "place")
    _check_day(given.from_on, "from_on")
    same = sa.select(ReturnColumn.id).where(
        sa.func.lower(ReturnColumn.heading) == heading.lower(),
        ReturnColumn.key != key,
        sa.or_(ReturnColumn.until_on.is_(None), ReturnColumn.until_on >= given.from_on),
    )
    if session.scalar(same.limit(1)) is not None:
        raise RuleBroken("Another column has this heading already.", "heading")
    row = ReturnColumn(
        key=key,
        heading=heading,
        counted=given.counted,
        place=given.place,
        from_on=given.from_on,
        until_on=None,
        by_name=actor.name,
    )
    session.add(row)
    session.flush()
    return row


def _check_day(day: date, field: str) -> None:
    if day < clock.today():
        raise RuleBroken(NOT_BACK, field)
    if day > clock.today() + FARTHEST:
        raise RuleBroken("Choose a day within two years.", field)

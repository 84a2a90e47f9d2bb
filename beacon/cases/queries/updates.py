"""The update clock: who is to hear from us, by when, from the last time they did (RULE 1.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases import rules
from beacon.cases.models import CaseFile, CaseTask, ContactLog, UpdateWish
from beacon.cases.queries.caseload import NAME, name_of
from beacon.cases.terms import ContactOutcome, TaskKind, UpdateEvery
from beacon.core import clock, scope, together
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements.models import Duty
from beacon.people.models import Victim

AT_MOST = 200
REACHED = [outcome for outcome in ContactOutcome if outcome.reached_them]
WITH_CLOCK = [UpdateEvery.MONTH, *rules.INTERVALS]


@dataclass(frozen=True)
class UpdateClock:
    """From when it is counted, and by when they are to hear from us."""

    last_on: date | None  # None: they have not been reached yet
    due_on: date | None
    unknown_year: int | None = None  # whose bank holidays are not known


@dataclass(frozen=True, kw_only=True)
class UpdateRow:
    """One victim who is to hear from us."""

    case_id: int
    reference: str
    victim_name: str
    enhanced: bool
    wish: str
    due_on: date


def standing_wish(case_id: int) -> UpdateWish | None:
    """What a victim asked for last; for the work, not for a page."""
    query = sa.select(UpdateWish).where(
        UpdateWish.case_id == case_id, UpdateWish.replaced_at.is_(None)
    )
    return db.session.scalars(query).first()


def update_clock(wish: UpdateWish) -> UpdateClock:
    """The clock of one wish, from the contacts and from what was told."""
    return update_clock_from(
        wish, last_updates(sa.select(sa.literal(wish.case_id))).get(wish.case_id)
    )


@asking
def last_updates(cases: sa.Select[int]) -> Asking[dict[int, datetime]]:
    """When victims were last reached: spoken with, left a message or written to, or told a duty."""
    reached = (
        sa.select(ContactLog.case_id, sa.func.max(ContactLog.happened_at).label("at"))
        .where(ContactLog.case_id.in_(cases), ContactLog.outcome.in_(REACHED))
        .group_by(ContactLog.case_id)
    )
    told = (
        sa.select(Duty.case_id, sa.func.max(Duty.told_at).label("at"))
        .where(Duty.case_id.in_(cases), Duty.channel.is_not(None), Duty.told_at.is_not(None))
        .group_by(Duty.case_id)
    )
    last: dict[int, datetime] = {}
    found = yield from together.at_once(together.rows(reached), together.rows(told))
    for row in chain(*found):
        last[row.case_id] = max(row.at, last.get(row.case_id, row.at))
    return last


@asking
def updates_due(
    viewer: Viewer, by: date, *, manager_id: int | None = None, at_most: int = AT_MOST
) -> Asking[list[UpdateRow]]:
    """Who is to hear from us by a day, as they asked for it, the latest first."""
    query = (
        _standing()
        .add_columns(CaseFile.reference, CaseFile.enhanced, *NAME)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(_may_be_due(by), scope.condition(viewer, CaseFile))
        .order_by(UpdateWish.due_on, UpdateWish.id)
        .limit(at_most)
    )
    if manager_id is not None:
        query = query.where(CaseFile.manager_id == manager_id)
    found = yield from together.rows(query)
    ids = sa.select(UpdateWish.case_id).where(
        UpdateWish.id.in_([row.UpdateWish.id for row in found])
    )
    last = yield from last_updates.ask(ids)
    rows = [
        _row(row, update_clock_from(row.UpdateWish, last.get(row.UpdateWish.case_id)))
        for row in found
    ]
    due = [row for row in rows if row is not None and row.due_on <= by]
    return sorted(due, key=lambda row: (row.due_on, row.case_id))


def wishes_to_call_for(today: date) -> list[int]:
    """The wishes whose day has come and for which nobody was asked, and those kept meanwhile."""
    found = db.session.scalars(_standing().where(_may_be_due(today)).order_by(UpdateWish.id)).all()
    last = last_updates(_standing().with_only_columns(UpdateWish.case_id).where(_may_be_due(today)))
    asked = _asked()
    return [
        wish.id
        for wish in found
        for due_on in [update_clock_from(wish, last.get(wish.case_id)).due_on]
        if due_on != wish.due_on or (due_on is not None and (wish.case_id, due_on) not in asked)
    ]


def _asked() -> set[tuple[int, date]]:
    """For which days the update of a case was asked for already."""
    query = (
        sa.select(CaseTask.case_id, CaseTask.due_on)
        .join(UpdateWish, UpdateWish.case_id == CaseTask.case_id)
        .where(
            CaseTask.kind == TaskKind.UPDATE_DUE,
            UpdateWish.replaced_at.is_(None),
            CaseTask.due_on == UpdateWish.due_on,
        )
    )
    return {(row.case_id, row.due_on) for row in db.session.execute(query)}


def _standing() -> sa.Select[UpdateWish]:
    return (
        sa.select(UpdateWish)
        .join(CaseFile, CaseFile.id == UpdateWish.case_id)
        .where(
            UpdateWish.replaced_at.is_(None),
            UpdateWish.every.in_(WITH_CLOCK),
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
        )
    )


def _may_be_due(by: date) -> sa.ColumnElement[bool]:
    """What is kept on the row is no later than the true day, so it leaves nobody out."""
    return sa.or_(UpdateWish.due_on <= by, UpdateWish.due_on.is_(None))


def update_clock_from(wish: UpdateWish, last: datetime | None) -> UpdateClock:
    """The clock of a wish whose victim was last reached then; never, with None."""
    last_on = clock.london_day(last) if last else None
    began_on = last_on or wish.asked_on
    try:
        return UpdateClock(last_on, rules.next_update(wish.every, began_on))
    except CalendarEnds:
        day = rules.falls_on(wish.every, began_on)
        return UpdateClock(last_on, None, day.year if day else None)


def _row(row: sa.Row[Any], known: UpdateClock) -> UpdateRow | None:
    if known.due_on is None:
        return None
    return UpdateRow(
        case_id=row.UpdateWish.case_id,
        reference=row.reference,
        victim_name=name_of(row),
        enhanced=row.enhanced,
        wish=row.UpdateWish.sentence,
        due_on=known.due_on,
    )

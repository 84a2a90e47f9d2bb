"""One's own list with one's own columns, one's filters, and what one opened last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.queries import CaseRow, SafeState
from beacon.cases.queries.caseload import NAME, as_row, listed, name_of
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.mine.models import ListChoice, SavedFilter
from beacon.mine.terms import USUAL, Column
from beacon.people.models import Victim

ROWS_AT_MOST = 2_000
RECENT_AT_MOST = 10
LOOKED_THROUGH = 400  # rows of the log: one case may stand in many of them
OPENED = "case.shown"


@dataclass(frozen=True)
class RecentRow:
    """One case that this person opened lately."""

    case_id: int
    reference: str
    victim_name: str
    at: datetime


def choice_of(actor: Actor) -> ListChoice | None:
    """What this person chose for their list, if they ever did."""
    return db.session.scalars(scope.visible(actor, ListChoice)).first()


def columns_of(actor: Actor) -> tuple[Column, ...]:
    """The columns of this person's list, in their order."""
    choice = choice_of(actor)
    if choice is None:
        return USUAL
    known = {column.value: column for column in Column}
    return tuple(known[word] for word in choice.chosen.split(",") if word in known) or USUAL


def filters_of(actor: Actor) -> list[SavedFilter]:
    """This person's own filters, by their names."""
    rows = db.session.scalars(scope.visible(actor, SavedFilter))
    return sorted(rows, key=lambda one: (one.name.casefold(), one.id))


def get_filter(actor: Actor, filter_id: int) -> SavedFilter:
    """One filter of this person's own."""
    query = scope.visible(actor, SavedFilter).where(SavedFilter.id == filter_id)
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def own_cases(actor: Actor) -> list[CaseRow]:
    """The cases of this person that are not closed, the next to be told first."""
    query = (
        listed(actor)
        .where(CaseFile.manager_id == actor.id, CaseFile.closed_at.is_(None))
        .order_by(CaseFile.listed_on, CaseFile.id)
        .limit(ROWS_AT_MOST)
    )
    return [as_row(row) for row in db.session.execute(query)]


def cells(rows: Sequence[CaseRow], columns: Sequence[Column]) -> list[list[str]]:
    """The list as texts: never a number, an address or a word of safe contact."""
    ids = [row.id for row in rows]
    safe = cases.safe_states(ids) if Column.SAFE in columns else {}
    last = _last_contacts(ids) if Column.LAST_CONTACT in columns else {}
    return [
        [_cell(row, column, safe.get(row.id, SafeState()), last.get(row.id)) for column in columns]
        for row in rows
    ]


def recently_opened(actor: Actor) -> list[RecentRow]:
    """The last ten cases that this person opened and may still open, the latest first."""
    query = (
        sa.select(AuditEntry.object_id, AuditEntry.at)
        .where(
            AuditEntry.actor_kind == "staff",
            AuditEntry.actor_id == actor.id,
            AuditEntry.action == OPENED,
            AuditEntry.object_type == "case_file",
        )
        .order_by(AuditEntry.seq.desc())
        .limit(LOOKED_THROUGH)
    )
    opened: dict[int, datetime] = {}
    for row in db.session.execute(query):
        if row.object_id.isdecimal():
            opened.setdefault(int(row.object_id), datetime.fromisoformat(row.at))
    still = (
        sa.select(CaseFile.id, CaseFile.reference, *NAME)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CaseFile.id.in_(opened), scope.condition(actor, CaseFile))
    )
    rows = {row.id: row for row in db.session.execute(still)}
    return [
        RecentRow(case_id, rows[case_id].reference, name_of(rows[case_id]), at)
        for case_id, at in opened.items()
        if case_id in rows
    ][:RECENT_AT_MOST]


def _last_contacts(case_ids: Sequence[int]) -> dict[int, datetime]:
    query = (
        sa.select(ContactLog.case_id, sa.func.max(ContactLog.happened_at).label("at"))
        .where(ContactLog.case_id.in_(case_ids))
        .group_by(ContactLog.case_id)
    )
    return {row.case_id: row.at for row in db.session.execute(query)}


def _cell(row: CaseRow, column: Column, safe: SafeState, last: datetime | None) -> str:
    first = row.first_contact_at
    says = {
        Column.REFERENCE: row.reference,
        Column.NAME: row.victim_name,
        Column.CATEGORY: "Enhanced" if row.enhanced else "Standard",
        Column.STATUS: row.status.label,
        Column.OFFENCE: row.offence or row.kind.label,
        Column.DISTRICT: row.district,
        Column.CRIME: row.crime_reference,
        Column.TELL_BY: row.next_due_on.isoformat() if row.next_due_on else "",
        Column.OPENED: clock.london_day(row.opened_at).isoformat(),
        Column.FIRST_CONTACT: clock.london_day(first).isoformat() if first else "",
        Column.LAST_CONTACT: clock.london_day(last).isoformat() if last else "",
        Column.SAFE: safe.overall.label,
        Column.MANAGER: row.manager_name,
    }
    return says[column]

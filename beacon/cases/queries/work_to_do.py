"""What is to be done: figures for the desk, the duties and tasks behind them, and reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, CaseTask, DutyReminder
from beacon.cases.queries.caseload import NAME, name_of
from beacon.cases.terms import ReminderKind, TaskKind
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.working_days import next_working_day
from beacon.entitlements import queries as entitlements
from beacon.entitlements import rules
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.people.models import Victim

AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class DeskCounts:
    """The figures at the head of a desk."""

    late: int
    due_today: int
    due_soon: int
    first_contacts_due: int
    open_tasks: int
    unassigned: int
    enhanced_without_manager: int


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """One thing to tell one victim."""

    duty_id: int
    case_id: int
    reference: str
    victim_name: str
    manager_name: str
    enhanced: bool
    title: str
    order: str
    is_local_standard: bool
    due_on: date

    def is_late(self, on: date) -> bool:
        """Whether it should have been told by now."""
        return self.due_on < on


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """One thing to do about one case."""

    task_id: int
    case_id: int
    kind: TaskKind
    reference: str
    victim_name: str
    manager_name: str
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ReminderRow:
    """One reminder on a manager's desk."""

    kind: ReminderKind
    due: DueRow


def desk_counts(viewer: Viewer, *, manager_id: int | None = None) -> DeskCounts:
    """How much there is to do in one person's cases, or in all that the viewer may see.

    Cases that nobody answers for are counted over all that the viewer may see.
    """
    today, within = clock.today(), _live(viewer, manager_id)
    due = entitlements.due_counts(today, within=within)
    first = sa.select(sa.func.count()).where(
        Duty.rule == FIRST_CONTACT,
        Duty.state == DutyState.OPEN,
        Duty.due_on <= today,
        Duty.case_id.in_(within),
    )
    tasks = sa.select(sa.func.count()).where(
        CaseTask.done_at.is_(None), CaseTask.case_id.in_(within)
    )
    nobodys = sa.select(sa.func.count(), sa.func.count().filter(CaseFile.enhanced.is_(True))).where(
        CaseFile.closed_at.is_(None),
        CaseFile.manager_id.is_(None),
        scope.condition(viewer, CaseFile),
    )
    unassigned, enhanced = db.session.execute(nobodys).one()
    return DeskCounts(
        late=due.late,
        due_today=due.today,
        due_soon=due.soon,
        first_contacts_due=db.session.scalar(first) or 0,
        open_tasks=db.session.scalar(tasks) or 0,
        unassigned=unassigned,
        enhanced_without_manager=enhanced,
    )


def duties_due(
    viewer: Viewer, by: date, *, manager_id: int | None = None, at_most: int = AT_MOST
) -> list[DueRow]:
    """What victims must be told by a day, the latest first."""
    query = (
        _with_case(Duty.id.label("duty_id"), Duty)
        .join(Duty, Duty.case_id == CaseFile.id)
        .where(
            Duty.state == DutyState.OPEN,
            Duty.due_on <= by,
            Duty.case_id.in_(_live(viewer, manager_id)),
        )
        .order_by(Duty.due_on, Duty.id)
        .limit(at_most)
    )
    return [_due_row(row) for row in db.session.execute(query)]


def open_tasks(
    viewer: Viewer, *, manager_id: int | None = None, at_most: int = AT_MOST
) -> list[TaskRow]:
    """What is to be done about cases, the oldest first."""
    query = (
        _with_case(CaseTask)
        .join(CaseTask, CaseTask.case_id == CaseFile.id)
        .where(CaseTask.done_at.is_(None), CaseTask.case_id.in_(_live(viewer, manager_id)))
        .order_by(CaseTask.due_on, CaseTask.id)
        .limit(at_most)
    )
    return [
        TaskRow(
            task_id=row.CaseTask.id,
            case_id=row.case_id,
            kind=row.CaseTask.kind,
            reference=row.reference,
            victim_name=name_of(row),
            manager_name=row.manager_name or "",
            words=row.CaseTask.words,
            due_on=row.CaseTask.due_on,
        )
        for row in db.session.execute(query)
    ]


def reminders_for(viewer: Viewer) -> list[ReminderRow]:
    """What this manager was reminded of and has neither seen nor told, the first due first."""
    query = (
        _with_case(Duty, DutyReminder.kind.label("reminder"))
        .join(Duty, Duty.case_id == CaseFile.id)
        .join(DutyReminder, DutyReminder.duty_id == Duty.id)
        .where(
            Duty.state == DutyState.OPEN,
            DutyReminder.seen_at.is_(None),
            CaseFile.closed_at.is_(None),
            CaseFile.manager_id == viewer.id,
            scope.condition(viewer, CaseFile),
        )
        .order_by(Duty.due_on, Duty.id, DutyReminder.id.desc())
        .limit(AT_MOST)
    )
    newest: dict[int, ReminderRow] = {}
    for row in db.session.execute(query):
        newest.setdefault(row.Duty.id, ReminderRow(kind=row.reminder, due=_due_row(row)))
    return list(newest.values())


def reminders_to_give(today: date) -> list[tuple[int, ReminderKind]]:
    """The duties of which a manager is to be reminded today and has not been: duty and which.

    The working day before; then until the day itself, so that one missed on a Friday is caught up.
    """
    due_today = _unreminded(ReminderKind.ON_THE_DAY, Duty.due_on == today)
    soon = sa.and_(Duty.due_on > today, Duty.due_on <= next_working_day(today))
    due_next = [
        (duty_id, kind)
        for duty_id, due_on, kind in _unreminded(ReminderKind.DAY_BEFORE, soon)
        if rules.reminder_days(due_on)[0] <= today
    ]
    return [(duty_id, kind) for duty_id, _, kind in due_today] + due_next


def _unreminded(
    kind: ReminderKind, when: sa.ColumnElement[bool]
) -> list[tuple[int, date, ReminderKind]]:
    reminded = sa.exists().where(DutyReminder.duty_id == Duty.id, DutyReminder.kind == kind)
    query = (
        sa.select(Duty.id, Duty.due_on)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .where(
            Duty.state == DutyState.OPEN,
            when,
            CaseFile.closed_at.is_(None),
            CaseFile.manager_id.is_not(None),
            ~reminded,
        )
        .order_by(Duty.due_on, Duty.id)
    )
    return [(row.id, row.due_on, kind) for row in db.session.execute(query)]


def _live(viewer: Viewer, manager_id: int | None) -> sa.Select[int]:
    query = sa.select(CaseFile.id).where(
        CaseFile.closed_at.is_(None), scope.condition(viewer, CaseFile)
    )
    return query if manager_id is None else query.where(CaseFile.manager_id == manager_id)


def _with_case(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *columns,
            CaseFile.id.label("case_id"),
            CaseFile.reference,
            CaseFile.enhanced,
            *NAME,
            Staff.name.label("manager_name"),
        )
        .select_from(CaseFile)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
    )


def _due_row(row: Any) -> DueRow:
    duty: Duty = row.Duty
    rule = entitlements.rule_of(duty)
    return DueRow(
        duty_id=duty.id,
        case_id=row.case_id,
        reference=row.reference,
        victim_name=name_of(row),
        manager_name=row.manager_name or "",
        enhanced=row.enhanced,
        title=rule.title,
        order=rule.order,
        is_local_standard=duty.is_local_standard,
        due_on=duty.due_on or date.max,
    )

"""What is to be done: figures for the desk, and the duties and tasks behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.queries.caseload import NAME, first_contact_due, name_of
from beacon.cases.terms import TaskKind
from beacon.core import clock, scope, together
from beacon.core.db import Base
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements import queries as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.people.models import Victim

AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class DeskCounts:
    """The figures at the head of a desk."""

    late: int
    late_cases: int  # the rows of the list of cases that is narrowed to what is late
    due_today: int
    due_soon: int
    first_contacts_due: int  # cases, as the list narrowed to them shows
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


@asking
def desk_counts(viewer: Viewer, *, manager_id: int | None = None) -> Asking[DeskCounts]:
    """How much there is to do in one person's cases, or in all that the viewer may see.

    Cases that nobody answers for are counted over all that the viewer may see.
    """
    today, within = clock.today(), _live(viewer, manager_id)
    its = sa.select(sa.func.count()).where(CaseFile.id.in_(within))
    listed = sa.select(
        its.where(first_contact_due(today)).scalar_subquery(),
        its.where(CaseFile.listed_on < today).scalar_subquery(),
    )
    tasks = sa.select(sa.func.count()).where(
        CaseTask.done_at.is_(None), CaseTask.case_id.in_(within)
    )
    nobodys = sa.select(sa.func.count(), sa.func.count().filter(CaseFile.enhanced.is_(True))).where(
        CaseFile.closed_at.is_(None),
        CaseFile.manager_id.is_(None),
        scope.condition(viewer, CaseFile),
    )
    (
        due,
        (first, late),
        (open_tasks,),
        (unassigned, enhanced),
    ) = yield from together.at_once(
        entitlements.due_counts.ask(today, within=within),
        together.one(listed),
        together.one(tasks),
        together.one(nobodys),
    )
    return DeskCounts(
        late=due.late,
        late_cases=late,
        due_today=due.today,
        due_soon=due.soon,
        first_contacts_due=first,
        open_tasks=open_tasks,
        unassigned=unassigned,
        enhanced_without_manager=enhanced,
    )


@asking
def duties_due(
    viewer: Viewer, by: date, *, manager_id: int | None = None, at_most: int = AT_MOST
) -> Asking[list[DueRow]]:
    """What victims must be told by a day, the latest first."""
    query = (
        in_live_cases(Duty, viewer, manager_id)
        .where(Duty.state == DutyState.OPEN, Duty.due_on <= by)
        .order_by(Duty.due_on, Duty.id)
        .limit(at_most)
    )
    rows = yield from together.rows(query)
    return [due_row(row) for row in rows]


@asking
def open_tasks(
    viewer: Viewer,
    *,
    manager_id: int | None = None,
    kinds: Collection[TaskKind] = (),
    at_most: int = AT_MOST,
) -> Asking[list[TaskRow]]:
    """What is to be done about cases, of these kinds or of any, the oldest first."""
    query = (
        in_live_cases(CaseTask, viewer, manager_id)
        .where(CaseTask.done_at.is_(None))
        .order_by(CaseTask.due_on, CaseTask.id)
        .limit(at_most)
    )
    if kinds:
        query = query.where(CaseTask.kind.in_(kinds))
    rows = yield from together.rows(query)
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
        for row in rows
    ]


def _live(viewer: Viewer, manager_id: int | None) -> sa.Select[int]:
    query = sa.select(CaseFile.id).where(
        CaseFile.closed_at.is_(None), scope.condition(viewer, CaseFile)
    )
    return query if manager_id is None else query.where(CaseFile.manager_id == manager_id)


def in_live_cases(
    model: type[Base], viewer: Viewer, manager_id: int | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """Rows beside their cases: of one person's live cases, or of all that the viewer may see."""
    case_id: sa.ColumnElement[int] = model.case_id  # type: ignore[attr-defined]
    query = with_case(model).join(model, case_id == CaseFile.id)
    return query.where(case_id.in_(_live(viewer, manager_id)))


def with_case(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    """Columns, beside what every line on a desk says of its case."""
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


def due_row(row: Any) -> DueRow:
    """A line of what a victim must be told, from a duty beside its case."""
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

"""The board of a team: who carries how much, who is away, and which victims wait for somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # a column of any type orders the board

import sqlalchemy as sa

from beacon.caseloads.queries.covering import CoverLine, covers
from beacon.caseloads.queries.people import Manager, led_by, managers, who_manages
from beacon.caseloads.rules import Weighed, Weight, first_day_in, is_away
from beacon.caseloads.rules.weighing import COURT, ENHANCED
from beacon.cases.models import CaseFile
from beacon.cases.queries import CaseRow
from beacon.cases.queries.caseload import as_row, listed
from beacon.core import clock
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState

HOUR = 3600
WAITING_AT_MOST = 25


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One manager as the board shows them."""

    staff_id: int
    name: str
    team: str
    points: int
    capacity: int
    cases: int
    enhanced: int
    court: int
    late: int
    away_today: bool
    back_on: date | None
    takes_new: bool
    covered_by: str = ""
    is_led: bool = True  # whether the viewer leads them

    @property
    def percent(self) -> int:
        """How full they are; a hundred where they carry anything of nothing."""
        return 100 * self.points // self.capacity if self.capacity else 100 * bool(self.points)

    @property
    def is_over(self) -> bool:
        """Whether they carry more than they should."""
        return self.points > self.capacity

    @property
    def is_uncovered(self) -> bool:
        """Whether they are away and nobody answers for their cases."""
        return self.away_today and bool(self.cases) and not self.covered_by


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One enhanced victim without a case manager, and for how long."""

    row: CaseRow
    hours: int


Order = Callable[[BoardRow], tuple[Any, ...]]
ORDERS: dict[str, Order] = {
    "name": lambda row: (row.name.casefold(), row.staff_id),
    "points": lambda row: (row.points, row.name.casefold()),
    "full": lambda row: (row.percent, row.name.casefold()),
    "cases": lambda row: (row.cases, row.name.casefold()),
    "enhanced": lambda row: (row.enhanced, row.name.casefold()),
    "court": lambda row: (row.court, row.name.casefold()),
    "late": lambda row: (row.late, row.name.casefold()),
}


def board(viewer: Viewer, *, every_team: bool, sort: str, descending: bool) -> list[BoardRow]:
    """The managers of a team, or of all, in the same number of statements however many."""
    led = {one.id for one in led_by(viewer)}
    people = who_manages() if every_team else [one for one in who_manages() if one.id in led]
    known = managers(people)
    late, today = _late([one.id for one in people]), clock.today()
    held = {one.absent_id: one for one in covers(absent=[p.id for p in people]) if one.holds(today)}
    rows = [
        _row(one, late.get(one.staff.id, 0), held.get(one.staff.id), today, led) for one in known
    ]
    return sorted(rows, key=ORDERS.get(sort, ORDERS["name"]), reverse=descending)


def nobodys_enhanced(viewer: Viewer) -> Sequence[Waiting]:
    """Enhanced victims whom nobody answers for, whoever has waited longest first (RULE 1.4)."""
    query = (
        listed(viewer)
        .where(
            CaseFile.manager_id.is_(None),
            CaseFile.closed_at.is_(None),
            CaseFile.enhanced.is_(True),
        )
        .order_by(CaseFile.opened_at, CaseFile.id)
        .limit(WAITING_AT_MOST)
    )
    now = clock.now()
    rows = [as_row(row) for row in db.session.execute(query)]
    return [
        Waiting(row=row, hours=max(0, int((now - row.opened_at).total_seconds()) // HOUR))
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class WeighedRow:
    """One open case of a manager as a list shows it, with what it weighs and why."""

    row: CaseRow
    weight: Weight


def weighed_rows(viewer: Viewer, staff_id: int, weighed: Sequence[Weighed]) -> list[WeighedRow]:
    """The cases of one manager that the viewer may open, the heaviest first."""
    weights = {one.case_id: one.weight for one in weighed}
    query = listed(viewer).where(CaseFile.manager_id == staff_id, CaseFile.closed_at.is_(None))
    rows = [as_row(row) for row in db.session.execute(query.order_by(CaseFile.id))]
    found = [WeighedRow(row=row, weight=weights[row.id]) for row in rows if row.id in weights]
    return sorted(found, key=lambda one: (-one.weight.points, one.row.id))


def _late(staff_ids: list[int]) -> dict[int, int]:
    """How many duties are overdue in each manager's open cases."""
    rows = db.session.execute(
        sa.select(CaseFile.manager_id, sa.func.count().label("late"))
        .join(Duty, Duty.case_id == CaseFile.id)
        .where(
            CaseFile.manager_id.in_(staff_ids),
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
            Duty.state == DutyState.OPEN,
            Duty.due_on < clock.today(),
        )
        .group_by(CaseFile.manager_id)
    )
    return {row.manager_id: row.late for row in rows}


def _row(one: Manager, late: int, cover: CoverLine | None, today: date, led: set[int]) -> BoardRow:
    away = is_away(one.absences, today)
    return BoardRow(
        staff_id=one.staff.id,
        name=one.staff.name,
        team=one.staff.team.name if one.staff.team else "",
        points=one.points,
        capacity=one.pattern.capacity,
        cases=len(one.cases),
        enhanced=sum(case.has(ENHANCED) for case in one.cases),
        court=sum(case.has(COURT) for case in one.cases),
        late=late,
        away_today=away,
        back_on=first_day_in(one.pattern.days, one.absences, today) if away else None,
        takes_new=one.pattern.takes_new,
        covered_by=cover.cover if cover else "",
        is_led=one.staff.id in led,
    )

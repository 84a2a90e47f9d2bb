"""Who is on duty on a day, and the safeguarding tasks that come to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # the columns of a select

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff, StaffRole, Team
from beacon.cases.models import CaseFile, CaseTask, OnDuty
from beacon.cases.queries.caseload import NAME, name_of
from beacon.cases.terms import GRANTS, CasePermission, TaskKind
from beacon.core import clock, scope, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people import queries as people
from beacon.people.access import without_conflict
from beacon.people.models import Victim

MAY_BE = GRANTS[CasePermission.WORK]


@dataclass(frozen=True)
class DutyDay:
    """One day and who is on duty; nobody means every team leader."""

    day: date
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SafeguardingRow:
    """One match of a defendant's number within a case, for whoever is on duty.

    The victim is named to those who may open the case; the others are told whom to ask.
    """

    task_id: int
    case_id: int
    reference: str
    victim_name: str
    manager_name: str
    team_name: str
    words: str
    due_on: date

    @property
    def may_open(self) -> bool:
        """Whether the case is open to whoever reads this."""
        return bool(self.victim_name)


def duty_days(first: date, days: int) -> list[DutyDay]:
    """Who is on duty on each of these days."""
    last = first + timedelta(days=days - 1)
    names: dict[date, list[str]] = {}
    for row in db.session.execute(
        sa.select(OnDuty.day, Staff.name)
        .join(Staff, Staff.id == OnDuty.staff_id)
        .where(OnDuty.day.between(first, last))
        .order_by(OnDuty.day, Staff.name, Staff.id)
    ):
        names.setdefault(row.day, []).append(row.name)
    every = (first + timedelta(days=number) for number in range(days))
    return [DutyDay(day, tuple(names.get(day, ()))) for day in every]


def on_duty(day: date) -> list[int]:
    """The staff numbers of those who are set for a day, whoever they are."""
    asked = sa.select(OnDuty.staff_id).where(OnDuty.day == day).order_by(OnDuty.staff_id)
    return list(db.session.scalars(asked))


def may_be_on_duty() -> list[Staff]:
    """Those who work cases, by name."""
    return accounts.holding(*MAY_BE)


@asking
def safeguarding_for(viewer: Viewer) -> Asking[list[SafeguardingRow]]:
    """The safeguarding tasks of this person's duty: of today, and of the day each was raised.

    On a day without anybody on duty, and where all who are must not meet the victim, the task is
    every team leader's. It never comes to whoever must not meet the victim themselves.
    """
    if viewer.id is None or MAY_BE.isdisjoint(viewer.roles):
        return []
    rows = yield from together.rows(_open_tasks(viewer))
    if not rows:
        return []
    seen = sa.select(CaseFile.id).where(
        CaseFile.id.in_([row.case_id for row in rows]), scope.condition(viewer, CaseFile)
    )
    rota, may_open = yield from together.at_once(
        _rota({row.CaseTask.due_on for row in rows} | {clock.today()}), together.scalars(seen)
    )
    closed = yield from _closed_to({one.id: one for some in rota.values() for one in some}, rows)
    return [
        _row(row, may_open=row.case_id in may_open)
        for row in rows
        if any(
            _comes_to(viewer, [one.id for one in rota.get(day, [])], closed, row.victim_id)
            for day in (row.CaseTask.due_on, clock.today())
        )
    ]


def _open_tasks(viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            CaseTask,
            CaseFile.id.label("case_id"),
            CaseFile.reference,
            CaseFile.victim_id,
            *NAME,
            Staff.name.label("manager_name"),
            Team.name.label("team_name"),
        )
        .join(CaseFile, CaseFile.id == CaseTask.case_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .where(
            CaseTask.kind == TaskKind.SAFEGUARDING_NUMBER,
            CaseTask.done_at.is_(None),
            CaseFile.erased_at.is_(None),
            without_conflict(viewer, CaseFile.victim_id),
        )
        .order_by(CaseTask.due_on, CaseTask.id)
    )


def _rota(days: Collection[date]) -> Asking[dict[date, list[Staff]]]:
    """Who is on duty on each of these days and may still sign in and work cases."""
    rota: dict[date, list[Staff]] = {}
    set_for = sa.select(OnDuty.staff_id).where(OnDuty.day.in_(days))
    rows, held = yield from together.at_once(
        together.rows(
            sa.select(OnDuty.day, Staff)
            .join(Staff, Staff.id == OnDuty.staff_id)
            .where(OnDuty.day.in_(days))
            .order_by(OnDuty.day, Staff.id)
        ),
        together.scalars(
            sa.select(StaffRole).where(StaffRole.staff_id.in_(set_for)).order_by(StaffRole.role)
        ),
    )
    together.gather([row.Staff for row in rows], "role_rows", held, by="staff_id")
    for day, person in rows:
        if person.may_sign_in(clock.today()) and not MAY_BE.isdisjoint(person.roles):
            rota.setdefault(day, []).append(person)
    return rota


def _closed_to(
    people_on_duty: dict[int, Staff], rows: Collection[Any]
) -> Asking[dict[int, set[int]]]:
    """The victims of these tasks whom each of those on duty must not meet."""
    victims = {row.victim_id for row in rows}
    found = yield from together.at_once(
        *(people.known_as_kin.ask(_as_viewer(one), victims) for one in people_on_duty.values())
    )
    return dict(zip(people_on_duty, found, strict=True))


def _as_viewer(person: Staff) -> Actor:
    return Actor(
        kind="staff",
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        agency=person.agency,
        roles=person.roles,
    )


def _comes_to(
    viewer: Viewer, named: list[int], closed: dict[int, set[int]], victim_id: int
) -> bool:
    able = [staff_id for staff_id in named if victim_id not in closed[staff_id]]
    return viewer.id in able if able else Role.TEAM_LEADER in viewer.roles


def _row(row: Any, *, may_open: bool) -> SafeguardingRow:
    return SafeguardingRow(
        task_id=row.CaseTask.id,
        case_id=row.case_id,
        reference=row.reference,
        victim_name=name_of(row) if may_open else "",
        manager_name=row.manager_name or "",
        team_name=row.team_name or "",
        words=row.CaseTask.words,
        due_on=row.CaseTask.due_on,
    )

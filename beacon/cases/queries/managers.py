"""Who may take a case, and how much they have."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff, Team
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CasePermission, CrimeKind
from beacon.core import clock, roles, scope, together
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking

FOR_ANY_CRIME = (Role.CASE_MANAGER, Role.TEAM_LEADER)


@dataclass(frozen=True, kw_only=True)
class Load:
    """One person, and the cases they answer for."""

    staff_id: int
    name: str
    team: str
    open_cases: int = 0
    enhanced: int = 0
    late: int = 0
    last_day: date | None = None


@asking
def team_loads(viewer: Viewer) -> Asking[list[Load]]:
    """The managers of the viewer's team, with what each has."""
    if viewer.team_id is None:
        return []
    team = accounts.who_hold(*FOR_ANY_CRIME, team_id=viewer.team_id)
    today = clock.today()
    people, counted = yield from together.at_once(
        together.rows(team.add_columns(Team).outerjoin(Team, Team.id == Staff.team_id)),
        _counted(team.with_only_columns(Staff.id).order_by(None), today),
    )
    return _as_loads([row[0] for row in people if row[0].may_sign_in(today)], counted)


def loads_to_hand_over(viewer: Viewer) -> list[Load]:
    """Whoever answers for open cases that the viewer may see, by name, with how many those are."""
    rows = db.session.execute(
        sa.select(
            Staff.id,
            Staff.name,
            Staff.ends_on,
            Team.name.label("team"),
            sa.func.count().label("open_cases"),
            sa.func.count().filter(CaseFile.enhanced.is_(True)).label("enhanced"),
            sa.func.count().filter(CaseFile.listed_on < clock.today()).label("late"),
        )
        .join(Staff, Staff.id == CaseFile.manager_id)
        .outerjoin(Team, Team.id == Staff.team_id)
        .where(CaseFile.closed_at.is_(None), scope.condition(viewer, CaseFile))
        .group_by(Staff.id, Staff.name, Staff.ends_on, Team.name)
        .order_by(Staff.name, Staff.id)
    )
    return [
        Load(
            staff_id=row.id,
            name=row.name,
            team=row.team or "",
            open_cases=row.open_cases,
            enhanced=row.enhanced,
            late=row.late,
            last_day=row.ends_on,
        )
        for row in rows
    ]


def teams_without_leader() -> list[str]:
    """The teams with open cases and nobody to be told of what stays late in them, by name."""
    led = {person.team_id for person in accounts.holding(Role.TEAM_LEADER)}
    query = (
        sa.select(Team.id, Team.name)
        .where(sa.exists().where(CaseFile.team_id == Team.id, CaseFile.closed_at.is_(None)))
        .order_by(Team.name)
    )
    return [row.name for row in db.session.execute(query) if row.id not in led]


def open_case_count(staff_id: int, *, beyond: Collection[Role] | None = None) -> int:
    """How many open cases a person answers for; or those of them that these roles may not do."""
    query = (
        sa.select(sa.func.count())
        .select_from(CaseFile)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(CaseFile.manager_id == staff_id, CaseFile.closed_at.is_(None))
    )
    if beyond is not None:
        query = query.where(_not_done_by(beyond))
    return int(db.session.scalar(query) or 0)


def _not_done_by(held: Collection[Role]) -> sa.ColumnElement[bool]:
    """The cases that nobody with these roles alone may manage, as giving them out has it."""
    if not roles.may(held, CasePermission.WORK):
        return sa.true()
    never: list[sa.ColumnElement[bool]] = [sa.false()]
    if not roles.may(held, CasePermission.ENHANCED):
        never.append(CaseFile.enhanced.is_(True))
    if set(FOR_ANY_CRIME).isdisjoint(held):
        never.append(Crime.kind != CrimeKind.FRAUD)
    return sa.or_(*never)


def _as_loads(people: list[Staff], counts: dict[int, _Counts]) -> list[Load]:
    return [
        Load(
            staff_id=person.id,
            name=person.name,
            team=person.team.name if person.team else "",
            last_day=person.ends_on,
            **counts.get(person.id, _NONE),
        )
        for person in people
    ]


class _Counts(TypedDict):
    open_cases: int
    enhanced: int
    late: int


_NONE: _Counts = {"open_cases": 0, "enhanced": 0, "late": 0}


def _counted(staff: sa.Select[int], today: date) -> Asking[dict[int, _Counts]]:
    rows = yield from together.rows(
        sa.select(
            CaseFile.manager_id,
            sa.func.count().label("open_cases"),
            sa.func.count().filter(CaseFile.enhanced.is_(True)).label("enhanced"),
            sa.func.count().filter(CaseFile.listed_on < today).label("late"),
        )
        .where(CaseFile.manager_id.in_(staff), CaseFile.closed_at.is_(None))
        .group_by(CaseFile.manager_id)
    )
    return {
        row.manager_id: {
            "open_cases": row.open_cases,
            "enhanced": row.enhanced,
            "late": row.late,
        }
        for row in rows
    }


@asking
def names_of(staff_ids: Iterable[int | None]) -> Asking[dict[int, str]]:
    """The names of members of staff, for lines that keep only who it was."""
    wanted = {one for one in staff_ids if one is not None}
    if not wanted:
        return {}
    rows = yield from together.rows(sa.select(Staff.id, Staff.name).where(Staff.id.in_(wanted)))
    return {row.id: row.name for row in rows}

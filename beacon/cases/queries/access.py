"""Who may open a case and why, who may be named on it, and what the glass may be broken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff, Team
from beacon.cases.models import BreakGlass, CaseFile, CaseName
from beacon.cases.queries.opened import normal_reference
from beacon.cases.terms import GRANTS, CasePermission, CrimeKind
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.people import queries as people
from beacon.people.access import victims_in_conflict, without_conflict


@dataclass(frozen=True, kw_only=True)
class LetIn:
    """One person, or one group of people, who may open a case, and why."""

    who: str
    why: str
    name_id: int | None = None  # where they are named, and may be taken off again
    until: datetime | None = None


def may_decide(case: CaseFile, actor: Actor) -> bool:
    """Whether this person says who may open the case: its manager, or the leader of its team."""
    # A case without a team is every leader's, until it is given away.
    leads = Role.TEAM_LEADER in actor.roles and case.team_id in {None, actor.team_id}
    return actor.is_machine or leads or (actor.id is not None and actor.id == case.manager_id)


def who_may_open(case: CaseFile) -> list[LetIn]:
    """Who may open the case, and why, those in conflict with its victim left out."""
    never = people.staff_in_conflict(case.victim_id)
    found = [LetIn(who=one.name, why="Case manager") for one in _manager(case, never)]
    found += [LetIn(who=one.name, why="Leads the team") for one in _leaders(case, never)]
    found += _by_restriction(case, never) if case.restricted else _by_role(case)
    return found + _by_glass(case, never)


def people_to_name(case: CaseFile) -> list[tuple[int, str]]:
    """Who works with cases, may not yet open this one, and has no part in it."""
    workers = accounts.holding(*sorted(GRANTS[CasePermission.READ]))
    never = people.staff_in_conflict(case.victim_id)
    already = {case.manager_id, *(one.staff_id for one, _ in _names(case))}
    already |= {one.id for one in _leaders(case, set())}
    return [(one.id, one.name) for one in workers if one.id not in never | already]


def get_name(viewer: Viewer, case: CaseFile, name_id: int) -> CaseName:
    """One name on a case."""
    query = scope.visible(viewer, CaseName).where(
        CaseName.id == name_id, CaseName.case_id == case.id, CaseName.removed_at.is_(None)
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def case_behind_glass(viewer: Viewer, typed: str) -> CaseFile | None:
    """The case for which this person may break the glass: neither erased nor of their own kin."""
    query = sa.select(CaseFile).where(
        CaseFile.reference == (normal_reference(typed) or ""),
        CaseFile.erased_at.is_(None),
        without_conflict(viewer, CaseFile.victim_id),
    )
    return db.session.scalars(query).first()


def glasses_today(staff_id: int) -> int:
    """How often this person has broken the glass today."""
    today = clock.today()
    query = sa.select(sa.func.count()).where(
        BreakGlass.staff_id == staff_id,
        BreakGlass.created_at >= clock.start_of_day(today),
        BreakGlass.created_at < clock.end_of_day(today),
    )
    return db.session.scalar(query) or 0


def cases_in_conflict(
    viewer: Viewer, *, reference: str = "", victim_id: int | None = None
) -> list[int]:
    """The cases of that reference or victim that are closed to this person by a conflict."""
    sought = (
        CaseFile.victim_id == victim_id
        if victim_id is not None
        else CaseFile.reference == normal_reference(reference)
    )
    query = sa.select(CaseFile.id).where(
        sought,
        CaseFile.erased_at.is_(None),
        CaseFile.victim_id.in_(victims_in_conflict(viewer)),
    )
    return list(db.session.scalars(query.order_by(CaseFile.id)))


def _manager(case: CaseFile, never: set[int]) -> list[Staff]:
    return [case.manager] if case.manager and case.manager_id not in never else []


def _leaders(case: CaseFile, never: set[int]) -> list[Staff]:
    """Of its team; of every team while nobody has it."""
    if case.team_id is None and case.manager_id is not None and case.restricted:
        return []
    leaders = accounts.holding(Role.TEAM_LEADER, team_id=case.team_id)
    return [one for one in leaders if one.id not in never and one.id != case.manager_id]


def _names(case: CaseFile) -> Sequence[tuple[CaseName, str]]:
    rows = db.session.execute(
        sa.select(CaseName, Staff.name)
        .join(Staff, Staff.id == CaseName.staff_id)
        .where(CaseName.case_id == case.id, CaseName.removed_at.is_(None))
        .order_by(Staff.name, CaseName.id)
    )
    return [(row.CaseName, row.name) for row in rows]


def _by_restriction(case: CaseFile, never: set[int]) -> list[LetIn]:
    return [
        LetIn(who=name, why="Named on this case", name_id=one.id)
        for one, name in _names(case)
        if one.staff_id not in never
    ]


def _by_role(case: CaseFile) -> list[LetIn]:
    team = db.session.scalar(sa.select(Team.name).where(Team.id == case.team_id))
    found = []
    if team:
        found.append(LetIn(who=f"Case managers of the {team} team", why="It is their team's case"))
    found.append(LetIn(who="Intake officers", why="They take in every case"))
    if case.crime.kind is CrimeKind.FRAUD:
        found.append(LetIn(who="Fraud officers", why="They work on every fraud"))
    return found


def _by_glass(case: CaseFile, never: set[int]) -> list[LetIn]:
    rows = db.session.execute(
        sa.select(Staff.id, Staff.name, BreakGlass.until)
        .join(Staff, Staff.id == BreakGlass.staff_id)
        .where(
            BreakGlass.case_id == case.id,
            BreakGlass.until > clock.now(),
            BreakGlass.ended_at.is_(None),
        )
        .order_by(BreakGlass.id)
    )
    return [
        LetIn(who=row.name, why="Broke the glass, to read only", until=row.until)
        for row in rows
        if row.id not in never
    ]

"""Promises by month and team, and those that were not kept, as far as the viewer may see cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff, Team
from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.plans.models import Promise
from beacon.plans.rules import Given, Kept, by_month_and_team
from beacon.plans.terms import PromiseState

NO_TEAM = "No team"
LISTED_AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class BrokenRow:
    """One promise that was not kept by its day."""

    promise_id: int
    case_id: int
    reference: str
    victim_name: str
    owner_name: str
    team: str
    words: str
    due_on: date
    state: PromiseState
    ended_on: date | None
    reason: str


@dataclass(frozen=True)
class PromiseReport:
    """The promises of some days: counted, and those that were not kept by name."""

    first: date
    last: date
    rows: Sequence[Kept]
    broken: Sequence[BrokenRow]
    broken_in_all: int


def promise_report(viewer: Viewer, first: date, last: date) -> PromiseReport:
    """The promises whose day lies between these two, of the cases that the viewer may see."""
    today = clock.today()
    rows = by_month_and_team(_given(viewer, first, last), today)
    return PromiseReport(
        first=first,
        last=last,
        rows=rows,
        broken=_broken(viewer, first, last, today),
        broken_in_all=sum(row.not_kept for row in rows),
    )


def _between(first: date, last: date) -> sa.ColumnElement[bool]:
    return Promise.due_on.between(first, last)


def _given(viewer: Viewer, first: date, last: date) -> list[Given]:
    query = (
        sa.select(Team.name, Promise.due_on, Promise.state, Promise.ended_on)
        .join(CaseFile, CaseFile.id == Promise.case_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .where(_between(first, last), scope.condition(viewer, CaseFile))
        .order_by(Promise.id)
    )
    return [
        Given(name or NO_TEAM, due_on, state, ended_on)
        for name, due_on, state, ended_on in db.session.execute(query)
    ]


def _broken(viewer: Viewer, first: date, last: date, today: date) -> list[BrokenRow]:
    owner = aliased(Staff)
    unsaid = sa.and_(Promise.state == PromiseState.OPEN, Promise.due_on < today)
    late = sa.and_(Promise.state == PromiseState.KEPT, Promise.ended_on > Promise.due_on)
    query = (
        with_case(Promise, owner.name.label("owner_name"), Team.name.label("team_name"))
        .join(Promise, Promise.case_id == CaseFile.id)
        .outerjoin(owner, owner.id == Promise.owner_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .where(
            _between(first, last),
            sa.or_(Promise.state == PromiseState.BROKEN, unsaid, late),
            scope.condition(viewer, CaseFile),
        )
        .order_by(Promise.due_on.desc(), Promise.id.desc())
        .limit(LISTED_AT_MOST)
    )
    return [
        BrokenRow(
            promise_id=row.Promise.id,
            case_id=row.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            owner_name=row.owner_name or row.manager_name or "",
            team=row.team_name or NO_TEAM,
            words=row.Promise.words,
            due_on=row.Promise.due_on,
            state=row.Promise.state,
            ended_on=row.Promise.ended_on,
            reason=row.Promise.reason,
        )
        for row in db.session.execute(query)
    ]

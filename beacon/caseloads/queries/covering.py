"""Who covers for whom, and what the one who covers has to do for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.caseloads.access import MAY_COVER
from beacon.caseloads.models import Cover
from beacon.caseloads.queries.people import get_led
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.queries import DueRow, SafeState, TaskRow
from beacon.core import clock, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking

AHEAD = timedelta(days=7)
LINES_AT_MOST = 30


@dataclass(frozen=True, kw_only=True)
class CoverLine:
    """One cover: who is away, who answers for their cases, and on which days."""

    id: int
    absent_id: int
    absent: str
    cover_id: int
    cover: str
    starts_on: date
    ends_on: date

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= on <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What somebody has to do in the cases of a colleague whom they cover."""

    line: CoverLine
    due: Sequence[DueRow]
    tasks: Sequence[TaskRow]
    safe: Mapping[int, SafeState]  # how safely each victim may be reached, by the case

    @property
    def case_ids(self) -> list[int]:
        """Whose names are on it, for the log."""
        return [*(row.case_id for row in self.due), *(row.case_id for row in self.tasks)]


@asking
def covers(*, absent: Collection[int] = (), cover_id: int | None = None) -> Asking[list[CoverLine]]:
    """The covers that are not over: of these absent people, or by this colleague."""
    away, person = aliased(Staff), aliased(Staff)
    query = (
        sa.select(Cover, away.name.label("absent"), person.name.label("cover"))
        .join(away, away.id == Cover.absent_id)
        .join(person, person.id == Cover.cover_id)
        .where(Cover.ended_at.is_(None), Cover.ends_on >= clock.today())
        .order_by(Cover.starts_on, Cover.id)
    )
    if cover_id is not None:
        query = query.where(Cover.cover_id == cover_id)
    else:
        query = query.where(Cover.absent_id.in_(absent))
    rows = yield from together.rows(query)
    return [
        CoverLine(
            id=row.Cover.id,
            absent_id=row.Cover.absent_id,
            absent=row.absent,
            cover_id=row.Cover.cover_id,
            cover=row.cover,
            starts_on=row.Cover.starts_on,
            ends_on=row.Cover.ends_on,
        )
        for row in rows
    ]


@asking
def covered_for(viewer: Actor) -> Asking[list[Covered]]:
    """What is due in the cases that this person covers today, one part for each colleague."""
    today = clock.today()
    lines = yield from covers.ask(cover_id=viewer.id)
    found = yield from together.at_once(
        *(_covered(viewer, one, today) for one in lines if one.holds(today))
    )
    return found


def _covered(viewer: Actor, line: CoverLine, today: date) -> Asking[Covered]:
    away = line.absent_id
    due, tasks = yield from together.at_once(
        cases.duties_due.ask(viewer, today + AHEAD, manager_id=away, at_most=LINES_AT_MOST),
        cases.open_tasks.ask(viewer, manager_id=away, at_most=LINES_AT_MOST),
    )
    ids = [*(row.case_id for row in due), *(row.case_id for row in tasks)]
    states = yield from cases.safe_states.ask(ids)
    safe = dict.fromkeys(ids, SafeState()) | states
    return Covered(line=line, due=due, tasks=tasks, safe=safe)


@asking
def cover_of(case: CaseFile) -> Asking[CoverLine | None]:
    """Who answers for a case today in its manager's place."""
    if case.manager_id is None or case.closed_at is not None or case.restricted:
        return None
    today = clock.today()
    lines = yield from covers.ask(absent=[case.manager_id])
    return next((one for one in lines if one.holds(today)), None)


def not_covered(staff_id: int) -> int:
    """How many open cases of a manager no cover reaches, because they are restricted."""
    return int(
        db.session.scalar(
            sa.select(sa.func.count()).where(
                CaseFile.manager_id == staff_id,
                CaseFile.closed_at.is_(None),
                CaseFile.restricted.is_(True),
            )
        )
        or 0
    )


def who_may_cover() -> list[Staff]:
    """Everybody who works here and may cover for a colleague, by name."""
    return accounts.holding(*sorted(MAY_COVER))


def get_cover(viewer: Viewer, cover_id: int) -> Cover:
    """A cover of somebody whom this leader leads."""
    cover = db.session.get(Cover, cover_id)
    if cover is None:
        raise NotFound
    get_led(viewer, cover.absent_id)
    return cover

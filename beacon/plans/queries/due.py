"""What is to be done by whom: promises, actions and sessions in the order of their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, NeedsAssessment
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import clock, scope, settings, together
from beacon.core.db import Base
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.plans.models import Action, Plan, PlanSession, Promise
from beacon.plans.rules import WEEK, review_due_on
from beacon.plans.terms import ActionState, PlanState, PromiseState, SessionState

AT_MOST = 30
Owner = aliased(Staff)


@dataclass(frozen=True, kw_only=True)
class DoRow:
    """One thing that somebody has to do by a day."""

    kind: str  # as a tag says it
    case_id: int
    reference: str
    victim_name: str
    owner_name: str
    words: str
    due_on: date
    endpoint: str  # the page on which it is answered
    args: dict[str, Any]
    done: str = ""  # the order that says with one press that it is done
    press: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """One case whose needs are to be assessed again."""

    case_id: int
    reference: str
    victim_name: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class WaitingPlan:
    """One plan that waits for its supervisor."""

    case_id: int
    reference: str
    victim_name: str
    by_name: str
    since: date


@asking
def to_do(viewer: Viewer, by: date, *, at_most: int = AT_MOST) -> Asking[list[DoRow]]:
    """What this person promised, has to do in plans and meets whom for, the latest first."""
    mine = _mine(viewer)
    found = yield from together.at_once(
        _rows(Promise, viewer, Promise.due_on <= by, mine, at_most=at_most),
        _rows(Action, viewer, Action.due_on <= by, mine, at_most=at_most),
        _rows(PlanSession, viewer, PlanSession.held_on <= by, _managed(viewer), at_most=at_most),
    )
    rows = [row for some in found for row in some]
    return sorted(rows, key=lambda row: (row.due_on, row.kind, row.case_id))[:at_most]


@asking
def promises_of_team(viewer: Viewer, *, at_most: int = AT_MOST) -> Asking[list[DoRow]]:
    """The promises of a leader's team that are due today or whose day is past, and nobody's own."""
    team = sa.true() if viewer.team_id is None else CaseFile.team_id == viewer.team_id
    due = Promise.due_on <= clock.today()
    return _rows(Promise, viewer, due, team, sa.not_(_mine(viewer)), at_most=at_most)


@asking
def reviews_due(viewer: Viewer, by: date, *, at_most: int = AT_MOST) -> Asking[list[ReviewRow]]:
    """Whose needs this person is to assess again by a day (RULE 2.1), the latest first."""
    weeks = settings.count("needs.review_weeks")
    before = clock.start_of_day(by - weeks * WEEK + WEEK / 7)
    last = (
        sa.select(NeedsAssessment.case_id, sa.func.max(NeedsAssessment.assessed_at).label("at"))
        .join(CaseFile, CaseFile.id == NeedsAssessment.case_id)
        .where(CaseFile.manager_id == viewer.id, CaseFile.closed_at.is_(None))
        .group_by(NeedsAssessment.case_id)
        .having(sa.func.max(NeedsAssessment.assessed_at) < before)
        .subquery()
    )
    query = (
        with_case(last.c.at)
        .join(last, last.c.case_id == CaseFile.id)
        .where(scope.condition(viewer, CaseFile))
        .order_by(last.c.at, CaseFile.id)
        .limit(at_most)
    )
    rows = yield from together.rows(query)
    return [
        ReviewRow(
            case_id=row.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            due_on=review_due_on(clock.london_day(row.at), weeks),
        )
        for row in rows
    ]


@asking
def plans_waiting(viewer: Viewer, *, at_most: int = AT_MOST) -> Asking[list[WaitingPlan]]:
    """The plans that this supervisor may look at, and did not send themselves, the oldest first."""
    author = aliased(Staff)
    query = (
        with_case(Plan.submitted_at, author.name.label("by_name"))
        .join(Plan, Plan.case_id == CaseFile.id)
        .outerjoin(author, author.id == Plan.submitted_by_id)
        .where(
            Plan.state == PlanState.SUBMITTED,
            Plan.submitted_by_id.is_distinct_from(viewer.id),
            CaseFile.closed_at.is_(None),
            scope.condition(viewer, CaseFile),
        )
        .order_by(Plan.submitted_at, Plan.id)
        .limit(at_most)
    )
    rows = yield from together.rows(query)
    return [
        WaitingPlan(
            case_id=row.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            by_name=row.by_name or "",
            since=clock.london_day(row.submitted_at),
        )
        for row in rows
    ]


def _gone() -> sa.ColumnElement[bool]:
    """Whether who was named no longer works here: then it is the case manager's."""
    has_left = sa.and_(Owner.ends_on.is_not(None), Owner.ends_on < clock.today())
    return sa.or_(Owner.id.is_(None), Owner.disabled_at.is_not(None), has_left)


def _managed(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.and_(CaseFile.manager_id.is_not(None), CaseFile.manager_id == viewer.id)


def _mine(viewer: Viewer) -> sa.ColumnElement[bool]:
    """What is this person's by name, or by being the case manager where nobody is named."""
    named = sa.and_(Owner.id.is_not(None), Owner.id == viewer.id)
    return sa.or_(sa.and_(named, sa.not_(_gone())), sa.and_(_gone(), _managed(viewer)))


_OPEN: dict[type[Base], sa.ColumnElement[bool]] = {
    Promise: Promise.state == PromiseState.OPEN,
    Action: Action.state == ActionState.OPEN,
    PlanSession: PlanSession.state == SessionState.PLANNED,
}


def _rows(
    model: type[Base], viewer: Viewer, *where: sa.ColumnElement[bool], at_most: int
) -> Asking[list[DoRow]]:
    table: Any = model
    owner_id = sa.null() if model is PlanSession else table.owner_id
    day = table.held_on if model is PlanSession else table.due_on
    query = (
        with_case(table, Owner.name.label("owner_name"))
        .join(table, table.case_id == CaseFile.id)
        .outerjoin(Owner, Owner.id == owner_id)
        .where(
            _OPEN[model], CaseFile.closed_at.is_(None), scope.condition(viewer, CaseFile), *where
        )
        .order_by(day, table.id)
        .limit(at_most)
    )
    rows = yield from together.rows(query)
    return [_row(row[0], row) for row in rows]


def _row(one: Any, row: Any) -> DoRow:
    known = {
        "case_id": row.case_id,
        "reference": row.reference,
        "victim_name": name_of(row),
        "owner_name": row.owner_name or row.manager_name or "",
    }
    if isinstance(one, Promise):
        args = {"reference": row.reference, "promise_id": one.id}
        return DoRow(
            kind="Promise",
            words=one.words,
            due_on=one.due_on,
            endpoint="plans.change_promise",
            args=args,
            done="plans.keep_promise",
            press="Kept",
            **known,
        )
    if isinstance(one, Action):
        args = {"reference": row.reference, "action_id": one.id}
        return DoRow(
            kind="Plan",
            words=one.words,
            due_on=one.due_on,
            endpoint="plans.change_action",
            args=args,
            done="plans.finish_action",
            press="Done",
            **known,
        )
    return DoRow(
        kind="Session",
        words=one.kind.label,
        due_on=one.held_on,
        endpoint="plans.change_session",
        args={"reference": row.reference, "meeting_id": one.id},
        **known,
    )


def case_ids(*lists: Sequence[Any]) -> list[int]:
    """The cases of all these lines, for the log."""
    return [row.case_id for rows in lists for row in rows]

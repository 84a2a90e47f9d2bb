"""A plan as its page shows it, and as the page of its case does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar  # a list may be ordered by a column of any type

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import GRANTS, CasePermission, CrimeKind
from beacon.core import scope, together
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people import queries as people
from beacon.plans.models import (
    Action,
    Closing,
    Goal,
    HardeningItem,
    Plan,
    PlanChange,
    PlanSession,
    Promise,
    SafetyPlan,
)
from beacon.plans.queries.closing import closings_of
from beacon.plans.rules import Held, held, is_broken
from beacon.plans.terms import ActionState, PromiseState

HISTORY_AT_MOST = 100
M = TypeVar("M", bound=Base)


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """All that the page of one plan shows."""

    plan: Plan | None
    goals: Sequence[Goal]
    sessions: Sequence[PlanSession]
    promises: Sequence[Promise]
    safety: SafetyPlan | None
    items: Sequence[HardeningItem]
    closings: Sequence[Closing]
    changes: Sequence[PlanChange]
    names: Mapping[int, str]

    @property
    def held(self) -> Held:
        """What became of the sessions."""
        return held((one.state, one.minutes) for one in self.sessions)

    @property
    def goals_by_id(self) -> dict[int, Goal]:
        """The goals by their numbers, for what names one."""
        return {one.id: one for one in self.goals}


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """What the page of a case says of its plan."""

    goals: int
    actions: Sequence[Action]  # open, the first due in front
    promises: Sequence[Promise]  # open, the first due in front
    has_safety_plan: bool
    names: Mapping[int, str]


def plan_page(viewer: Viewer, case: CaseFile) -> PlanPage:
    """The plan of a case with everything in it, in the same number of statements however much."""
    plan = db.session.scalars(_of(viewer, case, Plan)).first()
    goals = _all(_of(viewer, case, Goal).options(selectinload(Goal.actions)), Goal.id)
    promises = _all(_of(viewer, case, Promise), Promise.due_on.desc(), Promise.id.desc())
    owners = [*(one.owner_id for goal in goals for one in goal.actions)]
    owners += [one.owner_id for one in promises]
    decided = [plan.decided_by_id, plan.submitted_by_id] if plan else []
    changes = _of(viewer, case, PlanChange).limit(HISTORY_AT_MOST)
    return PlanPage(
        plan=plan,
        goals=goals,
        sessions=_all(
            _of(viewer, case, PlanSession), PlanSession.held_on.desc(), PlanSession.id.desc()
        ),
        promises=promises,
        safety=db.session.scalars(_of(viewer, case, SafetyPlan)).first(),
        items=_all(_of(viewer, case, HardeningItem), HardeningItem.id),
        closings=closings_of(viewer, case),
        changes=_all(changes, PlanChange.id.desc()),
        names=cases.names_of([*owners, *decided]),
    )


@asking
def plan_part(viewer: Viewer, case: CaseFile) -> Asking[PlanPart]:
    """What of a plan is still to be done, for the page of its case."""
    open_actions = _of(viewer, case, Action).where(Action.state == ActionState.OPEN)
    open_promises = _of(viewer, case, Promise).where(Promise.state == PromiseState.OPEN)
    goals = sa.select(sa.func.count()).select_from(_of(viewer, case, Goal).subquery())
    safety = _of(viewer, case, SafetyPlan).with_only_columns(SafetyPlan.id)
    counted = sa.select(goals.scalar_subquery(), safety.exists())
    actions, promises, (how_many, has_safety_plan) = yield from together.at_once(
        together.scalars(open_actions.order_by(Action.due_on, Action.id)),
        together.scalars(open_promises.order_by(Promise.due_on, Promise.id)),
        together.one(counted),
    )
    names = yield from cases.names_of.ask(
        [*(one.owner_id for one in actions), *(one.owner_id for one in promises)]
    )
    return PlanPart(
        goals=how_many,
        actions=actions,
        promises=promises,
        has_safety_plan=has_safety_plan,
        names=names,
    )


def safety_plan_of(viewer: Viewer, case: CaseFile) -> SafetyPlan | None:
    """The safety plan of a case, if one is written."""
    return db.session.scalars(_of(viewer, case, SafetyPlan)).first()


def plan_of(viewer: Viewer, case: CaseFile) -> Plan | None:
    """Where the plan of a case stands with its supervisor, if there is one."""
    return db.session.scalars(_of(viewer, case, Plan)).first()


def goals_of(viewer: Viewer, case: CaseFile) -> list[Goal]:
    """The goals of a case, in the order in which they were set."""
    return _all(_of(viewer, case, Goal), Goal.id)


def owners_for(case: CaseFile) -> list[tuple[int, str]]:
    """Who may be given something to do in this case, by name: of its team, and none of its kin."""
    able = GRANTS[CasePermission.WORK]
    is_fraud = case.crime.kind is CrimeKind.FRAUD
    roles = sorted(able if is_fraud else able - {Role.FRAUD_OFFICER})
    never = people.staff_in_conflict(case.victim_id)
    found = accounts.holding(*roles, team_id=None if is_fraud else case.team_id)
    return [(one.id, one.name) for one in found if one.id not in never and _serves(one, case)]


def _serves(one: Staff, case: CaseFile) -> bool:
    """Whether they work fraud, or in the team of the case."""
    return one.team_id == case.team_id or Role.FRAUD_OFFICER in one.roles


def promise_is_broken(promise: Promise, on: date) -> bool:
    """Whether this promise was not kept by its day."""
    return is_broken(promise.state, promise.due_on, promise.ended_on, on)


def _of(viewer: Viewer, case: CaseFile, model: type[M]) -> sa.Select[M]:
    held_by_case: sa.ColumnElement[int] = model.case_id  # type: ignore[attr-defined]
    return scope.visible(viewer, model).where(held_by_case == case.id)


def _all(query: sa.Select[M], *order: Any) -> list[M]:
    return list(db.session.scalars(query.order_by(*order)))

"""Who may see a plan and all that belongs to it: as the case, and nobody else."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.plans.models import (
    Action,
    Closing,
    ClosingAnswer,
    ClosingGoal,
    Goal,
    HardeningItem,
    Plan,
    PlanChange,
    PlanSession,
    Promise,
    SafetyPlan,
)


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


def _closing_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(Closing.id).where(Closing.case_id.in_(_case_ids(viewer)))


scope.register(Action, lambda viewer: Action.case_id.in_(_case_ids(viewer)))
scope.register(Closing, lambda viewer: Closing.case_id.in_(_case_ids(viewer)))
scope.register(ClosingAnswer, lambda viewer: ClosingAnswer.closing_id.in_(_closing_ids(viewer)))
scope.register(ClosingGoal, lambda viewer: ClosingGoal.closing_id.in_(_closing_ids(viewer)))
scope.register(Goal, lambda viewer: Goal.case_id.in_(_case_ids(viewer)))
scope.register(HardeningItem, lambda viewer: HardeningItem.case_id.in_(_case_ids(viewer)))
scope.register(Plan, lambda viewer: Plan.case_id.in_(_case_ids(viewer)))
scope.register(PlanChange, lambda viewer: PlanChange.case_id.in_(_case_ids(viewer)))
scope.register(PlanSession, lambda viewer: PlanSession.case_id.in_(_case_ids(viewer)))
scope.register(Promise, lambda viewer: Promise.case_id.in_(_case_ids(viewer)))
scope.register(SafetyPlan, lambda viewer: SafetyPlan.case_id.in_(_case_ids(viewer)))

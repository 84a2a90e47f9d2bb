"""How a case ended before, and what of its plan is open while it is closed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from beacon.cases.ends import End
from beacon.cases.models import CaseFile, NeedsAssessment
from beacon.cases.terms import Stage
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.plans.models import Action, Closing, HardeningItem, PlanSession, Promise, SafetyPlan
from beacon.plans.terms import ActionState, PromiseState, SessionState


def closing_assessment(case_id: int) -> NeedsAssessment | None:
    """The assessment made for this closing: of the stage, and later than any earlier closing."""
    last = db.session.scalar(
        sa.select(sa.func.max(Closing.closed_at)).where(Closing.case_id == case_id)
    )
    query = sa.select(NeedsAssessment).where(
        NeedsAssessment.case_id == case_id, NeedsAssessment.stage == Stage.CLOSE
    )
    if last is not None:
        query = query.where(NeedsAssessment.created_at > last)
    return db.session.scalars(query.order_by(NeedsAssessment.id.desc()).limit(1)).first()


def closings_of(viewer: Viewer, case: CaseFile) -> list[Closing]:
    """Every time the case was closed, the newest first, with what was said each time."""
    query = scope.visible(viewer, Closing).where(Closing.case_id == case.id)
    query = query.options(selectinload(Closing.answers), selectinload(Closing.goals))
    return list(db.session.scalars(query.order_by(Closing.id.desc())))


def ends_of(case: CaseFile) -> list[End]:
    """What is open in a plan: promises, actions and sessions first; and what worries us still."""
    return [*_promises(case), *_actions(case), *_sessions(case), *_safety(case), *_items(case)]


def _promises(case: CaseFile) -> list[End]:
    query = sa.select(Promise).filter_by(case_id=case.id, state=PromiseState.OPEN)
    return [
        End(
            words=f"Promised: {one.words}",
            endpoint="plans.change_promise",
            args={"reference": case.reference, "promise_id": one.id},
            do="Say what became of it",
            due_on=one.due_on,
        )
        for one in db.session.scalars(query.order_by(Promise.id))
    ]


def _actions(case: CaseFile) -> list[End]:
    query = sa.select(Action).filter_by(case_id=case.id, state=ActionState.OPEN)
    return [
        End(
            words=f"In the plan: {one.words}",
            endpoint="plans.change_action",
            args={"reference": case.reference, "action_id": one.id},
            do="Say what became of it",
            due_on=one.due_on,
        )
        for one in db.session.scalars(query.order_by(Action.id))
    ]


def _sessions(case: CaseFile) -> list[End]:
    query = sa.select(PlanSession).filter_by(case_id=case.id, state=SessionState.PLANNED)
    return [
        End(
            words=f"A session is planned: {one.kind.label.lower()}",
            endpoint="plans.change_session",
            args={"reference": case.reference, "meeting_id": one.id},
            do="Say what became of it",
            due_on=one.held_on,
        )
        for one in db.session.scalars(query.order_by(PlanSession.id))
    ]


def _safety(case: CaseFile) -> list[End]:
    plan = db.session.scalar(sa.select(SafetyPlan).where(SafetyPlan.case_id == case.id))
    if plan is None or not plan.concerns:
        return []
    return [
        End(
            words="The safety plan names something that still worries us",
            endpoint="plans.safety",
            args={"reference": case.reference},
            do="Look at the safety plan",
            waits=False,
        )
    ]


def _items(case: CaseFile) -> list[End]:
    query = sa.select(HardeningItem).where(
        HardeningItem.case_id == case.id,
        HardeningItem.fitted_on.is_(None),
        HardeningItem.dropped_on.is_(None),
    )
    return [
        End(
            words=f"Asked for and not fitted: {one.kind.label.lower()}",
            endpoint="plans.change_item",
            args={"reference": case.reference, "item_id": one.id},
            do="Say what became of it",
            waits=False,
        )
        for one in db.session.scalars(query.order_by(HardeningItem.id))
    ]

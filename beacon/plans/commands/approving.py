"""A supervisor's word on a plan, where an administrator asks for one; never its author's own."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.plans.commands.keeping import STALE, held_case, needed, note, tell
from beacon.plans.models import Action, Goal, Plan
from beacon.plans.terms import Part, PlanPermission, PlanState


def submit_plan(case: CaseFile, *, actor: Actor) -> None:
    """Send the plan to a supervisor; a second time changes nothing."""
    with transaction():
        row = held_case(case, actor)
        plan = _plan_of(row)
        if plan is None or not _has_goals(row.id):
            raise RuleBroken("There is no goal yet. Set one before you send the plan.")
        if plan.state in {PlanState.SUBMITTED, PlanState.APPROVED}:
            return
        _move(plan, PlanState.SUBMITTED, "", actor)
        plan.submitted_at, plan.submitted_by_id = clock.now(), actor.id
        plan.decided_at = plan.decided_by_id = None
        audit.record("plan.submitted", plan, actor, case_id=row.id)
        tell(row.id, "sent it for approval", actor)


def decide_plan(case: CaseFile, *, approved: bool, words: str, version: int, actor: Actor) -> None:
    """Approve the plan, or send it back with words. Whoever wrote any of it does not decide."""
    with transaction():
        row = held_for(case, actor, PlanPermission.APPROVE)
        plan = _plan_of(row)
        if plan is None or plan.state is not PlanState.SUBMITTED:
            raise RuleBroken("This plan does not wait for approval.")
        if plan.version != version:
            raise Stale(STALE)
        if actor.id == plan.submitted_by_id or actor.id in _authors(row.id):
            raise RuleBroken("You wrote some of this plan. Somebody else must approve it.")
        if not approved:
            needed(words, "Enter what is to be changed.", "words")
        _move(plan, PlanState.APPROVED if approved else PlanState.SENT_BACK, words, actor)
        plan.decided_at, plan.decided_by_id, plan.words = clock.now(), actor.id, words.strip()
        audit.record("plan.decided", plan, actor, case_id=row.id, approved=approved)
        tell(
            row.id,
            "approved it" if approved else f"sent it back: {words.strip().rstrip('.')}",
            actor,
        )


def _move(plan: Plan, state: PlanState, reason: str, actor: Actor) -> None:
    note(plan.case_id, Part.PLAN, plan.id, "state", plan.state, state, reason, actor)
    plan.version += 1
    if state in {PlanState.APPROVED, PlanState.SENT_BACK}:
        plan.decided_at = clock.now()
    plan.state = state


def _plan_of(case: CaseFile) -> Plan | None:
    query = sa.select(Plan).where(Plan.case_id == case.id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def _has_goals(case_id: int) -> bool:
    return db.session.scalar(sa.select(Goal.id).where(Goal.case_id == case_id).limit(1)) is not None


def _authors(case_id: int) -> set[int | None]:
    goals = sa.select(Goal.by_id).where(Goal.case_id == case_id)
    actions = sa.select(Action.by_id).where(Action.case_id == case_id)
    return set(db.session.scalars(sa.union(goals, actions)))

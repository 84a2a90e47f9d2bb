"""One thing that is recorded in two places, as a milestone and step by step, is owed once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.cases.models import CrimeMilestone
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.entitlements import commands as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState

OWN_DATES = "It is recorded with its own steps."
OF_FACT, OF_MILESTONE = "fact:", "milestone:"


def counted_by_milestone(session: Session, case_id: int, rule: str, on: date) -> Sequence[Duty]:
    """What is still owed by this rule because of a milestone of that day."""
    owed = Duty.state.in_([DutyState.OPEN, DutyState.PAUSED])
    return session.scalars(_of_day(case_id, rule, on, OF_MILESTONE).where(owed)).all()


def owe_by_milestone_again(
    session: Session, case_id: int, rule: str, on: date, actor: Actor
) -> None:
    """Count by the milestone of that day again, where the steps that took its place are gone."""
    aside = session.scalars(
        _of_day(case_id, rule, on, OF_MILESTONE).where(Duty.state == DutyState.NOT_APPLICABLE)
    ).all()
    for duty in aside:
        milestone = session.get(CrimeMilestone, int(duty.about.removeprefix(OF_MILESTONE)))
        if duty.reason == OWN_DATES and milestone and milestone.withdrawn_at is None:
            entitlements.owe_again(duty, actor=actor)


def is_counted_by_fact(session: Session, case_id: int, rule: str, on: date) -> bool:
    """Whether a duty of this rule stands that was set going by a step of that day."""
    stands = Duty.state != DutyState.NOT_APPLICABLE
    found = session.scalars(_of_day(case_id, rule, on, OF_FACT).where(stands).limit(1))
    return found.first() is not None


def _of_day(case_id: int, rule: str, on: date, about: str) -> sa.Select[Duty]:
    return (
        sa.select(Duty)
        .where(
            Duty.case_id == case_id,
            Duty.rule == rule,
            Duty.about.startswith(about, autoescape=True),
            Duty.event_at >= clock.start_of_day(on),
            Duty.event_at < clock.start_of_day(on + timedelta(days=1)),
        )
        .order_by(Duty.id)
    )

"""Reminding a manager of what their victims must be told."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases.models import CaseFile, DutyReminder
from beacon.cases.terms import ReminderKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.entitlements.models import Duty


def remind_manager(duty_id: int, *, kind: ReminderKind, actor: Actor) -> bool:
    """Remind the manager of one duty, once: false where there is nothing left to remind of."""
    with transaction() as session:
        duty = session.get(Duty, duty_id, with_for_update=True, populate_existing=True)
        if duty is None or not duty.is_open or duty.due_on is None:
            return False
        case = session.get_one(CaseFile, duty.case_id)
        if case.manager_id is None or not case.is_open:
            return False
        is_new = insert_once(
            session,
            DutyReminder.__table__,  # type: ignore[arg-type]
            duty_id=duty.id,
            kind=kind,
            due_on=duty.due_on,
            staff_id=case.manager_id,
        )
        if is_new:
            audit.record("duty.reminded", duty, actor, case_id=case.id, kind=kind.value)
        return is_new


def mark_reminders_seen(duty: Duty, *, actor: Actor) -> None:
    """Take the reminders of one duty off the desk of the manager who has seen them."""
    with transaction() as session:
        unseen = session.scalars(
            sa.select(DutyReminder)
            .where(
                DutyReminder.duty_id == duty.id,
                DutyReminder.staff_id == actor.id,
                DutyReminder.seen_at.is_(None),
            )
            .order_by(DutyReminder.id)
            .with_for_update()
        ).all()
        for reminder in unseen:
            reminder.seen_at = clock.now()
        if unseen:
            audit.record("duty.reminder_seen", duty, actor, case_id=duty.case_id)

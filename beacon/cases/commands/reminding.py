"""Reminding people of what victims must be told: the manager first, the team's leaders then."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases.commands.keeping import HOLD
from beacon.cases.models import CaseFile, DutyReminder
from beacon.cases.terms import FOR_MANAGERS, ReminderKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, insert_once, transaction
from beacon.entitlements.models import Duty


def remind_manager(
    duty_id: int, *, kind: ReminderKind, actor: Actor, due_on: date | None = None
) -> bool:
    """Remind the manager of one duty, once: false where there is nothing left to remind of.

    Once whoever the manager is: what one was reminded of goes over to the next with the case.
    """
    with transaction() as session:
        held = _held(duty_id, due_on)
        if held is None or held[0].manager_id is None:
            return False
        case, duty = held
        given = sa.exists().where(
            DutyReminder.duty_id == duty.id,
            DutyReminder.kind == kind,
            DutyReminder.due_on == duty.due_on,
        )
        if session.scalar(sa.select(given)):
            return False
        return _remind(case, duty, kind, case.manager_id, actor)


def remind_leader(
    duty_id: int, *, kind: ReminderKind, leader_id: int, actor: Actor, due_on: date | None = None
) -> bool:
    """Remind a leader of a duty that stays late, or whose case nobody has; once each."""
    with transaction():
        held = _held(duty_id, due_on)
        if held is None:
            return False
        case, duty = held
        if kind is ReminderKind.NOBODYS and _has_manager(case):
            return False
        return _remind(case, duty, kind, leader_id, actor)


def hand_on_reminders(case_id: int, to: Staff) -> None:
    """Lay the reminders of the former manager on the desk of the new one, as unseen and unmailed.

    Joins the transaction that gives the case away.
    """
    with transaction() as session:
        owed = sa.select(Duty.id).where(Duty.case_id == case_id, Duty.told_at.is_(None))
        session.execute(
            sa.update(DutyReminder)
            .where(
                DutyReminder.duty_id.in_(owed),
                DutyReminder.kind.in_(FOR_MANAGERS),
                DutyReminder.staff_id.is_distinct_from(to.id),
            )
            .values(staff_id=to.id, seen_at=None, digest_id=None)
        )


def mark_reminders_seen(duty: Duty, *, actor: Actor) -> None:
    """Take the reminders of one duty off the desk of the person who has seen them."""
    with transaction() as session:
        manages = sa.exists().where(CaseFile.id == duty.case_id, CaseFile.manager_id == actor.id)
        own = sa.and_(DutyReminder.kind.in_(FOR_MANAGERS), manages)
        unseen = session.scalars(
            sa.select(DutyReminder)
            .where(
                DutyReminder.duty_id == duty.id,
                sa.or_(DutyReminder.staff_id == actor.id, own),
                DutyReminder.seen_at.is_(None),
            )
            .order_by(DutyReminder.id)
            .with_for_update()
        ).all()
        for reminder in unseen:
            reminder.seen_at = clock.now()
        if unseen:
            audit.record("duty.reminder_seen", duty, actor, case_id=duty.case_id)


def _held(duty_id: int, due_on: date | None) -> tuple[CaseFile, Duty] | None:
    """The case and its duty as they are now, held; None where nothing is left to remind of."""
    session = db.session()
    case_id = session.scalar(sa.select(Duty.case_id).where(Duty.id == duty_id))
    if case_id is None:
        return None
    case = session.get_one(CaseFile, case_id, with_for_update=HOLD, populate_existing=True)
    duty = session.get_one(Duty, duty_id, with_for_update=True, populate_existing=True)
    is_owed = duty.is_open and duty.due_on is not None and due_on in {None, duty.due_on}
    return (case, duty) if case.is_open and case.erased_at is None and is_owed else None


def _has_manager(case: CaseFile) -> bool:
    if case.manager_id is None:
        return False
    manager = db.session.get(Staff, case.manager_id, populate_existing=True)
    return manager is not None and manager.may_sign_in(clock.today())


def _remind(
    case: CaseFile, duty: Duty, kind: ReminderKind, staff_id: int | None, actor: Actor
) -> bool:
    is_new = insert_once(
        db.session(),
        DutyReminder.__table__,  # type: ignore[arg-type]
        duty_id=duty.id,
        kind=kind,
        due_on=duty.due_on,
        staff_id=staff_id,
    )
    if is_new:
        audit.record(
            "duty.reminded", duty, actor, case_id=case.id, kind=kind.value, staff_id=staff_id
        )
    return is_new

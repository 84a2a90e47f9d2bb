"""Duties: opened when something happens, and ended by telling the victim or saying why not."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements import rules
from beacon.entitlements.codes import FIRST_CONTACT, STANDARD
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState

STANDARDS = {
    (FIRST_CONTACT, False): "standards.first_contact_standard_days",
    (FIRST_CONTACT, True): "standards.first_contact_enhanced_days",
}
REASON_AT_MOST = 500


def open_duty(
    *,
    case_id: int,
    rule: str,
    about: str,
    event_at: datetime,
    clock_started_at: datetime | None,
    enhanced: bool,
    actor: Actor,
) -> Duty:
    """Open one duty of the Code in force on the day; once for each case, rule and subject.

    While the clock has not started (Witness Care has not heard) it has no date (RULE 1.12).
    """
    due = rules.due(rule, clock_started_at or event_at, happened=event_at, enhanced=enhanced)
    return _open(
        due,
        case_id=case_id,
        about=about,
        event_at=event_at,
        clock_started_at=clock_started_at,
        enhanced=enhanced,
        actor=actor,
    )


def open_standard(
    *, case_id: int, name: str, event_at: datetime, enhanced: bool, actor: Actor
) -> Duty:
    """Open a promise of our own, which never counts among the Code's (domain.md RULE 1.10)."""
    days = settings.count(STANDARDS[name, enhanced])
    return _open(
        rules.first_contact_due(event_at, working_days=days),
        case_id=case_id,
        about="referral",
        event_at=event_at,
        clock_started_at=event_at,
        enhanced=enhanced,
        actor=actor,
    )


def start_clock(duty: Duty, *, at: datetime, enhanced: bool, actor: Actor) -> None:
    """Count from the moment at which Witness Care heard of it (Code Rights 8 and 9)."""
    with transaction() as session:
        row = _held(session, duty)
        if row.clock_started_at is not None:
            raise RuleBroken("The clock of this duty has already started.", field="at")
        _refuse_the_future(at)
        if at < _minute(row.event_at):
            raise RuleBroken("That is before it happened. Check the date and time.", field="at")
        due = rules.due(row.rule, at, happened=row.event_at, enhanced=enhanced)
        row.clock_started_at, row.enhanced = at, enhanced
        row.amount, row.due_on = due.amount, due.due_on
        audit.record("duty.clock_started", row, actor, case_id=row.case_id)


def mark_told(duty: Duty, *, at: datetime, channel: Channel | None, actor: Actor) -> None:
    """Record that the victim was told, in time or late by the end of the due day in London.

    A duty put off for safety stays one when it is met by a safer route later (RULE 7.3).
    """
    with transaction() as session:
        row = _held(session, duty)
        if not row.may_be_told:
            raise RuleBroken("This duty is already dealt with. Look at the case again.")
        _refuse_the_future(at)
        if not row.is_local_standard and at < _minute(row.event_at):
            raise RuleBroken(
                "The victim cannot have been told before it happened. Check the date and time.",
                field="at",
            )
        if row.is_open:
            row.state = rules.telling_state(row.due_on, at)
        row.told_at, row.told_by_id, row.channel = at, actor.id, channel
        audit.record("duty.told", row, actor, case_id=row.case_id, state=row.state.value)


def mark_kept(duty: Duty, *, at: datetime, actor: Actor) -> None:
    """Record a promise that somebody else has kept, such as the police's referral to us."""
    with transaction() as session:
        row = _held(session, duty)
        if row.is_open:
            row.state, row.told_at = rules.telling_state(row.due_on, at), at
            audit.record("duty.kept", row, actor, case_id=row.case_id, state=row.state.value)


def withhold(duty: Duty, *, reason: str, actor: Actor) -> None:
    """Record why the victim may not be told this."""
    _set_aside(duty, DutyState.WITHHELD, reason, actor)


def decline(duty: Duty, *, reason: str, actor: Actor) -> None:
    """Record that the victim does not want to be told this."""
    _set_aside(duty, DutyState.DECLINED, reason, actor)


def delay_for_safety(duty: Duty, *, reason: str, actor: Actor) -> None:
    """Put off telling the victim, because now it would put them at risk (RULE 7.3)."""
    _set_aside(duty, DutyState.SAFETY_DELAY, reason, actor)


def not_applicable(duty: Duty, *, reason: str, actor: Actor) -> None:
    """Record that nothing is owed here, and why."""
    _set_aside(duty, DutyState.NOT_APPLICABLE, reason, actor)


def change_category(*, case_id: int, enhanced: bool, since: datetime, actor: Actor) -> None:
    """Give the other limit to open duties set off at or after the change; others keep theirs.

    domain.md RULE 1.2. A clock that has not started yet will start later than the change.
    """
    with transaction() as session:
        starts_later = sa.or_(Duty.clock_started_at.is_(None), Duty.clock_started_at >= since)
        changed = session.scalars(
            sa.select(Duty)
            .where(
                Duty.case_id == case_id,
                Duty.state == DutyState.OPEN,
                Duty.code != STANDARD,
                Duty.enhanced != enhanced,
                starts_later,
            )
            .order_by(Duty.id)
            .with_for_update()
        ).all()
        for duty in changed:
            started = duty.clock_started_at or duty.event_at
            due = rules.due(duty.rule, started, happened=duty.event_at, enhanced=enhanced)
            duty.enhanced, duty.amount = enhanced, due.amount
            duty.due_on = due.due_on if duty.clock_started_at else None
            audit.record("duty.category_changed", duty, actor, case_id=case_id, enhanced=enhanced)


def _open(
    due: rules.Due,
    *,
    case_id: int,
    about: str,
    event_at: datetime,
    clock_started_at: datetime | None,
    enhanced: bool,
    actor: Actor,
) -> Duty:
    with transaction() as session:
        session.flush()  # the case must be there before its duty
        is_new = insert_once(
            session,
            Duty.__table__,  # type: ignore[arg-type]
            case_id=case_id,
            rule=due.rule.key,
            code=due.code,
            right=due.rule.right,
            about=about,
            event_at=event_at,
            clock_started_at=clock_started_at,
            enhanced=enhanced,
            amount=due.amount,
            unit=due.unit.value,
            due_on=due.due_on if clock_started_at else None,
        )
        duty = session.scalars(
            sa.select(Duty).where(
                Duty.case_id == case_id, Duty.rule == due.rule.key, Duty.about == about
            )
        ).one()
        if is_new:
            audit.record("duty.opened", duty, actor, case_id=case_id, rule=duty.rule, about=about)
        return duty


def _set_aside(duty: Duty, state: DutyState, reason: str, actor: Actor) -> None:
    reason = reason.strip()
    with transaction() as session:
        row = _held(session, duty)
        if not row.is_open:
            raise RuleBroken("This duty is already dealt with. Look at the case again.")
        if not reason:
            raise RuleBroken("Enter the reason.", field="reason")
        if len(reason) > REASON_AT_MOST:
            raise RuleBroken(
                f"The reason must be {REASON_AT_MOST} characters or fewer.", field="reason"
            )
        row.state, row.reason = state, reason
        audit.record(
            "duty.set_aside", row, actor, fields=("reason",), case_id=row.case_id, state=state.value
        )


def _held(session: Session, duty: Duty) -> Duty:
    """The duty as it is now, held so that nobody else ends it before we do."""
    session.flush()
    row = session.get(Duty, duty.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _refuse_the_future(at: datetime) -> None:
    if at > clock.now():
        raise RuleBroken("That has not happened yet. Check the date and time.", field="at")


def _minute(moment: datetime) -> datetime:
    """A page gives whole minutes, so that is how closely moments are compared."""
    return moment.replace(second=0, microsecond=0)

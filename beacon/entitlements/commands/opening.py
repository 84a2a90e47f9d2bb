"""Opening duties, starting their clocks, and giving them another limit."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import lots, settings
from beacon.core.actor import Actor
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.db import db, insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.core.working_days import add_working_days
from beacon.entitlements import rules
from beacon.entitlements.codes import FIRST_CONTACT, STANDARD
from beacon.entitlements.commands.keeping import held, keep_event, minute, refuse_the_future
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyEventKind, DutyState, Unit

STANDARDS = {
    (FIRST_CONTACT, False): "standards.first_contact_standard_days",
    (FIRST_CONTACT, True): "standards.first_contact_enhanced_days",
}


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
    due = rules.due_if_known(
        rule, clock_started_at or event_at, happened=event_at, enhanced=enhanced
    )
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
    """Count from the moment at which Witness Care heard of it (Code Rights 8 and 9).

    A victim who was told before anybody entered the receipt was told in time, or late, by it.
    """
    with transaction() as session:
        row = held(session, duty)
        if row.clock_started_at is not None:
            raise RuleBroken("The clock of this duty has already started.", field="at")
        refuse_the_future(at)
        if at < minute(row.event_at):
            raise RuleBroken("That is before it happened. Check the date and time.", field="at")
        due = rules.due_if_known(row.rule, at, happened=row.event_at, enhanced=enhanced)
        row.clock_started_at, row.enhanced = at, enhanced
        row.amount, row.due_on = due.amount, due.due_on
        if row.told_at is not None and row.state is DutyState.MET:
            row.state = rules.telling_state(row.due_on, row.told_at)
        keep_event(row, DutyEventKind.CLOCK_STARTED, actor)
        audit.record("duty.clock_started", row, actor, case_id=row.case_id, state=row.state.value)


def change_category(*, case_id: int, enhanced: bool, since: datetime, actor: Actor) -> None:
    """Give the other limit to open duties set off at or after the change; others keep theirs.

    domain.md RULE 1.2. A clock that has not started yet will start later than the change.
    """
    with transaction() as session:
        starts_later = sa.or_(
            Duty.clock_started_at.is_(None), Duty.clock_started_at >= minute(since)
        )
        changed = session.scalars(
            sa.select(Duty)
            .where(
                Duty.case_id == case_id,
                Duty.state.in_([DutyState.OPEN, DutyState.PAUSED]),
                Duty.code != STANDARD,
                Duty.enhanced != enhanced,
                starts_later,
            )
            .order_by(Duty.id)
            .with_for_update()
        ).all()
        for duty in changed:
            duty.enhanced = enhanced
            reckon(duty)
            keep_event(duty, DutyEventKind.CATEGORY_CHANGED, actor)
            audit.record("duty.category_changed", duty, actor, case_id=case_id, enhanced=enhanced)


def find_days(*, actor: Actor) -> int:
    """Give their day to duties that lay beyond the calendar, once it reaches so far; how many."""
    beyond = sa.select(Duty.id).where(
        Duty.state.in_([DutyState.OPEN, DutyState.PAUSED]),
        Duty.due_on.is_(None),
        Duty.amount.is_not(None),
        Duty.clock_started_at.is_not(None),
    )
    return sum(_find_day(duty_id, actor) for duty_id in db.session.scalars(beyond).all())


def _find_day(duty_id: int, actor: Actor) -> bool:
    with transaction() as session:
        duty = held(session, session.get_one(Duty, duty_id))
        if not duty.is_beyond_calendar:
            return False
        reckon(duty)
        if duty.due_on is None:
            return False
        keep_event(duty, DutyEventKind.DAY_FOUND, actor)
        audit.record("duty.day_found", duty, actor, case_id=duty.case_id)
        return True


def reckon(duty: Duty) -> None:
    """Reckon limit and day anew: by its category as it is now, and the days it has stood still.

    A local standard keeps the days that it was given.
    """
    started = duty.clock_started_at
    if duty.is_local_standard:
        due = rules.first_contact_due(started or duty.event_at, working_days=duty.amount or 0)
    else:
        due = rules.due_if_known(
            duty.rule, started or duty.event_at, happened=duty.event_at, enhanced=duty.enhanced
        )
    duty.amount, duty.due_on = due.amount, due.due_on if started else None
    if duty.due_on and duty.stood_still and due.unit is Unit.WORKING_DAYS:
        try:
            duty.due_on = add_working_days(duty.due_on, duty.stood_still)
        except CalendarEnds:
            duty.due_on = None


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
        first = {
            "case_id": case_id,
            "rule": due.rule.key,
            "code": due.code,
            "right": due.rule.right,
            "about": about,
            "event_at": event_at,
            "clock_started_at": clock_started_at,
            "enhanced": enhanced,
            "amount": due.amount,
            "unit": due.unit.value,
            "due_on": due.due_on if clock_started_at else None,
        }
        if lots.is_open():
            is_new, duty = True, lots.keep(Duty(**first))
        else:
            session.flush()  # the case must be there before its duty
            is_new = insert_once(session, Duty.__table__, **first)  # type: ignore[arg-type]
            duty = session.scalars(
                sa.select(Duty).where(
                    Duty.case_id == case_id, Duty.rule == due.rule.key, Duty.about == about
                )
            ).one()
        if is_new:
            keep_event(duty, DutyEventKind.OPENED, actor)
            audit.record("duty.opened", duty, actor, case_id=case_id, rule=duty.rule, about=about)
        return duty

"""Ending duties: the victim was told, or is not, and why; and standing still for a while."""

from __future__ import annotations

from datetime import datetime

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.working_days import working_days_between
from beacon.entitlements import rules
from beacon.entitlements.commands.keeping import (
    checked_reason,
    held,
    keep_event,
    minute,
    refuse_the_future,
)
from beacon.entitlements.commands.opening import reckon
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyEventKind, DutyState, Unit


def mark_told(
    duty: Duty,
    *,
    at: datetime,
    channel: Channel | None,
    late_because: str = "",
    recovery: str = "",
    actor: Actor,
) -> None:
    """Record that the victim was told, in time or late by the end of the due day in London.

    Late needs a reason, and what is done so that it is not late again. A duty put off for safety
    stays one when it is met by a safer route later (RULE 7.3). A paused one is met: its clock
    stands still.
    """
    with transaction() as session:
        row = held(session, duty)
        if not row.may_be_told:
            raise RuleBroken("This duty is already dealt with. Look at the case again.")
        refuse_the_future(at)
        if not row.is_local_standard and at < minute(row.event_at):
            raise RuleBroken(
                "The victim cannot have been told before it happened. Check the date and time.",
                field="at",
            )
        if row.is_open or row.is_paused:
            due_on = None if row.is_paused else row.due_on
            row.state, row.paused_on = rules.telling_state(due_on, at), None
        if row.state is DutyState.MET_LATE and not row.is_local_standard:
            row.late_because = checked_reason(
                late_because, field="late_because", missing="Enter why they were told late."
            )
            row.recovery = checked_reason(
                recovery,
                field="recovery",
                missing="Enter what is done so that it is not late again.",
            )
        row.told_at, row.told_by_id, row.channel = at, actor.id, channel
        keep_event(row, DutyEventKind.TOLD, actor)
        audit.record("duty.told", row, actor, case_id=row.case_id, state=row.state.value)


def mark_kept(duty: Duty, *, at: datetime, actor: Actor) -> None:
    """Record a promise that somebody else has kept, such as the police's referral to us.

    A paused one is kept in time, as when the victim is told: its clock stands still.
    """
    with transaction() as session:
        row = held(session, duty)
        if row.is_open or row.is_paused:
            due_on = None if row.is_paused else row.due_on
            row.state, row.told_at = rules.telling_state(due_on, at), at
            row.paused_on = None
            keep_event(row, DutyEventKind.TOLD, actor)
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


def owe_again(duty: Duty, *, actor: Actor) -> None:
    """Owe what was held not to apply, now that the reason for it is gone."""
    with transaction() as session:
        row = held(session, duty)
        if row.state is not DutyState.NOT_APPLICABLE:
            raise RuleBroken("This duty is still to do, or dealt with. Look at the case again.")
        row.state, row.reason = DutyState.OPEN, ""
        keep_event(row, DutyEventKind.OPENED, actor)
        audit.record("duty.owed_again", row, actor, case_id=row.case_id)


def pause(duty: Duty, *, reason: str, actor: Actor) -> None:
    """Let the clock of a duty stand still from today, for a reason; not once it is late.

    A time that the law gives the victim, in days of the calendar, cannot be stopped.
    """
    with transaction() as session:
        row = held(session, duty)
        if not row.is_open:
            raise RuleBroken("Only a duty that is still to do can be paused.")
        if row.due_on is None or row.unit != Unit.WORKING_DAYS.value:
            raise RuleBroken("This duty has no clock that can be stopped.")
        if row.is_late(clock.today()):
            raise RuleBroken("This is late already: tell them, and enter why it is late.")
        row.reason = checked_reason(reason)
        row.state, row.paused_on = DutyState.PAUSED, clock.today()
        keep_event(row, DutyEventKind.PAUSED, actor)
        audit.record("duty.paused", row, actor, fields=("reason",), case_id=row.case_id)


def resume(duty: Duty, *, actor: Actor) -> None:
    """Let the clock go on: as many working days are left as when it was paused."""
    with transaction() as session:
        row = held(session, duty)
        if row.paused_on is None:
            raise RuleBroken("This duty is not paused. Look at the case again.")
        try:
            row.stood_still += working_days_between(row.paused_on, clock.today())
        except CalendarEnds as ends:
            raise RuleBroken(ends.message) from ends
        row.state, row.paused_on, row.reason = DutyState.OPEN, None, ""
        reckon(row)
        keep_event(row, DutyEventKind.RESUMED, actor)
        audit.record("duty.resumed", row, actor, case_id=row.case_id)


def _set_aside(duty: Duty, state: DutyState, reason: str, actor: Actor) -> None:
    with transaction() as session:
        row = held(session, duty)
        falls_away = state is DutyState.NOT_APPLICABLE and row.may_be_told
        if not (row.is_open or row.is_paused or falls_away):
            raise RuleBroken("This duty is already dealt with. Look at the case again.")
        row.reason = checked_reason(reason)
        row.state, row.paused_on = state, None
        keep_event(row, DutyEventKind.SET_ASIDE, actor)
        audit.record(
            "duty.set_aside", row, actor, fields=("reason",), case_id=row.case_id, state=state.value
        )

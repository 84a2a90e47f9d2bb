"""Telling a victim what the Code promises them, or saying why not."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from beacon.cases.commands.keeping import held_crime, keep_history, keep_next_due
from beacon.cases.commands.milestones import receive
from beacon.cases.commands.rights import held_for
from beacon.cases.commands.wishes import keep_update_clock
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.terms import TimelineEvent
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements import commands as entitlements
from beacon.entitlements import queries
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, EntitlementPermission

_ASIDE = {
    DutyState.WITHHELD: entitlements.withhold,
    DutyState.DECLINED: entitlements.decline,
    DutyState.SAFETY_DELAY: entitlements.delay_for_safety,
    DutyState.NOT_APPLICABLE: entitlements.not_applicable,
}


def tell_victim(
    case: CaseFile,
    duty: Duty,
    *,
    at: datetime,
    channel: Channel,
    late_because: str = "",
    recovery: str = "",
    actor: Actor,
) -> None:
    """Record that the victim was told, when and how: in time or late by the end of the due day.

    Late needs its reason, and what is done so that it is not late again.
    """
    with transaction():
        row = held_for(case, actor, EntitlementPermission.RECORD)
        _of_this_case(row, duty)
        if duty.is_local_standard:
            raise RuleBroken("Record the contact itself: it keeps this standard.")
        entitlements.mark_told(
            duty,
            at=at,
            channel=channel,
            late_because=late_because,
            recovery=recovery,
            actor=actor,
        )
        words = f"{queries.rule_of(duty).title}; {channel.label.lower()}"
        keep_history(row.id, TimelineEvent.TOLD, actor, words=words, at=at)
        keep_next_due(row)
        keep_update_clock(row, actor)


def set_duty_aside(
    case: CaseFile, duty: Duty, *, state: DutyState, reason: str, actor: Actor
) -> None:
    """Record why the victim is not told: withheld, declined, put off for safety, or not owed."""
    with transaction():
        row = held_for(case, actor, EntitlementPermission.RECORD)
        _of_this_case(row, duty)
        if state not in _ASIDE:
            raise RuleBroken("Choose why the victim is not told.", field="state")
        _ASIDE[state](duty, reason=reason, actor=actor)
        words = f"{queries.rule_of(duty).title}; {state.label.lower()}"
        keep_history(row.id, TimelineEvent.NOT_TOLD, actor, words=words)
        keep_next_due(row)


def pause_duty(case: CaseFile, duty: Duty, *, reason: str, actor: Actor) -> None:
    """Let the clock of a duty stand still, for a reason, until somebody says to go on."""
    with transaction():
        row = held_for(case, actor, EntitlementPermission.RECORD)
        _of_this_case(row, duty)
        if duty.is_local_standard:
            raise RuleBroken("Our own standard is not paused: record each attempt.")
        entitlements.pause(duty, reason=reason, actor=actor)
        words = f"{queries.rule_of(duty).title}; {reason.strip().rstrip('.')}"
        keep_history(row.id, TimelineEvent.DUTY_PAUSED, actor, words=words)
        keep_next_due(row)


def resume_duty(case: CaseFile, duty: Duty, *, actor: Actor) -> None:
    """Let the clock go on: as many working days are left as when it was paused."""
    with transaction():
        row = held_for(case, actor, EntitlementPermission.RECORD)
        _of_this_case(row, duty)
        entitlements.resume(duty, actor=actor)
        words = queries.rule_of(duty).title
        keep_history(row.id, TimelineEvent.DUTY_RESUMED, actor, words=words)
        keep_next_due(row)


def give_receipt(case: CaseFile, duty: Duty, *, at: datetime, actor: Actor) -> None:
    """Record when Witness Care heard of it: the clock starts here, and in the crime's other cases.

    Witness Care hears once of a hearing, not once for each victim of it.
    """
    with transaction() as session:
        held_crime(case.crime)
        row = held_for(case, actor, EntitlementPermission.RECORD)
        _of_this_case(row, duty)
        if duty.clock_started_at is not None:
            raise RuleBroken("The clock of this duty has already started.", field="at")
        happened = session.scalars(
            sa.select(CrimeMilestone).where(
                CrimeMilestone.crime_id == row.crime_id, CrimeMilestone.withdrawn_at.is_(None)
            )
        )
        named = next((one for one in happened if one.subject == duty.about), None)
        if named is None:
            raise NotFound
        receive(named, at=at, actor=actor)


def _of_this_case(case: CaseFile, duty: Duty) -> None:
    db.session().flush()
    if duty.case_id != case.id:
        raise NotFound

"""What happens to a crime: recorded once, it opens the Code's duties in each of its cases."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.cases.commands.keeping import (
    held_crime,
    keep_history,
    keep_next_due,
    live_cases,
    not_yet,
)
from beacon.cases.commands.once import is_counted_by_fact
from beacon.cases.commands.suspects import note_suspect
from beacon.cases.commands.tasks import finish_proposal_tasks, finish_tasks_about
from beacon.cases.models import CaseFile, Crime, CrimeMilestone, ProposedMilestone
from beacon.cases.terms import SuspectStatus, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands as entitlements
from beacon.entitlements import rules
from beacon.entitlements.codes import FIRST_CODE_ON, Rule
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, Milestone

# What a victim asks for, which is recorded step by step as well (cases/rules/facts.py).
ASKED_FOR = frozenset(
    {
        Milestone.COMPLAINT_RECEIVED,
        Milestone.EXPENSES_CLAIMED,
        Milestone.REVIEW_REQUESTED,
        Milestone.CPS_REVIEW_REQUESTED,
    }
)


def record_milestone(
    crime: Crime,
    *,
    kind: Milestone,
    at: datetime,
    about: str = "",
    received_at: datetime | None = None,
    actor: Actor,
) -> CrimeMilestone:
    """Record what happened, once for the crime; every live case of it gets the Code's duties.

    ``about`` names a hearing, or a defendant, of which the same kind may happen again. A duty that
    waits for Witness Care has no date until ``received_at`` is given (domain.md RULE 1.12).
    """
    with transaction() as session:
        row = held_crime(crime)
        not_yet(at)
        if row.offence_on and clock.london_day(at) < row.offence_on:
            raise RuleBroken("That is before the day of the offence. Check the date.", field="at")
        cases = live_cases(row)
        milestone = _already_recorded(session, row, kind, at, about)
        if milestone is None:
            milestone = CrimeMilestone(
                crime_id=row.id, kind=kind, happened_at=at, about=about, recorded_by_id=actor.id
            )
            session.add(milestone)
            note_suspect(row, kind)
            audit.record("crime.milestone", milestone, actor, crime_id=row.id, kind=kind.value)
            _answer_proposals(session, milestone, actor)
            for case in cases:
                keep_history(case.id, TimelineEvent.MILESTONE, actor, words=kind.label, at=at)
                for rule in _duties_of(milestone):
                    _open(case, milestone, rule, actor)
                keep_next_due(case)
        if received_at is not None and milestone.received_at is None:
            receive(milestone, at=received_at, actor=actor)
        return milestone


def receive(milestone: CrimeMilestone, *, at: datetime, actor: Actor) -> None:
    """Record when Witness Care heard: it starts the clock of every case that waits for it.

    What is dealt with already gets its day too, so that it is in time, late, and in the figures.
    """
    with transaction() as session:
        row = held_crime(session.get_one(Crime, milestone.crime_id))
        not_yet(at)
        cases = {case.id: case for case in live_cases(row)}
        milestone.received_at = at
        audit.record("crime.milestone_received", milestone, actor, crime_id=row.id)
        waiting = session.scalars(
            sa.select(Duty)
            .where(
                Duty.case_id.in_(cases),
                Duty.about == milestone.subject,
                Duty.state != DutyState.NOT_APPLICABLE,
                Duty.clock_started_at.is_(None),
            )
            .order_by(Duty.id)
        ).all()
        for duty in waiting:
            case = cases[duty.case_id]
            entitlements.start_clock(duty, at=at, enhanced=case.was_enhanced(at), actor=actor)
            keep_history(
                case.id, TimelineEvent.CLOCK_STARTED, actor, words=milestone.kind.label, at=at
            )
            keep_next_due(case)


def withdraw_milestone(milestone: CrimeMilestone, *, reason: str, actor: Actor) -> None:
    """Take back what was recorded by mistake; what is still owed because of it falls away."""
    with transaction() as session:
        row = held_crime(session.get_one(Crime, milestone.crime_id))
        if milestone.withdrawn_at is not None:
            raise RuleBroken("This has already been taken back.")
        if not reason.strip():
            raise RuleBroken("Enter the reason.", field="reason")
        cases = live_cases(row)
        milestone.withdrawn_at = clock.now()
        audit.record("crime.milestone_withdrawn", milestone, actor, crime_id=row.id)
        for case in cases:
            words = f"{milestone.kind.label} ({reason.strip()})"
            keep_history(case.id, TimelineEvent.MILESTONE_WITHDRAWN, actor, words=words)
            owed = session.scalars(
                sa.select(Duty)
                .where(
                    Duty.case_id == case.id,
                    Duty.about == milestone.subject,
                    Duty.state.in_([DutyState.OPEN, DutyState.PAUSED, DutyState.SAFETY_DELAY]),
                )
                .order_by(Duty.id)
            ).all()
            for duty in owed:
                if duty.may_be_told:
                    entitlements.not_applicable(duty, reason=reason, actor=actor)
            finish_tasks_about(case.id, f"window:lenient:m{milestone.id}:", actor)
            keep_next_due(case)


def open_earlier_duties(case: CaseFile, *, actor: Actor) -> None:
    """Owe a victim who comes later what can still be kept of what has already happened.

    What fell due before we knew them is no promise of ours to have broken.
    """
    with transaction() as session:
        earlier = session.scalars(
            sa.select(CrimeMilestone)
            .where(CrimeMilestone.crime_id == case.crime_id, CrimeMilestone.withdrawn_at.is_(None))
            .order_by(CrimeMilestone.happened_at, CrimeMilestone.id)
        ).all()
        for milestone in earlier:
            for rule in _duties_of(milestone):
                if _may_still_be_kept(case, milestone, rule):
                    _open(case, milestone, rule, actor)


def _already_recorded(
    session: Session, crime: Crime, kind: Milestone, at: datetime, about: str
) -> CrimeMilestone | None:
    """The same thing recorded before: about the same hearing, or at the same moment."""
    query = sa.select(CrimeMilestone).where(
        CrimeMilestone.crime_id == crime.id,
        CrimeMilestone.kind == kind,
        CrimeMilestone.about == about,
        CrimeMilestone.withdrawn_at.is_(None),
    )
    if not about:
        query = query.where(CrimeMilestone.happened_at == at)
    return session.scalars(query.order_by(CrimeMilestone.id).limit(1)).first()


def _duties_of(milestone: CrimeMilestone) -> list[Rule]:
    day = clock.london_day(milestone.happened_at)
    return [] if day < FIRST_CODE_ON else rules.duties_for(milestone.kind, day)


def _clock_start(milestone: CrimeMilestone, rule: Rule) -> datetime | None:
    return milestone.received_at if rule.waits_for_receipt else milestone.happened_at


def _open(case: CaseFile, milestone: CrimeMilestone, rule: Rule, actor: Actor) -> None:
    day = clock.london_day(milestone.happened_at)
    if milestone.kind in ASKED_FOR and is_counted_by_fact(db.session(), case.id, rule.key, day):
        return
    started = _clock_start(milestone, rule)
    entitlements.open_duty(
        case_id=case.id,
        rule=rule.key,
        about=milestone.subject,
        event_at=milestone.happened_at,
        clock_started_at=started,
        enhanced=case.was_enhanced(started) if started else case.enhanced,
        actor=actor,
    )


def _may_still_be_kept(case: CaseFile, milestone: CrimeMilestone, rule: Rule) -> bool:
    started = _clock_start(milestone, rule)
    if started is None:
        return True
    happened, enhanced = milestone.happened_at, case.was_enhanced(started)
    due = rules.due_if_known(rule.key, started, happened=happened, enhanced=enhanced)
    return due.due_on is None or due.due_on >= clock.today()


def _answer_proposals(session: Session, milestone: CrimeMilestone, actor: Actor) -> None:
    """Settle what the police feed had proposed, now that a person has given the moment."""
    statuses = [status for status in SuspectStatus if status.milestone is milestone.kind]
    if not statuses:
        return
    answered = session.scalars(
        sa.select(ProposedMilestone).where(
            ProposedMilestone.crime_id == milestone.crime_id,
            ProposedMilestone.status.in_(statuses),
            ProposedMilestone.decided_at.is_(None),
        )
    ).all()
    for proposal in answered:
        proposal.decided_at, proposal.milestone_id = clock.now(), milestone.id
    if answered:
        finish_proposal_tasks([proposal.id for proposal in answered], actor)

"""Who is called to court, with what support; special measures; and whether they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.courts import rules
from beacon.courts.models import (
    CourtWitness,
    Hearing,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)
from beacon.courts.queries.called import cases_to_call
from beacon.courts.terms import (
    BY_COURT,
    DECISIONS,
    ON_THE_DAY,
    Called,
    Came,
    CourtPermission,
    Ground,
    Measure,
    MeasureStep,
    Support,
    WhyNot,
)
from beacon.entitlements import commands as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState

TOLD_OUTCOME = "R8_SPECIAL"  # told the outcome of a special measures application
CHANGED = "Somebody else has just changed this. Look at it again."
NAME_AT_MOST = 100


@dataclass(frozen=True, kw_only=True)
class CallGiven:
    """Who is called to a hearing, and what was offered so that they can come."""

    called: Called
    case: CaseFile
    who: str = ""
    support: frozenset[Support] = frozenset()


def call_witness(hearing: Hearing, given: CallGiven, *, actor: Actor) -> CourtWitness:
    """Say that a victim or a witness is expected at a hearing. The same one is called once."""
    with transaction() as session:
        row = held_for(given.case, actor, CourtPermission.CALL)
        if row.id not in {case.id for case, _ in cases_to_call(actor, hearing)}:
            raise RuleBroken("Choose a case of the crime that this hearing is about.", field="case")
        who = _name(given)
        for one in session.scalars(sa.select(CourtWitness).filter_by(hearing_id=hearing.id)):
            if (one.case_id, one.called, one.who or "") == (row.id, given.called, who):
                return one
        made = CourtWitness(
            hearing_id=hearing.id,
            case_id=row.id,
            called=given.called,
            support=_in_one(given.support),
            by_id=actor.id,
            by_name=actor.name,
        )
        if who:
            made.who = who
        session.add(made)
        session.flush()
        audit.record(
            "witness.called",
            made,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.id,
            hearing_id=hearing.id,
        )
        return made


def offer_support(
    witness: CourtWitness, support: Iterable[Support], *, version: int, actor: Actor
) -> None:
    """Write down what was offered so that they can come."""
    with transaction() as session:
        row = _held(session, witness, actor, CourtPermission.CALL, own=True)
        if row.version != version:
            raise Stale(CHANGED)
        row.support = _in_one(support)
        row.version += 1
        audit.record("witness.supported", row, actor, case_id=row.case_id, support=row.support)


def record_came(
    witness: CourtWitness, came: Came, why: WhyNot | None = None, *, version: int, actor: Actor
) -> None:
    """Write down whether they came, and why not. What was written before stays in the history."""
    with transaction() as session:
        row = _held(session, witness, actor, CourtPermission.ATTENDED)
        if row.version != version:
            raise Stale(CHANGED)
        hearing = session.get_one(Hearing, row.hearing_id)
        if hearing.held_on > clock.today():
            raise RuleBroken("This hearing has not been held yet.", field="came")
        if came is Came.DID_NOT_ATTEND and why is None:
            raise RuleBroken("Choose why they did not come.", field="why")
        if came is not Came.DID_NOT_ATTEND and why is not None:
            raise RuleBroken("They did not stay away, so take the reason away.", field="why")
        row.came, row.why = came, why
        row.version += 1
        session.add(
            WitnessCame(witness_id=row.id, came=came, why=why, by_id=actor.id, by_name=actor.name)
        )
        audit.record("witness.came", row, actor, case_id=row.case_id, came=came.value)


def propose_measure(
    witness: CourtWitness, measure: Measure, ground: Ground, *, actor: Actor
) -> SpecialMeasure:
    """Say that a measure is to be asked for, and on which ground. Each is proposed once."""
    with transaction() as session:
        row = _held(session, witness, actor, CourtPermission.CALL, own=True)
        hearing = session.get_one(Hearing, row.hearing_id)
        if refusal := rules.why_not(measure, ground, hearing.court.kind):
            raise RuleBroken(refusal, field="measure")
        query = sa.select(SpecialMeasure).filter_by(witness_id=row.id, measure=measure)
        if (before := session.scalars(query).first()) is not None:
            return before
        made = SpecialMeasure(witness_id=row.id, measure=measure, ground=ground)
        session.add(made)
        session.flush()
        session.add(_step(made, MeasureStep.PROPOSED, clock.today(), actor))
        audit.record("measure.proposed", made, actor, case_id=row.case_id, measure=measure.value)
        return made


def take_measure_step(
    witness: CourtWitness, measure: SpecialMeasure, step: MeasureStep, *, on: date, actor: Actor
) -> None:
    """Record one step of a measure on its day.

    A decision owes the victim to be told of it (R8_SPECIAL), and that they were told meets it. A
    court officer records what the court decides and what was there on the day; the rest is their
    case manager's. The same step on the same day is recorded once.
    """
    with transaction() as session:
        theirs = step not in BY_COURT
        permission = CourtPermission.CALL if theirs else CourtPermission.ATTENDED
        row = _held(session, witness, actor, permission, own=theirs)
        held = session.get(SpecialMeasure, measure.id, populate_existing=True)
        if held is None or held.witness_id != row.id:
            raise NotFound
        _check_step(session, row, held, step, on)
        same = sa.select(SpecialMeasureStep).filter_by(
            measure_id=held.id, step=step, happened_on=on
        )
        if session.scalars(same).first() is not None:
            return
        session.add(_step(held, step, on, actor))
        held.state = step
        if step in DECISIONS:
            held.decision = step
            _owe_outcome(session, row, held, actor)
        elif step in ON_THE_DAY:
            held.in_place = step is MeasureStep.IN_PLACE
        elif step is MeasureStep.TOLD:
            held.told_on = on
            _meet_outcome(session, row, held, actor)
        audit.record("measure.step", held, actor, case_id=row.case_id, step=step.value)


def _check_step(
    session: Session, row: CourtWitness, held: SpecialMeasure, step: MeasureStep, on: date
) -> None:
    if on > clock.today():
        raise RuleBroken("That has not happened yet. Check the date.", field="on")
    if step is MeasureStep.PROPOSED:
        raise RuleBroken("Choose what has happened with it.", field="step")
    if step is MeasureStep.TOLD and held.decision is None:
        raise RuleBroken("Record what the court decided first.", field="step")
    if step in ON_THE_DAY and session.get_one(Hearing, row.hearing_id).held_on > on:
        raise RuleBroken("The hearing was not held by that day.", field="on")


def _owe_outcome(session: Session, row: CourtWitness, held: SpecialMeasure, actor: Actor) -> None:
    """The victim is owed the outcome; a witness is not ours to tell by the Code."""
    case = session.get_one(CaseFile, row.case_id)
    if row.called is Called.VICTIM and case.is_open:
        entitlements.open_duty(
            case_id=case.id,
            rule=TOLD_OUTCOME,
            about=_about(held),
            event_at=clock.now(),
            clock_started_at=clock.now(),
            enhanced=case.enhanced,
            actor=actor,
        )


def _meet_outcome(session: Session, row: CourtWitness, held: SpecialMeasure, actor: Actor) -> None:
    query = sa.select(Duty).where(
        Duty.case_id == row.case_id,
        Duty.rule == TOLD_OUTCOME,
        Duty.about == _about(held),
        Duty.state == DutyState.OPEN,
    )
    for duty in session.scalars(query.order_by(Duty.id)):
        case = session.get_one(CaseFile, row.case_id)
        cases.tell_victim(case, duty, at=clock.now(), channel=Channel.THROUGH_SOMEONE, actor=actor)


def _about(held: SpecialMeasure) -> str:
    return f"measure:{held.id}"


def _held(
    session: Session,
    witness: CourtWitness,
    actor: Actor,
    permission: CourtPermission,
    *,
    own: bool = False,
) -> CourtWitness:
    """The row as it is now, held, as long as this person may still see it and do this to it."""
    now = still_may(actor, permission)
    query = (
        scope.visible(now, CourtWitness)
        .where(CourtWitness.id == witness.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    row = session.scalars(query).first()
    if row is None:
        raise NotFound
    if own:
        held_for(session.get_one(CaseFile, row.case_id), actor, permission)
    return row


def _step(held: SpecialMeasure, step: MeasureStep, on: date, actor: Actor) -> SpecialMeasureStep:
    return SpecialMeasureStep(
        measure_id=held.id, step=step, happened_on=on, by_id=actor.id, by_name=actor.name
    )


def _name(given: CallGiven) -> str:
    """The name of a witness; of a victim their case says it, and nothing else is written down."""
    who = " ".join(given.who.split())
    if given.called is Called.VICTIM:
        if who:
            raise RuleBroken("The case says who the victim is. Take the name away.", field="who")
        return ""
    if not who:
        raise RuleBroken("Enter the name of the witness.", field="who")
    if len(who) > NAME_AT_MOST:
        raise RuleBroken(f"Use {NAME_AT_MOST} characters or fewer.", field="who")
    return who


def _in_one(support: Iterable[Support]) -> str:
    chosen = set(support)
    return " ".join(one.value for one in Support if one in chosen)

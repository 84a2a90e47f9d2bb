"""What a victim asked for or was offered, step by step; some steps start a clock, some end one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import rules
from beacon.cases.commands.keeping import keep_history, keep_next_due
from beacon.cases.commands.once import OWN_DATES, counted_by_milestone, owe_by_milestone_again
from beacon.cases.commands.rights import held_for
from beacon.cases.commands.tasks import finish_tasks_about
from beacon.cases.models import CaseFact, CaseFile, FactStepTaken
from beacon.cases.rules import StepShape
from beacon.cases.terms import CasePermission, FactChoice, FactKind, FactStep, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.money import Money
from beacon.entitlements import commands as entitlements
from beacon.entitlements.codes import FIRST_CODE_ON
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState

WORDS_AT_MOST = 500
MIDDAY = time(12)


@dataclass(frozen=True, kw_only=True)
class StepGiven:
    """One step as somebody tells of it: its day, and what it came to where that is asked."""

    step: FactStep
    on: date
    choice: FactChoice | None = None
    pence: int | None = None
    words: str = ""


def start_fact(case: CaseFile, kind: FactKind, given: StepGiven, *, actor: Actor) -> CaseFact:
    """Record that something was asked for or offered, with any of its steps as the first known.

    The same again, such as a form that was sent twice, makes one.
    """
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        shape = _shape(kind, given.step)
        _check(row, kind, shape, given, {})
        for other in _facts_of(session, row.id, kind):
            before = other.standing.get(given.step)
            if before is not None and _same(before, given):
                return other
        # What was warned of by the milestone alone is settled: the fact has its own last day.
        finish_tasks_about(row.id, f"window:{kind.value}:m", actor)
        fact = CaseFact(case_id=row.id, kind=kind)
        session.add(fact)
        session.flush()
        audit.record(
            "case.fact_recorded",
            fact,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.id,
            kind=kind.value,
        )
        _take(session, row, fact, shape, given, actor)
        return fact


def record_step(case: CaseFile, fact: CaseFact, given: StepGiven, *, actor: Actor) -> None:
    """Record the next step, or put one right: the row that stood before is kept."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        held = _held(session, row, fact)
        shape = _shape(held.kind, given.step)
        standing = held.standing
        before = standing.get(given.step)
        if before is not None and _same(before, given):
            return
        _check(row, held.kind, shape, given, standing)
        if before is not None:
            before.replaced_at = clock.now()
            session.flush()  # one stands at a time
        _take(session, row, held, shape, given, actor)


def take_fact_back(case: CaseFile, fact: CaseFact, *, reason: str, actor: Actor) -> None:
    """Take back what was recorded by mistake; what is still owed because of it falls away."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        held = _held(session, row, fact)
        if not reason.strip():
            raise RuleBroken("Enter the reason.", field="reason")
        held.withdrawn_at, held.withdrawn_because = clock.now(), reason.strip()
        audit.record("case.fact_taken_back", held, actor, fields=("reason",), case_id=row.id)
        words = f"{held.kind.label} ({reason.strip()})"
        keep_history(row.id, TimelineEvent.FACT_TAKEN_BACK, actor, words=words)
        for duty in _owed(session, held):
            entitlements.not_applicable(duty, reason=reason, actor=actor)
        for step in held.standing.values():
            shape = rules.step_of(held.kind, step.step)
            for rule in shape.opens if shape else ():
                owe_by_milestone_again(session, row.id, rule, step.happened_on, actor)
        finish_tasks_about(row.id, _windows(held), actor)
        keep_next_due(row)


def _take(
    session: Session,
    case: CaseFile,
    fact: CaseFact,
    shape: StepShape,
    given: StepGiven,
    actor: Actor,
) -> None:
    """Write the step down, with what follows from it."""
    step = FactStepTaken(
        step=given.step,
        happened_on=given.on,
        choice=given.choice if shape.choices else None,
        pence=given.pence if shape.money_label else None,
        by_id=actor.id,
        by_name=actor.name,
    )
    step.words = given.words.strip()
    fact.steps.append(step)
    session.flush()
    audit.record("case.fact_step", step, actor, case_id=case.id, step=step.step.value)
    keep_history(
        case.id,
        TimelineEvent.FACT,
        actor,
        words=_in_words(fact.kind, shape, step),
        at=_moment(given.on),
    )
    _keep_window(case, fact, actor)
    _keep_clocks(session, case, fact, shape, step, actor)
    keep_next_due(case)


def _keep_window(case: CaseFile, fact: CaseFact, actor: Actor) -> None:
    """Write on the fact its last day, as it follows from the first step; and end its alarms."""
    standing, first = fact.standing, rules.steps_of(fact.kind)[0].step
    began = standing.get(first)
    last_on = rules.window_of(
        fact.kind,
        began.happened_on if began else None,
        offence_on=case.crime.offence_on,
        born_on=case.victim.date_of_birth,
    ).last_on
    is_settled = rules.SHAPES[fact.kind].closed_by in standing
    if is_settled or last_on != fact.last_on:
        finish_tasks_about(case.id, _windows(fact), actor)
    fact.last_on = last_on


def _keep_clocks(
    session: Session,
    case: CaseFile,
    fact: CaseFact,
    shape: StepShape,
    step: FactStepTaken,
    actor: Actor,
) -> None:
    """Open the duties that the step sets going, and end the one that it keeps."""
    corrected = "The date was put right."
    is_before_any_code = step.happened_on < FIRST_CODE_ON
    for rule in shape.opens:
        for duty in _owed(session, fact, rule):
            entitlements.not_applicable(duty, reason=corrected, actor=actor)
        for duty in counted_by_milestone(session, case.id, rule, step.happened_on):
            entitlements.not_applicable(duty, reason=OWN_DATES, actor=actor)
        if is_before_any_code:
            continue
        moment = _moment(step.happened_on)
        entitlements.open_duty(
            case_id=case.id,
            rule=rule,
            about=f"fact:{fact.id}:{step.id}",
            event_at=moment,
            clock_started_at=moment,
            enhanced=case.was_enhanced(moment),
            actor=actor,
        )
    if shape.keeps:
        for duty in _owed(session, fact, shape.keeps):
            entitlements.mark_kept(duty, at=_moment(step.happened_on), actor=actor)


def _owed(session: Session, fact: CaseFact, rule: str = "") -> list[Duty]:
    """What is still owed because of this fact, its clock running or not."""
    session.flush()
    query = sa.select(Duty).where(
        Duty.case_id == fact.case_id,
        Duty.about.startswith(f"fact:{fact.id}:", autoescape=True),
        Duty.state.in_([DutyState.OPEN, DutyState.PAUSED]),
    )
    if rule:
        query = query.where(Duty.rule == rule)
    return list(session.scalars(query.order_by(Duty.id)))


def _check(
    case: CaseFile,
    kind: FactKind,
    shape: StepShape,
    given: StepGiven,
    standing: Mapping[FactStep, FactStepTaken],
) -> None:
    """Refuse what cannot be, with the sentence that says what to do."""
    if given.on > clock.today():
        raise RuleBroken("That has not happened yet. Check the date.", field="on")
    if case.crime.offence_on and given.on < case.crime.offence_on:
        raise RuleBroken("That is before the day of the offence. Check the date.", field="on")
    dated = {step: one.happened_on for step, one in standing.items()}
    if broken := rules.order_broken(kind, dated, given.step, given.on):
        raise RuleBroken(broken, field="on")
    if shape.choices and given.choice not in shape.choices:
        raise RuleBroken("Choose one of the answers.", field="choice")
    if shape.words_needed and not given.words.strip():
        raise RuleBroken(f"Enter this: {shape.words_label.lower()}.", field="words")
    if len(given.words) > WORDS_AT_MOST:
        raise RuleBroken(f"Use {WORDS_AT_MOST} characters or fewer.", field="words")
    _check_money(kind, given, standing)


def _check_money(
    kind: FactKind, given: StepGiven, standing: Mapping[FactStep, FactStepTaken]
) -> None:
    """No more is paid by order of the court than was ordered."""
    if given.pence is not None and given.pence < 0:
        raise RuleBroken("Enter an amount that is not below zero.", field="pence")
    if kind is not FactKind.COMPENSATION:
        return
    amounts = {step: one.pence for step, one in standing.items()} | {given.step: given.pence}
    ordered, paid = amounts.get(FactStep.ORDERED), amounts.get(FactStep.PAID)
    if ordered is not None and paid is not None and paid > ordered:
        raise RuleBroken(
            f"{Money(paid)} paid is more than the {Money(ordered)} ordered. Check both amounts.",
            field="pence",
        )


def _shape(kind: FactKind, step: FactStep) -> StepShape:
    shape = rules.step_of(kind, step)
    if shape is None:
        raise NotFound
    return shape


def _held(session: Session, case: CaseFile, fact: CaseFact) -> CaseFact:
    """The fact as it is now; the case is held, so nobody else changes it."""
    row = session.get(CaseFact, fact.id, populate_existing=True)
    if row is None or row.case_id != case.id or row.withdrawn_at is not None:
        raise NotFound
    session.refresh(row, ["steps"])
    return row


def _facts_of(session: Session, case_id: int, kind: FactKind) -> list[CaseFact]:
    query = sa.select(CaseFact).where(
        CaseFact.case_id == case_id, CaseFact.kind == kind, CaseFact.withdrawn_at.is_(None)
    )
    return list(session.scalars(query.order_by(CaseFact.id)))


def _same(row: FactStepTaken, given: StepGiven) -> bool:
    held = (row.happened_on, row.choice, row.pence, row.words)
    return held == (given.on, given.choice, given.pence, given.words.strip())


def _windows(fact: CaseFact) -> str:
    return f"window:{fact.kind.value}:{fact.id}:"


def _moment(day: date) -> datetime:
    """A moment of a day of which only the date is known: no later than now."""
    return min(clock.from_london(day, MIDDAY), clock.now())


def _in_words(kind: FactKind, shape: StepShape, step: FactStepTaken) -> str:
    said = [rules.in_words(kind, shape)]
    if step.choice:
        said.append(step.choice.label)
    if step.pence is not None:
        said.append(str(Money(step.pence)))
    return "; ".join(said)

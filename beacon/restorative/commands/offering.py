"""Offers of restorative justice: each step recorded, taken back where it was wrong.

What the police or the youth offending team told the victim meets the duty of the Code in the same
transaction, so that it is not recorded twice.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import time

from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.people import commands as people
from beacon.people.terms import Purpose
from beacon.restorative import queries, rules
from beacon.restorative.commands.checking import WHO_AT_MOST, StepGiven, check_step
from beacon.restorative.commands.ground import pass_block, said
from beacon.restorative.models import RestorativeOffer, RestorativeRuling, RestorativeStep
from beacon.restorative.terms import (
    CENTRE,
    AgeGroup,
    RestorativePermission,
    StepKind,
)

WORK = RestorativePermission.WORK
NOON = time(12)  # of a day of which nobody knows the moment
OFFENDERS_AT_MOST = 20
NOBODY_KNOWN = (
    "No offender is known in this case, so there is nobody to offer it with. Where one is, add the "
    "offender first."
)


def add_offender(
    case: CaseFile, *, who: str, age: AgeGroup = AgeGroup.NOT_KNOWN, actor: Actor
) -> RestorativeOffer:
    """Say that an offender is known, or that there is one more: each is offered apart.

    The same words for the same case make one.
    """
    with transaction() as session:
        row = held_for(case, actor, WORK)
        name = said(who, "who", "Enter which offender this is.", at_most=WHO_AT_MOST)
        held = queries.offers_held(row.id)
        if (same := next((one for one in held if one.who == name), None)) is not None:
            return same
        if len(held) >= OFFENDERS_AT_MOST:
            raise RuleBroken(f"A case has {OFFENDERS_AT_MOST} offenders at most.", field="who")
        cases.know_suspect(row.crime, actor=actor)
        return _start(session, row, actor, number=len(held) + 1, who=name, age=age)


def record_step(
    case: CaseFile, offer: RestorativeOffer | None, given: StepGiven, *, actor: Actor
) -> RestorativeStep:
    """Record one step of an offer, of the first offender where none is named.

    Explaining and referring are refused while an order or a live risk blocks them. A form that was
    sent twice records one step.
    """
    with transaction() as session:
        row = held_for(case, actor, WORK)
        held = _held_or_started(session, row, offer, actor)
        check_step(held, given)
        if (same := _sent_before(held, given)) is not None:
            return same
        if given.kind is StepKind.REFERRED:
            people.ask_consent(row.victim, Purpose.REFER_ON, given.who.strip() or CENTRE)
        ruling = pass_block(row.id) if given.kind.is_offer else None
        if given.age is not None:
            held.age = given.age
        step = _write(session, held, given, actor, ruling)
        if given.kind is StepKind.INFORMED:
            _meet_duty(row, given, actor)
        return step


def take_step_back(
    case: CaseFile, step: RestorativeStep, *, reason: str, actor: Actor
) -> RestorativeStep:
    """Take back what was recorded by mistake: it stays in the history and counts no more.

    A duty of the Code that it met stays met; it is put right on the page of the case.
    """
    with transaction() as session:
        row = held_for(case, actor, WORK)
        taken = session.get(RestorativeStep, step.id)
        if taken is None or taken.case_id != row.id:
            raise NotFound
        held = session.get_one(RestorativeOffer, taken.offer_id, populate_existing=True)
        if taken.id not in {one.id for one in rules.that_stand(queries.steps_held(held.id))}:
            raise RuleBroken("This has already been taken back.")
        why = said(reason, "reason", "Enter why it is taken back.", at_most=500)
        made = RestorativeStep(
            offer_id=held.id,
            case_id=row.id,
            kind=StepKind.TAKEN_BACK,
            happened_on=clock.today(),
            takes_back_id=taken.id,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.words = why
        session.add(made)
        _stand(session, held)
        audit.record("restorative.taken_back", held, actor, case_id=row.id, kind=taken.kind.value)
        words = f"taken back, {taken.kind.label.lower()} ({why})"
        cases.keep_history(row.id, TimelineEvent.RESTORATIVE, actor, words=words)
        return made


def note_referral(case: CaseFile, agency: str, actor: Actor) -> None:
    """A case is sent to a service for restorative justice: refused where it is blocked.

    Called in the transaction of the sending, which has asked for the consent.
    """
    with transaction() as session:
        ruling = pass_block(case.id)
        offers = queries.offers_held(case.id)
        if not offers and not queries.has_known_offender(case.crime_id):
            return  # nobody to bring together: what else the service does is not ours to count
        held = offers[0] if offers else _start(session, case, actor, number=1)
        given = StepGiven(kind=StepKind.REFERRED, on=clock.today(), who=agency)
        _write(session, held, given, actor, ruling)


def _held_or_started(
    session: Session, case: CaseFile, offer: RestorativeOffer | None, actor: Actor
) -> RestorativeOffer:
    if offer is not None:
        held = session.get(RestorativeOffer, offer.id, populate_existing=True)
        if held is None or held.case_id != case.id:
            raise NotFound
        return held
    offers = queries.offers_held(case.id)
    if offers:
        return offers[0]
    if not queries.has_known_offender(case.crime_id):
        raise RuleBroken(NOBODY_KNOWN)
    return _start(session, case, actor, number=1)


def _start(
    session: Session,
    case: CaseFile,
    actor: Actor,
    *,
    number: int,
    who: str = "",
    age: AgeGroup = AgeGroup.NOT_KNOWN,
) -> RestorativeOffer:
    made = RestorativeOffer(case_id=case.id, number=number, age=age)
    made.who = who
    session.add(made)
    session.flush()
    audit.record(
        "restorative.started", made, actor, operation=Operation.COLLECTION, case_id=case.id
    )
    return made


def _sent_before(held: RestorativeOffer, given: StepGiven) -> RestorativeStep | None:
    """The newest step of its kind, where it says the same."""
    alike = [s for s in rules.that_stand(queries.steps_held(held.id)) if s.kind is given.kind]
    if not alike:
        return None
    last = alike[-1]
    assert isinstance(last, RestorativeStep)
    mine = (last.happened_on, last.how, last.informed_by, last.answer, last.ask_on)
    more = (last.outcome, last.satisfaction, last.who or "", last.words or "")
    sent = (given.on, given.how, given.informed_by, given.answer, given.ask_on)
    rest = (given.outcome, given.satisfaction, given.who.strip(), given.words.strip())
    return last if (mine, more) == (sent, rest) else None


def _write(
    session: Session,
    held: RestorativeOffer,
    given: StepGiven,
    actor: Actor,
    ruling: RestorativeRuling | None,
) -> RestorativeStep:
    step = RestorativeStep(
        offer_id=held.id,
        case_id=held.case_id,
        kind=given.kind,
        happened_on=given.on,
        how=given.how,
        informed_by=given.informed_by,
        answer=given.answer,
        ask_on=given.ask_on,
        outcome=given.outcome,
        satisfaction=given.satisfaction,
        ruling_id=ruling.id if ruling else None,
        by_id=actor.id,
        by_name=actor.name,
    )
    step.who, step.words = given.who.strip(), given.words.strip()
    session.add(step)
    _stand(session, held)
    audit.record(
        f"restorative.{given.kind.value}",
        held,
        actor,
        case_id=held.case_id,
        ruling_id=ruling.id if ruling else None,
    )
    words = ", ".join(part for part in (given.kind.label.lower(), _in_words(given)) if part)
    cases.keep_history(held.case_id, TimelineEvent.RESTORATIVE, actor, words=words)
    return step


def _stand(session: Session, held: RestorativeOffer) -> None:
    """Write on the offer where its steps have left it."""
    session.flush()
    for name, value in asdict(rules.state_of(queries.steps_held(held.id))).items():
        setattr(held, name, value)
    held.version += 1
    session.flush()


def _in_words(given: StepGiven) -> str:
    told = given.informed_by or given.answer or given.outcome or given.satisfaction
    return told.label.lower() if told else given.who.strip()


def _meet_duty(case: CaseFile, given: StepGiven, actor: Actor) -> None:
    """What the Code promises is met by the same information (R3_RJ)."""
    assert given.how is not None, "_check_informed() has looked"
    at = min(clock.now(), clock.from_london(given.on, NOON))
    for duty in queries.information_owed(case.id):
        cases.tell_victim(case, duty, at=at, channel=given.how, actor=actor)

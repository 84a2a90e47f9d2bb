"""Recording an attempt to reach a fraud victim, and deciding how the row leaves the list.

One row at a time: nothing here takes more than one case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases import queries as casework
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, CaseTask, ContactLog
from beacon.cases.terms import ContactOutcome, CrimeKind, TaskKind, TimelineEvent
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import queries, rules
from beacon.fraud_hub.models import FraudDecision
from beacon.fraud_hub.standards import TRIES
from beacon.fraud_hub.terms import Asked, Decision, FraudPermission
from beacon.people.queries import ContactCard
from beacon.people.terms import Safe

REASON_AT_MOST, NAME_AT_MOST = 2_000, 200
STALE = "Somebody else has logged a contact with them meanwhile. Read it, then save this again."
URGENT = (TaskKind.FRAUD_SAME_DAY, TaskKind.RING_AGAIN)  # done once they are spoken with


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt to reach the victim, as whoever made it tells it."""

    channel: Channel
    outcome: ContactOutcome
    at: datetime
    notes: str = ""
    asked: Asked | None = None
    again_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionGiven:
    """How the row leaves the list, and why."""

    decision: Decision
    reason: str
    handed_to: str = ""


def record_attempt(case: CaseFile, attempt: Attempt, *, seen: int, actor: Actor) -> ContactLog:
    """Record one attempt as a contact of the case, and the day of the next.

    ``seen`` is the newest contact that the page showed. A way that is not known to be safe is
    refused, unless it was asked first (domain.md RULE 7.1). Who was not reached is tried again, on
    the day that is given or on the next working day, until the hub has tried as often as it does.
    """
    with transaction() as session:
        row = _held_fraud(case, actor)
        if (same := _made_before(row.id, attempt, actor)) is not None:
            return same
        if queries.newest_contact(row.id) != seen:
            raise Stale(STALE)
        card = queries.card_of(actor, row)
        _check_way(attempt, card)
        contact = cases.log_contact(
            row,
            channel=attempt.channel,
            outcome=attempt.outcome,
            notes=_notes(attempt),
            at=attempt.at,
            actor=actor,
        )
        session.flush()
        _settle(row, contact, attempt, card, actor)
        audit.record(
            "fraud.attempt_recorded",
            contact,
            actor,
            case_id=row.id,
            came_of_it=attempt.outcome.value,
        )
        return contact


def decide(case: CaseFile, given: DecisionGiven, *, seen: int, actor: Actor) -> FraudDecision:
    """Decide of one row how it leaves the list; the attempt before it is named in the decision.

    A later decision takes the place of an earlier one, which stays in the history.
    """
    with transaction() as session:
        row = _held_fraud(case, actor)
        newest = queries.newest_contact(row.id)
        if newest != seen:
            raise Stale(STALE)
        reason = given.reason.strip()
        _check_words(given, reason)
        tried = queries.tried_of(row, queries.card_of(actor, row))
        if why := rules.why_not_decided(given.decision, tried, at_most=settings.count(TRIES)):
            raise RuleBroken(why, field="decision")
        now, before = clock.now(), queries.standing_decision(row.id)
        if before is not None:
            before.replaced_at = now
            session.flush()
        made = FraudDecision(
            case_id=row.id,
            contact_id=newest,
            decision=given.decision,
            decided_at=now,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.reason, made.handed_to = reason, given.handed_to.strip()
        session.add(made)
        session.flush()
        _finish(row.id, (*URGENT, TaskKind.FRAUD_RECOVERY), actor)
        audit.record("fraud.decided", made, actor, case_id=row.id, decision=given.decision.value)
        keep_history(
            row.id,
            TimelineEvent.PAPER,
            actor,
            words=f"decided in the fraud hub: {given.decision.label.lower()}",
        )
        return made


def _held_fraud(case: CaseFile, actor: Actor) -> CaseFile:
    row = held_for(case, actor, FraudPermission.CONTACT)
    if row.crime.kind is not CrimeKind.FRAUD:
        raise NotFound
    return row


def _check_way(attempt: Attempt, card: ContactCard) -> None:
    talked = attempt.channel in rules.TALKED  # a video call is heard as far as any other
    way = Channel.PHONE if talked else attempt.channel
    caution = casework.cautions(card).get(way, "")
    numbers = [one for one in card.points if one.is_number and not one.retired]
    no_call = bool(numbers) and all(one.safe is Safe.NO or one.is_not_to_be_rung for one in numbers)
    why = rules.why_not_tried(
        attempt.channel,
        attempt.outcome,
        caution=caution,
        refused=card.overall is Safe.NO or (talked and no_call),
        voicemail_ok=any(one.may_be_rung and one.voicemail_ok is Safe.YES for one in numbers),
        asked=attempt.asked,
    )
    if why:
        raise RuleBroken(why, field="asked" if "asking" in why else "channel")


def _settle(
    case: CaseFile, contact: ContactLog, attempt: Attempt, card: ContactCard, actor: Actor
) -> None:
    """Take off what this attempt was, and ask for the next, where there is to be one."""
    row = queries.row_of(actor, case.id)
    urgent = row is not None and row.same_day
    spoken = attempt.outcome is ContactOutcome.SPOKE
    _finish(case.id, URGENT if spoken else (TaskKind.RING_AGAIN,), actor)
    again = attempt.again_on
    if again is None and not spoken:
        tried = queries.tried_of(case, card)
        if tried.unanswered < settings.count(TRIES):
            today = clock.today()
            again = rules.next_try_on(clock.london_day(attempt.at), same_day=urgent, today=today)
    if again is None:
        return
    if why := rules.why_not_then(again, same_day=urgent and not spoken, today=clock.today()):
        raise RuleBroken(why, field="again_on")
    cases.add_task(
        case.id,
        kind=TaskKind.RING_AGAIN,
        about=f"after:{contact.id}",
        due_on=again,
        actor=actor,
    )


def _finish(case_id: int, kinds: tuple[TaskKind, ...], actor: Actor) -> None:
    with transaction() as session:
        session.flush()
        waiting = session.scalars(
            sa.select(CaseTask)
            .where(
                CaseTask.case_id == case_id,
                CaseTask.kind.in_(kinds),
                CaseTask.done_at.is_(None),
            )
            .order_by(CaseTask.id)
        ).all()
        for task in waiting:
            cases.finish_task(task, actor=actor)


def _notes(attempt: Attempt) -> str:
    """What was said, after what came of asking whether the call is safe."""
    asked = f"{attempt.asked.label}." if attempt.asked else ""
    return "\n".join(part for part in (asked, attempt.notes.strip()) if part)


def _made_before(case_id: int, attempt: Attempt, actor: Actor) -> ContactLog | None:
    """The contact that this form has made already, where it was sent twice."""
    query = sa.select(ContactLog).where(
        ContactLog.case_id == case_id,
        ContactLog.happened_at == attempt.at,
        ContactLog.channel == attempt.channel,
        ContactLog.outcome == attempt.outcome,
        ContactLog.by_id == actor.id,
    )
    return next((one for one in db.session.scalars(query) if one.notes == _notes(attempt)), None)


def _check_words(given: DecisionGiven, reason: str) -> None:
    if not reason:
        raise RuleBroken("Enter why.", field="reason")
    if len(reason) > REASON_AT_MOST:
        raise RuleBroken(f"The reason must be {REASON_AT_MOST} characters or fewer.", "reason")
    handed_to = given.handed_to.strip()
    if given.decision is Decision.HANDED_ON and not handed_to:
        raise RuleBroken("Enter to whom it is handed on.", field="handed_to")
    if given.decision is not Decision.HANDED_ON and handed_to:
        raise RuleBroken("Only what is handed on goes to somebody.", field="handed_to")
    if len(handed_to) > NAME_AT_MOST:
        raise RuleBroken(f"The name must be {NAME_AT_MOST} characters or fewer.", "handed_to")

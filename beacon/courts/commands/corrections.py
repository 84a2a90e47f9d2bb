"""Corrections: one text at most where what a defendant was told is no longer true.

Asked often, as everything is: the facts that were told are compared with those that hold now, and
again in the claim (domain.md RULE 5.4, peers.md C13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.core.sealed import blind_index
from beacon.courts.commands.guard import check_number
from beacon.courts.commands.told import write_told
from beacon.courts.models import Hearing
from beacon.courts.queries.courts import hearing_types
from beacon.courts.queries.reminders import (
    barred_elsewhere,
    facts_of,
    reminder_times,
    texts_for,
    verified_for,
)
from beacon.courts.queries.told import (
    Reminded,
    has_another,
    reminded,
    reminded_since,
    true_now,
    where_and_when,
)
from beacon.courts.queries.wording import not_going_ahead, rescheduled
from beacon.courts.rules import Window, begins, correction_window, may_be_corrected, useful_until
from beacon.courts.terms import CORRECTION, NotTexted
from beacon.notify import outbox
from beacon.notify.messages import Defendant as ForDefendant
from beacon.notify.messages import Message, Recipient
from beacon.notify.register import About, Recheck, each, register_recheck
from beacon.numbers.terms import Held


@dataclass(frozen=True)
class Correction:
    """What is to be sent because one reminder is no longer true."""

    body: Message[ForDefendant]
    mobile: Phone
    window: Window
    hearing: Hearing | None  # to which they must come; none: it is not going ahead


def plan_corrections(*, actor: Actor) -> int:
    """Plan a correction for each reminder that is no longer true; how many were planned."""
    return sum(_correct(about_id, on, actor) for about_id, on in reminded_since(clock.today()))


def _correct(about_id: int, on: date, actor: Actor) -> int:
    with transaction() as session:
        told = reminded(session, about_id, on)
        if told is None or told.is_corrected or _is_over(told, clock.now()):
            return 0
        found = _judged(session, told, actor)
        if isinstance(found, Correction):
            return int(_plan(found, told, actor))
        is_known = bool(texts_for([about_id], on, kind=CORRECTION))
        if is_known or found is not NotTexted.NOTHING_TO_CORRECT:
            _hold_back(found, told, actor)
        return 0


def _plan(found: Correction, told: Reminded, actor: Actor) -> bool:
    try:
        text = outbox.plan(
            kind=CORRECTION,
            about_id=told.about_id,
            on=told.on_day,
            recipient=Recipient(ForDefendant, found.mobile),
            body=found.body,
            send_after=found.window.opens,
            expires_at=found.window.closes,
            actor=actor,
        )
    except RuleBroken:
        _hold_back(NotTexted.WORDS, told, actor)
        return False
    return text is not None and text.is_waiting


def _hold_back(reason: NotTexted, told: Reminded, actor: Actor) -> None:
    outbox.suppress(
        kind=CORRECTION, about_id=told.about_id, on=told.on_day, reason=reason, actor=actor
    )


def _judged(session: Session, told: Reminded, actor: Actor) -> Correction | NotTexted:
    """Compare what the reminder said with what is true now, and say what follows."""
    hearing, at = true_now(session, told), clock.now()
    if where_and_when(hearing) == told.said:
        return NotTexted.NOTHING_TO_CORRECT
    if reason := _forbidden(session, told, hearing, actor):
        return reason
    told_at = _begins_as(told)
    true_at = begins(hearing.held_on, hearing.starts_at) if hearing and hearing.starts_at else None
    until = useful_until(told_at, true_at) if told_at else at
    window = correction_window(until, reminder_times(), at=at)
    if window is None:
        return NotTexted.TOO_LATE
    mobile = Phone.parse(told.hearing.defendant.mobile)
    return Correction(_words(told, hearing, window.leaves_on), mobile, window, hearing)


def _forbidden(
    session: Session, told: Reminded, hearing: Hearing | None, actor: Actor
) -> NotTexted | None:
    """Why this person may not be texted of the change."""
    subject = hearing or told.hearing
    facts = facts_of(subject, hearing_types())
    reason = may_be_corrected(
        facts, goes_ahead=hearing is not None, at=clock.now(), verified_for=verified_for()
    )
    person = told.hearing.defendant
    elsewhere = barred_elsewhere([told.hearing], clock.today())
    reason = reason or elsewhere.get((person.name_key, person.date_of_birth))
    if reason:
        return reason
    if blind_index("phone", Phone.parse(person.mobile).e164) != told.to_index:
        return NotTexted.NUMBER_CHANGED
    if hearing is None and has_another(session, told):
        return NotTexted.OTHER_HEARING
    held = check_number(person, actor=actor)
    return None if held is Held.NONE else NotTexted.VICTIM_NUMBER


def _words(told: Reminded, hearing: Hearing | None, sent_on: date) -> Message[ForDefendant]:
    if hearing is None:
        return not_going_ahead(told.hearing.defendant, told.court.name, told_day=told.on_day)
    return rescheduled(hearing, told_day=told.on_day, sent_on=sent_on)


def _begins_as(told: Reminded) -> datetime | None:
    said = told.said
    return begins(said.held_on, said.starts_at) if said.held_on and said.starts_at else None


def _is_over(told: Reminded, at: datetime) -> bool:
    """Whether the moment that was told has come, so that nobody can be told in time."""
    told_at = _begins_as(told)
    return told_at is None or told_at <= at


def recheck_correction(session: Session, about_id: int, on: date) -> Recheck:
    """Ask again, inside the claim: is it still untrue? What is true now is what leaves."""
    told = reminded(session, about_id, on)
    if told is None:
        return Recheck.cancel(NotTexted.NOTHING_TO_CORRECT)
    found = _judged(session, told, machine("send-texts"))
    if found is NotTexted.NOTHING_TO_CORRECT:
        return Recheck.cancel(found)
    if not isinstance(found, Correction):
        return Recheck.suppress(found)
    says = where_and_when(found.hearing)
    write_told(session, CORRECTION, {About(about_id, on): (told.hearing.id, says)})
    return Recheck.send(found.body, found.mobile, until=found.window.closes)


register_recheck(CORRECTION, each(recheck_correction), reasons=NotTexted)

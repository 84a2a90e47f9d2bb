"""What is done for a claim between the asking and the end: calls, stopped clocks, the ombudsman."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.fraud_hub import rules
from beacon.fraud_hub.commands.claims import Said, held_claim, say
from beacon.fraud_hub.commands.once import not_yet
from beacon.fraud_hub.commands.warnings import keep_warnings
from beacon.fraud_hub.models import BankClaim, ClaimEvent
from beacon.fraud_hub.terms import (
    DECISIONS,
    Channel,
    ClaimStatus,
    EventKind,
    OmbudsmanStep,
)

OVER = "This claim is over. Log a new one if something has changed."


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """One call, letter or meeting about a claim: who was spoken to, what was said, what is next."""

    channel: Channel
    on: date
    words: str
    spoke_to: str = ""
    next_step: str = ""
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OmbudsmanFacts:
    """A complaint taken to the ombudsman, or decided there."""

    step: OmbudsmanStep
    on: date
    reference: str = ""
    words: str = ""


def log_contact(claim: BankClaim, facts: ContactFacts, *, token: str, actor: Actor) -> ClaimEvent:
    """Write a call, a letter or a meeting into the log of a claim, also after its end."""
    with transaction() as session:
        row = held_claim(claim)
        before = session.scalar(sa.select(ClaimEvent).where(ClaimEvent.token == token))
        if before is not None and before.claim_id == row.id:
            return before
        if before is not None or not token:
            raise RuleBroken("Open this page again, and enter it once more.")
        _check_contact(row, facts)
        said = Said(
            kind=EventKind.SPOKE,
            on=facts.on,
            words=facts.words,
            channel=facts.channel,
            spoke_to=facts.spoke_to,
            next_step=facts.next_step,
            next_on=facts.next_on,
            token=token,
        )
        event = say(row, said, actor)
        audit.record("fraud.claim_contact", row, actor, case_id=row.case_id)
        keep_warnings(row.case_id, actor=actor)
        return event


def stop_clock(claim: BankClaim, *, on: date, words: str, actor: Actor) -> None:
    """The firm waits for something that it has asked for; its very last day does not move."""
    with transaction():
        row = _live(claim)
        if not rules.TERMS[row.scheme].may_stop or row.status is not ClaimStatus.CLAIMED:
            raise RuleBroken("Only a claim under the PSR’s rules that waits can be stopped.")
        if row.stopped_on is not None:
            raise RuleBroken("Its clock stands still already. Write down when it runs again.")
        if not words.strip():
            raise RuleBroken("Enter what the firm asks for.", field="words")
        _on_a_day(row, on)
        row.stopped_on = on
        _done(row, Said(kind=EventKind.STOPPED, on=on, words=words), "fraud.claim_stopped", actor)


def resume_clock(claim: BankClaim, *, on: date, words: str, actor: Actor) -> None:
    """The firm has what it asked for: the days for which it waited are added (domain.md 4.8)."""
    with transaction():
        row = _live(claim)
        if row.stopped_on is None:
            raise RuleBroken("Its clock runs. Look at the claim again.")
        not_yet(on, "on")
        if on < row.stopped_on:
            raise RuleBroken("It cannot run again before it was stopped.", field="on")
        row.stopped_days += rules.days_stopped(row.stopped_on, on)
        row.stopped_on = None
        expected = rules.replies(row.scheme, row.made_on, stopped_days=row.stopped_days)
        row.reply_expected_on = expected.expected_on
        _done(row, Said(kind=EventKind.RESUMED, on=on, words=words), "fraud.claim_resumed", actor)


def to_ombudsman(claim: BankClaim, facts: OmbudsmanFacts, *, actor: Actor) -> None:
    """Write down that the complaint went to the ombudsman, or what was decided there."""
    with transaction():
        row = _live(claim)
        not_yet(facts.on, "on")
        if facts.step is OmbudsmanStep.SENT:
            _check_sending(row, facts)
            row.ombudsman_on = facts.on
        elif facts.step not in DECISIONS or row.ombudsman_step is not OmbudsmanStep.SENT:
            raise RuleBroken("First write down that it went to the ombudsman.", field="step")
        elif row.ombudsman_on is not None and facts.on < row.ombudsman_on:
            raise RuleBroken("It cannot be decided before it was sent.", field="on")
        row.ombudsman_step = facts.step
        if facts.reference.strip():
            row.ombudsman_reference = facts.reference.strip()
        is_sent = facts.step is OmbudsmanStep.SENT
        kind = EventKind.OMBUDSMAN if is_sent else EventKind.DECIDED
        words = facts.words if is_sent else f"{facts.step.label}. {facts.words}"
        _done(row, Said(kind=kind, on=facts.on, words=words), "fraud.claim_ombudsman", actor)


def end_claim(claim: BankClaim, *, because: str, actor: Actor) -> None:
    """Take an answered claim no further; nothing warns of it any more."""
    with transaction():
        row = _live(claim)
        if row.status.awaits_a_reply:
            raise RuleBroken("The firm still owes an answer. Write down the answer first.")
        if not because.strip():
            raise RuleBroken("Enter why it is taken no further.", field="reason")
        row.ended_on = clock.today()
        said = Said(kind=EventKind.ENDED, on=row.ended_on, words=because)
        _done(row, said, "fraud.claim_ended", actor)


def _done(row: BankClaim, said: Said, action: str, actor: Actor) -> None:
    say(row, said, actor)
    audit.record(action, row, actor, case_id=row.case_id)
    keep_warnings(row.case_id, actor=actor)


def _live(claim: BankClaim) -> BankClaim:
    row = held_claim(claim)
    if not row.is_live:
        raise RuleBroken(OVER)
    return row


def _on_a_day(row: BankClaim, on: date) -> None:
    not_yet(on, "on")
    if on < row.made_on:
        raise RuleBroken("The date cannot be earlier than the claim.", field="on")


def _check_contact(row: BankClaim, facts: ContactFacts) -> None:
    _on_a_day(row, facts.on)
    if not facts.words.strip():
        raise RuleBroken("Enter what was said.", field="words")
    if bool(facts.next_step.strip()) != (facts.next_on is not None):
        raise RuleBroken(
            "Enter the next step together with its date, or neither.",
            field="next_on" if facts.next_on is None else "next_step",
        )
    if facts.next_on is not None and facts.next_on < facts.on:
        raise RuleBroken("The next step cannot be before this.", field="next_on")


def _check_sending(row: BankClaim, facts: OmbudsmanFacts) -> None:
    if row.ombudsman_step is not None:
        raise RuleBroken("It went to the ombudsman already.", field="step")
    first = rules.ombudsman_from(
        row.scheme,
        final_response_on=row.final_response_on,
        complained_on=row.complained_on,
    )
    if first is None:
        raise RuleBroken(
            "The ombudsman takes it after the firm’s final response. Complain to the firm first.",
            field="on",
        )
    if facts.on < first:
        day = rules.written_day(first)
        raise RuleBroken(f"The ombudsman takes it from {day}. Check the date.", field="on")
    is_late = row.ombudsman_by is not None and facts.on > row.ombudsman_by
    if is_late and not facts.words.strip():
        raise RuleBroken(
            "The six months are over. Enter why the ombudsman should still take it.", field="words"
        )

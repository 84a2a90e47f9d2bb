"""Claiming a payment back from a firm, and writing down what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.money import Money
from beacon.fraud_hub import rules
from beacon.fraud_hub.commands.losses import received_of, recovered_of
from beacon.fraud_hub.commands.once import held_case, held_loss, made_before, not_yet, something
from beacon.fraud_hub.commands.warnings import keep_warnings
from beacon.fraud_hub.models import BankClaim, BankContact, ClaimEvent, Loss
from beacon.fraud_hub.terms import (
    ANSWERS,
    AWAITING,
    Channel,
    ClaimStatus,
    EventKind,
    RefusalGround,
    Scheme,
)

LIVE = AWAITING | {ClaimStatus.AGREED}
# From which standing each answer may come.
MAY_FOLLOW: dict[ClaimStatus, frozenset[ClaimStatus]] = {
    ClaimStatus.AGREED: AWAITING,
    ClaimStatus.REFUSED: AWAITING,
    ClaimStatus.APPEALED: frozenset(
        {ClaimStatus.AGREED, ClaimStatus.REFUSED, ClaimStatus.RECEIVED}
    ),
}
# After these the step that was named before is done, or is not wanted any more.
SETTLES_NEXT = frozenset({EventKind.SPOKE, EventKind.ENDED})
EVENTS = {
    ClaimStatus.AGREED: EventKind.AGREED,
    ClaimStatus.REFUSED: EventKind.REFUSED,
    ClaimStatus.APPEALED: EventKind.APPEALED,
}


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """A claim to a firm for one payment; the firm by its place in the directory, or by its name."""

    loss_id: int | None
    made_on: date
    amount_pence: int
    firm: str = ""
    bank_id: int | None = None
    late_because: str = ""  # why it was made after its last day


@dataclass(frozen=True, kw_only=True)
class ReplyFacts:
    """What the firm answered and on which ground, or that its answer was appealed."""

    answer: ClaimStatus
    on: date
    agreed_pence: int | None = None
    ground: RefusalGround | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One line for the log of a claim."""

    kind: EventKind
    on: date
    words: str = ""
    channel: Channel | None = None
    spoke_to: str = ""
    next_step: str = ""
    next_on: date | None = None
    letter_id: int | None = None
    token: str | None = None


def record_claim(case: CaseFile, facts: ClaimFacts, *, token: str, actor: Actor) -> BankClaim:
    """Log a claim, with the days on which an answer is expected and due (domain.md RULE 4.6)."""
    with transaction() as session:
        held = held_case(case)
        before = made_before(BankClaim, held, token)
        if before is not None:
            return before
        loss = held_loss(held, facts.loss_id)
        bank = _bank(facts.bank_id)
        is_late = _check_claim(loss, facts)
        expected = rules.replies(loss.scheme, facts.made_on)
        claim = BankClaim(
            case_id=held.id,
            loss_id=loss.id,
            scheme=loss.scheme,
            made_on=facts.made_on,
            amount_pence=facts.amount_pence,
            bank_id=bank.id if bank else None,
            reply_expected_on=expected.expected_on,
            final_reply_on=expected.final_on,
            logged_by_id=actor.id,
            logged_by_name=actor.name,
            token=token,
        )
        claim.firm = facts.firm or (bank.name if bank else "")
        claim.late_because = facts.late_because.strip() if is_late else ""
        session.add(claim)
        audit.record(
            "fraud.claim_logged",
            claim,
            actor,
            operation=Operation.COLLECTION,
            case_id=held.id,
            loss_id=loss.id,
        )
        say(claim, Said(kind=EventKind.CLAIMED, on=facts.made_on, words=claim.late_because), actor)
        keep_warnings(held.id, actor=actor)
        return claim


def record_reply(claim: BankClaim, facts: ReplyFacts, *, actor: Actor) -> BankClaim:
    """Write down a firm's answer, or an appeal; only money received will count (domain.md 4.9).

    The six months for the ombudsman run from the first final response: neither an appeal nor a
    second refusal is taken to begin them anew, which is the stricter reading.
    """
    with transaction():
        row = held_claim(claim)
        _check_reply(row, facts)
        row.status, row.replied_on = facts.answer, facts.on
        if row.stopped_on is not None:
            row.stopped_days += rules.days_stopped(row.stopped_on, facts.on)
            row.stopped_on = None
        if facts.answer is ClaimStatus.APPEALED:
            row.complained_on = facts.on
            expected = rules.complaint_replies(row.scheme, facts.on)
            row.reply_expected_on, row.final_reply_on = expected.expected_on, expected.final_on
        else:
            row.agreed_pence = facts.agreed_pence if facts.answer is ClaimStatus.AGREED else None
            row.final_response_on = row.final_response_on or facts.on
            row.ombudsman_by = rules.ombudsman_by(row.final_response_on)
        if facts.answer is ClaimStatus.AGREED and is_paid(row):
            row.status = ClaimStatus.RECEIVED
        if facts.answer is ClaimStatus.REFUSED:
            row.refusal_ground = facts.ground or RefusalGround.NONE_GIVEN
        audit.record(
            "fraud.claim_answered", row, actor, case_id=row.case_id, answer=facts.answer.value
        )
        say(row, Said(kind=EVENTS[facts.answer], on=facts.on, words=facts.words), actor)
        keep_warnings(row.case_id, actor=actor)
        return row


def is_paid(claim: BankClaim) -> bool:
    """Whether its money reaches what was agreed; what was claimed, where nothing is agreed or the
    answer is appealed."""
    agreed = None if claim.status is ClaimStatus.APPEALED else claim.agreed_pence
    return received_of(claim.id) >= (agreed or claim.amount_pence)


def held_claim(claim: BankClaim) -> BankClaim:
    """The claim as it is now, under the lock of its case."""
    session = db.session()
    held_case(session.get_one(CaseFile, claim.case_id))
    row = session.get(BankClaim, claim.id, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def say(claim: BankClaim, said: Said, actor: Actor) -> ClaimEvent:
    """Write one line into the log of a claim; the last next step that it names is what counts."""
    session = db.session()
    session.flush()
    event = ClaimEvent(
        case_id=claim.case_id,
        claim_id=claim.id,
        kind=said.kind,
        channel=said.channel,
        happened_on=said.on,
        next_on=said.next_on,
        letter_id=said.letter_id,
        by_id=actor.id,
        by_name=actor.name,
        token=said.token,
    )
    event.words, event.spoke_to = said.words.strip(), said.spoke_to.strip()
    event.next_step = said.next_step.strip()
    if said.next_on is not None or said.kind in SETTLES_NEXT:
        claim.next_on = said.next_on
    session.add(event)
    return event


def _bank(bank_id: int | None) -> BankContact | None:
    if bank_id is None:
        return None
    bank = db.session.get(BankContact, bank_id)
    if bank is None or not bank.is_active:
        raise RuleBroken("Choose a firm of the directory, or enter another.", field="bank")
    return bank


def _check_claim(loss: Loss, facts: ClaimFacts) -> bool:
    """Refuse what cannot be claimed; whether it comes after its last day, with a reason."""
    something(facts.amount_pence)
    not_yet(facts.made_on, "made_on")
    if facts.made_on < loss.paid_on:
        raise RuleBroken("The claim cannot be earlier than the payment.", field="made_on")
    last_on = rules.claim_by(loss.scheme, _last_paid_on(loss))
    is_late = last_on is not None and facts.made_on > last_on
    if last_on is not None and is_late and not facts.late_because.strip():
        raise RuleBroken(
            f"The last day to claim this payment was {rules.written_day(last_on)}. "
            "Enter why the firm should still look at it, such as that it agreed to.",
            field="late_because",
        )
    left = loss.amount_pence - recovered_of(loss.id) - _still_claimed(loss)
    if facts.amount_pence > left:
        raise RuleBroken(
            f"Only {Money(max(left, 0))} of this payment is neither claimed nor back.",
            field="amount",
        )
    return is_late


def _still_claimed(loss: Loss) -> int:
    """What the live claims for a payment ask that has not come for them."""
    live = db.session.scalars(
        sa.select(BankClaim).where(
            BankClaim.loss_id == loss.id,
            BankClaim.status.in_(LIVE),
            BankClaim.ended_on.is_(None),
        )
    )
    return sum(max(one.amount_pence - received_of(one.id), 0) for one in live)


def _last_paid_on(loss: Loss) -> date:
    """The 13 months of the PSR run from the last payment of the fraud, other times from each."""
    if loss.scheme is not Scheme.PSR:
        return loss.paid_on
    last = sa.select(sa.func.max(Loss.paid_on)).where(
        Loss.case_id == loss.case_id, Loss.scheme == loss.scheme, Loss.withdrawn_at.is_(None)
    )
    return db.session.scalar(last) or loss.paid_on


def _check_reply(claim: BankClaim, facts: ReplyFacts) -> None:
    if facts.answer not in ANSWERS:
        raise RuleBroken("Choose what happened.", field="answer")
    if claim.ended_on is not None:
        raise RuleBroken("This claim is taken no further. Log a new one.", field="answer")
    if claim.status not in MAY_FOLLOW[facts.answer] or not claim.may_be_answered:
        raise RuleBroken(
            f"This claim stands at “{claim.status.label}”, so that cannot follow.", field="answer"
        )
    not_yet(facts.on, "on")
    before = max(filter(None, (claim.replied_on, claim.stopped_on, claim.made_on)))
    if facts.on < before:
        raise RuleBroken("The date cannot be earlier than what went before.", field="on")
    if facts.answer is not ClaimStatus.AGREED:
        return
    if not facts.agreed_pence:
        raise RuleBroken("Enter the amount that was agreed.", field="agreed")
    if facts.agreed_pence > claim.amount_pence:
        raise RuleBroken(
            f"The amount agreed cannot be more than the {Money(claim.amount_pence)} claimed.",
            field="agreed",
        )

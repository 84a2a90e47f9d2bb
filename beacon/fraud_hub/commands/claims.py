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
from beacon.fraud_hub.commands.losses import recovered_of
from beacon.fraud_hub.commands.once import held_case, held_loss, made_before, not_yet, something
from beacon.fraud_hub.models import BankClaim, Loss
from beacon.fraud_hub.rules import appeal_expected_on, ombudsman_by, replies
from beacon.fraud_hub.terms import ANSWERS, AWAITING, ClaimStatus

LIVE = AWAITING | {ClaimStatus.AGREED}
# From which standing each answer may come.
MAY_FOLLOW: dict[ClaimStatus, frozenset[ClaimStatus]] = {
    ClaimStatus.AGREED: AWAITING,
    ClaimStatus.REFUSED: AWAITING,
    ClaimStatus.APPEALED: frozenset({ClaimStatus.AGREED, ClaimStatus.REFUSED}),
}


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """A claim to a firm for one payment."""

    loss_id: int | None
    made_on: date
    amount_pence: int
    firm: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyFacts:
    """What the firm answered, or that its answer was appealed."""

    answer: ClaimStatus
    on: date
    agreed_pence: int | None = None


def record_claim(case: CaseFile, facts: ClaimFacts, *, token: str, actor: Actor) -> BankClaim:
    """Log a claim, with the days on which an answer is expected and due (domain.md RULE 4.6)."""
    with transaction() as session:
        held = held_case(case)
        before = made_before(BankClaim, held, token)
        if before is not None:
            return before
        loss = held_loss(held, facts.loss_id)
        _check_claim(loss, facts)
        expected = replies(loss.scheme, facts.made_on)
        claim = BankClaim(
            case_id=held.id,
            loss_id=loss.id,
            scheme=loss.scheme,
            made_on=facts.made_on,
            amount_pence=facts.amount_pence,
            reply_expected_on=expected.expected_on,
            final_reply_on=expected.final_on,
            logged_by_id=actor.id,
            logged_by_name=actor.name,
            token=token,
        )
        claim.firm = facts.firm
        session.add(claim)
        audit.record(
            "fraud.claim_logged",
            claim,
            actor,
            operation=Operation.COLLECTION,
            case_id=held.id,
            loss_id=loss.id,
        )
        return claim


def record_reply(claim: BankClaim, facts: ReplyFacts, *, actor: Actor) -> BankClaim:
    """Write down a firm's answer, or an appeal; only money received will count (domain.md 4.9)."""
    with transaction() as session:
        held_case(session.get_one(CaseFile, claim.case_id))
        row = session.get(BankClaim, claim.id, populate_existing=True)
        if row is None:
            raise NotFound
        _check_reply(row, facts)
        row.status, row.replied_on = facts.answer, facts.on
        if facts.answer is ClaimStatus.APPEALED:
            row.reply_expected_on = row.final_reply_on = appeal_expected_on(facts.on)
        else:
            row.agreed_pence = facts.agreed_pence if facts.answer is ClaimStatus.AGREED else None
            row.ombudsman_by = ombudsman_by(facts.on)
        audit.record(
            "fraud.claim_answered", row, actor, case_id=row.case_id, answer=facts.answer.value
        )
        return row


def _check_claim(loss: Loss, facts: ClaimFacts) -> None:
    something(facts.amount_pence)
    not_yet(facts.made_on, "made_on")
    if facts.made_on < loss.paid_on:
        raise RuleBroken("The claim cannot be earlier than the payment.", field="made_on")
    claimed = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(BankClaim.amount_pence), 0)).where(
            BankClaim.loss_id == loss.id, BankClaim.status.in_(LIVE)
        )
    )
    left = loss.amount_pence - recovered_of(loss.id) - int(claimed or 0)
    if facts.amount_pence > left:
        raise RuleBroken(
            f"Only {Money(max(left, 0))} of this payment is neither claimed nor back.",
            field="amount",
        )


def _check_reply(claim: BankClaim, facts: ReplyFacts) -> None:
    if facts.answer not in ANSWERS:
        raise RuleBroken("Choose what happened.", field="answer")
    if claim.status not in MAY_FOLLOW[facts.answer]:
        raise RuleBroken(
            f"This claim stands at “{claim.status.label}”, so that cannot follow.", field="answer"
        )
    not_yet(facts.on, "on")
    if facts.on < (claim.replied_on or claim.made_on):
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

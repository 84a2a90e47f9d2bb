"""Logging what was lost, payment by payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.fraud_hub.commands.once import held_case, made_before, not_yet, something
from beacon.fraud_hub.commands.warnings import keep_warnings
from beacon.fraud_hub.models import LedgerEntry, Loss
from beacon.fraud_hub.queries.banks import signed_by
from beacon.fraud_hub.rules import Payment, scheme_for, written_day
from beacon.fraud_hub.terms import Destination, EntryKind, Known, Payer, PaymentMethod


@dataclass(frozen=True, kw_only=True)
class LossFacts:
    """One payment that the victim lost."""

    paid_on: date
    method: PaymentMethod
    amount_pence: int
    authorised: bool = True
    sending_bank: str = ""
    sending_account: str = ""
    receiving_bank: str = ""
    receiving_account: str = ""
    destination: Destination = Destination.NOT_KNOWN
    payer: Payer = Payer.NOT_KNOWN
    in_pounds: Known = Known.NOT_KNOWN
    is_dispute: Known = Known.NOT_KNOWN
    price_pence: int | None = None  # of the whole thing bought, where the payment is a part of it
    dates_are_right: bool = False  # said of a day before the fraud began, or after its report

    def payment(self, had_signed: Known) -> Payment:
        """The payment, as the choice of a scheme asks of it."""
        return Payment(
            paid_on=self.paid_on,
            method=self.method,
            amount_pence=self.amount_pence,
            authorised=self.authorised,
            destination=self.destination,
            payer=self.payer,
            in_pounds=self.in_pounds,
            is_dispute=self.is_dispute,
            had_signed=had_signed,
            price_pence=self.price_pence,
        )


def record_loss(case: CaseFile, facts: LossFacts, *, token: str, actor: Actor) -> Loss:
    """Log one payment lost, with the scheme its day and method give it (domain.md RULE 4.4)."""
    with transaction() as session:
        held = held_case(case)
        before = made_before(Loss, held, token)
        if before is not None:
            return before
        something(facts.amount_pence)
        not_yet(facts.paid_on, "paid_on")
        _check(held, facts)
        had_signed = signed_by(facts.sending_bank, facts.paid_on)
        loss = Loss(
            case_id=held.id,
            paid_on=facts.paid_on,
            method=facts.method,
            authorised=facts.authorised,
            amount_pence=facts.amount_pence,
            scheme=scheme_for(facts.payment(had_signed)),
            destination=facts.destination,
            payer=facts.payer,
            in_pounds=facts.in_pounds,
            is_dispute=facts.is_dispute,
            had_signed=had_signed,
            price_pence=facts.price_pence,
            logged_by_id=actor.id,
            logged_by_name=actor.name,
            token=token,
        )
        loss.sending_bank, loss.sending_account = facts.sending_bank, facts.sending_account
        loss.receiving_bank, loss.receiving_account = facts.receiving_bank, facts.receiving_account
        session.add(loss)
        audit.record(
            "fraud.loss_logged", loss, actor, operation=Operation.COLLECTION, case_id=held.id
        )
        keep_warnings(held.id, actor=actor)
        return loss


def withdraw_loss(loss: Loss, *, reason: str, actor: Actor) -> Loss:
    """Take back a loss that was logged by mistake. It stays on the page, and counts no more."""
    with transaction() as session:
        held_case(session.get_one(CaseFile, loss.case_id))
        row = session.get(Loss, loss.id, populate_existing=True)
        if row is None:
            raise NotFound
        if not row.stands:
            raise RuleBroken("Somebody has already taken this loss back.")
        if recovered_of(row.id):
            raise RuleBroken("Money has come back for this loss. Reverse those entries first.")
        if not reason.strip():
            raise RuleBroken("Enter why it was a mistake.", field="reason")
        row.withdrawn_at, row.withdrawn_by_id = clock.now(), actor.id
        row.withdrawn_because = reason.strip()
        audit.record("fraud.loss_withdrawn", row, actor, case_id=row.case_id)
        keep_warnings(row.case_id, actor=actor)
        return row


def _check(case: CaseFile, facts: LossFacts) -> None:
    """Ask about what is unlikely, and refuse what cannot be."""
    if facts.price_pence is not None and facts.price_pence < facts.amount_pence:
        raise RuleBroken(
            "The whole price cannot be less than this payment. Leave it empty if it is the same.",
            field="price",
        )
    unlikely = None if facts.dates_are_right else _unlikely(case, facts.paid_on)
    if unlikely is not None:
        raise RuleBroken(
            f"{unlikely} Check the date. If it is right, tick the box below it.",
            field="dates_are_right",
        )


def _unlikely(case: CaseFile, paid_on: date) -> str | None:
    session = db.session()
    crime = session.get_one(Crime, case.crime_id)
    report = session.scalar(sa.select(FraudReport).where(FraudReport.crime_id == crime.id))
    began_on = (report.first_payment_on if report else None) or crime.offence_on
    reported_on = clock.london_day(crime.recorded_at)
    if began_on is not None and paid_on < began_on:
        return f"The fraud began on {written_day(began_on)}, after this payment."
    if paid_on > reported_on:
        return f"It was reported on {written_day(reported_on)}, before this payment."
    return None


def recovered_of(loss_id: int) -> int:
    """What has come back of a loss so far, reversals taken off."""
    total = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_pence), 0)).where(
            LedgerEntry.loss_id == loss_id, LedgerEntry.kind == EntryKind.RECOVERED
        )
    )
    return int(total or 0)


def received_of(claim_id: int) -> int:
    """What has come for a claim so far, reversals taken off."""
    total = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_pence), 0)).where(
            LedgerEntry.claim_id == claim_id
        )
    )
    return int(total or 0)

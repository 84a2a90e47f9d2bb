"""The ledger: money back, loss prevented, and the reversal of either. Rows are only added.

Above the limit a row waits for a second person instead (`approving`) and counts nowhere till then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.fraud_hub.commands.book import (
    TWICE,
    Logged,
    Wanted,
    enter,
    hold_book,
    is_logged,
    must_be_approved,
    propose,
    together,
)
from beacon.fraud_hub.commands.claim_answers import bank_of, claim_answered, reopen_claim
from beacon.fraud_hub.commands.claims import is_paid
from beacon.fraud_hub.commands.losses import recovered_of
from beacon.fraud_hub.commands.once import held_case, held_loss, made_before, not_yet, something
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal, Loss
from beacon.fraud_hub.rules import evidence_key, why_not_recovered
from beacon.fraud_hub.terms import (
    MONEY_BACK,
    PREVENTED,
    ClaimStatus,
    Contribution,
    EntryKind,
    ProposalKind,
    ProposalState,
    Route,
)

Outcome = LedgerEntry | LedgerProposal


@dataclass(frozen=True, kw_only=True)
class RecoveredFacts:
    """Money that has been received, or interest paid with it."""

    loss_id: int | None
    route: Route
    contribution: Contribution
    amount_pence: int
    received_on: date
    evidence: str


@dataclass(frozen=True, kw_only=True)
class PreventedFacts:
    """A loss that did not happen, or an estimate of one."""

    route: Route
    contribution: Contribution
    amount_pence: int
    on: date
    evidence: str = ""
    method: str = ""


def record_recovered(case: CaseFile, facts: RecoveredFacts, *, token: str, actor: Actor) -> Outcome:
    """Log money received: never more than the loss, and one reference once (domain.md RULE 4.7).

    A proposal comes back where a second person must approve it first.
    """
    with transaction() as session:
        held = held_case(case)
        before = _sent_before(held, token)
        if before is not None:
            return before
        hold_book(session)
        loss = held_loss(held, facts.loss_id)
        wanted = Wanted(
            case_id=held.id,
            loss_id=loss.id,
            route=facts.route,
            contribution=facts.contribution,
            amount_pence=facts.amount_pence,
            happened_on=facts.received_on,
            evidence=facts.evidence,
        )
        check_recovered(session, loss, wanted)
        _once(session, wanted)
        return _log(session, wanted, "fraud.money_logged", token=token, actor=actor)


def record_prevented(case: CaseFile, facts: PreventedFacts, *, token: str, actor: Actor) -> Outcome:
    """Log a loss prevented; an estimate of future loss says how it was made (domain.md 4.9).

    A proposal comes back where a second person must approve it first.
    """
    with transaction() as session:
        held = held_case(case)
        before = _sent_before(held, token)
        if before is not None:
            return before
        hold_book(session)
        if facts.route not in PREVENTED:
            raise RuleBroken("Choose how the loss was prevented.", field="route")
        something(facts.amount_pence)
        not_yet(facts.on, "on")
        if facts.route.kind is EntryKind.ESTIMATED and not facts.method.strip():
            raise RuleBroken("Enter how the estimate was made.", field="method")
        wanted = Wanted(
            case_id=held.id,
            route=facts.route,
            contribution=facts.contribution,
            amount_pence=facts.amount_pence,
            happened_on=facts.on,
            evidence=facts.evidence,
            words=facts.method,
        )
        _once(session, wanted)
        return _log(session, wanted, "fraud.prevented_logged", token=token, actor=actor)


def reverse(entry: LedgerEntry, *, reason: str, token: str, actor: Actor) -> Outcome:
    """Take an entry back by a new row of the negative amount, dated today (domain.md RULE 4.7).

    A proposal comes back where a second person must approve it first.
    """
    with transaction() as session:
        held = held_case(session.get_one(CaseFile, entry.case_id))
        before = _sent_before(held, token)
        if before is not None:
            return before
        hold_book(session)
        row = session.get(LedgerEntry, entry.id, populate_existing=True)
        if row is None:
            raise NotFound
        check_reversal(session, row)
        if not reason.strip():
            raise RuleBroken("Enter why the entry is reversed.", field="reason")
        wanted = Wanted(
            case_id=held.id,
            loss_id=row.loss_id,
            route=row.route,
            contribution=row.contribution,
            amount_pence=-row.amount_pence,
            happened_on=clock.today(),
            words=reason,
            reverses_id=row.id,
        )
        return _log(session, wanted, "fraud.entry_reversed", token=token, actor=actor)


def check_recovered(session: Session, loss: Loss, wanted: Wanted) -> None:
    """Refuse what cannot be money back of this payment; asked anew when it is approved."""
    if wanted.route not in MONEY_BACK:
        raise RuleBroken("Choose how the money came back.", field="route")
    something(wanted.amount_pence)
    not_yet(wanted.happened_on, "received_on")
    if wanted.happened_on < loss.paid_on:
        raise RuleBroken("Money cannot come back before it was paid.", field="received_on")
    if not evidence_key(wanted.evidence):
        raise RuleBroken("Enter the reference of the payment or letter.", field="evidence")
    by_route = session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_pence), 0)).where(
            LedgerEntry.loss_id == loss.id, LedgerEntry.route == wanted.route
        )
    )
    refusal = why_not_recovered(
        loss.payment,
        route=wanted.route,
        amount_pence=wanted.amount_pence,
        already=recovered_of(loss.id),
        by_route=int(by_route or 0),
    )
    if refusal is not None:
        sentence, field = refusal
        raise RuleBroken(sentence, field=field)


def check_reversal(
    session: Session, row: LedgerEntry, *, but: LedgerProposal | None = None
) -> None:
    """Refuse to reverse a reversal, or what is reversed already or soon: it waits to be."""
    if row.is_reversal:
        raise RuleBroken("A reversal cannot be reversed. Log the entry again.")
    taken = sa.select(LedgerEntry.id).where(LedgerEntry.reverses_id == row.id)
    if session.scalar(taken) is not None:
        raise RuleBroken("Somebody has already reversed this entry.")
    waiting = sa.select(LedgerProposal.id).where(
        LedgerProposal.reverses_id == row.id,
        LedgerProposal.what == ProposalKind.REVERSAL,
        LedgerProposal.state == ProposalState.WAITING,
        LedgerProposal.id != (but.id if but else 0),
    )
    if session.scalar(waiting) is not None:
        raise RuleBroken("The reversal of this entry already waits for a second person.")


def write(
    session: Session,
    wanted: Wanted,
    *,
    logged: Logged,
    token: str,
    approved: Actor | None = None,
) -> LedgerEntry:
    """Write the row that may now count, and put the claim it answers where it belongs."""
    if wanted.reverses_id is not None:
        row = session.get_one(LedgerEntry, wanted.reverses_id)
        entry = enter(
            session,
            wanted,
            logged=logged,
            token=token,
            claim_id=row.claim_id,
            approved=approved,
        )
        reopen_claim(session, row.claim_id)
        return entry
    claim = claim_answered(session, wanted)
    entry = enter(
        session,
        replace(wanted, bank=bank_of(session, wanted, claim)),
        logged=logged,
        token=token,
        claim_id=claim.id if claim else None,
        approved=approved,
    )
    if claim is not None and is_paid(claim):
        claim.status = ClaimStatus.RECEIVED
    return entry


def audit_entry(action: str, row: Outcome, actor: Actor) -> None:
    """Write down what was done to the ledger: which rows, and no amount."""
    audit.record(
        action,
        row,
        actor,
        operation=Operation.COLLECTION,
        case_id=row.case_id,
        loss_id=row.loss_id,
        reverses=row.reverses_id,
    )


def _log(session: Session, wanted: Wanted, action: str, *, token: str, actor: Actor) -> Outcome:
    """Write the row, or keep it for a second person."""
    sum_pence = together(session, wanted)
    if must_be_approved(sum_pence):
        waiting = propose(session, wanted, together_pence=sum_pence, token=token, actor=actor)
        audit_entry("fraud.entry_proposed", waiting, actor)
        return waiting
    entry = write(session, wanted, logged=Logged(actor.id, actor.name), token=token)
    audit_entry(action, entry, actor)
    return entry


def _sent_before(case: CaseFile, token: str) -> Outcome | None:
    return made_before(LedgerEntry, case, token) or made_before(LedgerProposal, case, token)


def _once(session: Session, wanted: Wanted) -> None:
    if is_logged(session, wanted):
        raise RuleBroken(TWICE, field="evidence")

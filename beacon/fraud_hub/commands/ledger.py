"""The ledger: money back, loss prevented, and the reversal of either. Rows are only added."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.sealed import blind_index
from beacon.fraud_hub.commands.claims import LIVE
from beacon.fraud_hub.commands.losses import recovered_of
from beacon.fraud_hub.commands.once import held_case, held_loss, made_before, not_yet, something
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.rules import ends_claim, why_not_recovered
from beacon.fraud_hub.terms import (
    MONEY_BACK,
    PREVENTED,
    ClaimStatus,
    Contribution,
    EntryKind,
    Route,
)

TWICE = (
    "Money with this reference is already logged. Check that nobody else has logged it. "
    "Where one letter covers several payments, add the payment, such as “/2”."
)


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


def record_recovered(
    case: CaseFile, facts: RecoveredFacts, *, token: str, actor: Actor
) -> LedgerEntry:
    """Log money received: never more than the loss, and one reference once (domain.md RULE 4.7)."""
    with transaction() as session:
        held = held_case(case)
        before = made_before(LedgerEntry, held, token)
        if before is not None:
            return before
        loss = held_loss(held, facts.loss_id)
        _check_recovered(session, loss, facts)
        claim = _claim_answered(session, loss, facts.route)
        entry = _entry(held, facts.route, facts.contribution, facts.amount_pence, token, actor)
        entry.loss_id, entry.claim_id = loss.id, claim.id if claim else None
        entry.happened_on = facts.received_on
        _give_evidence(session, entry, facts.evidence)
        _keep(session, entry)
        if claim is not None:
            claim.status = ClaimStatus.RECEIVED
        _audit("fraud.money_logged", entry, actor)
        return entry


def record_prevented(
    case: CaseFile, facts: PreventedFacts, *, token: str, actor: Actor
) -> LedgerEntry:
    """Log a loss prevented; an estimate of future loss says how it was made (domain.md 4.9)."""
    with transaction() as session:
        held = held_case(case)
        before = made_before(LedgerEntry, held, token)
        if before is not None:
            return before
        if facts.route not in PREVENTED:
            raise RuleBroken("Choose how the loss was prevented.", field="route")
        something(facts.amount_pence)
        not_yet(facts.on, "on")
        if facts.route.kind is EntryKind.ESTIMATED and not facts.method.strip():
            raise RuleBroken("Enter how the estimate was made.", field="method")
        entry = _entry(held, facts.route, facts.contribution, facts.amount_pence, token, actor)
        entry.happened_on, entry.words = facts.on, facts.method.strip()
        _give_evidence(session, entry, facts.evidence)
        _keep(session, entry)
        _audit("fraud.prevented_logged", entry, actor)
        return entry


def reverse(entry: LedgerEntry, *, reason: str, token: str, actor: Actor) -> LedgerEntry:
    """Take an entry back by a new row of the negative amount, dated today (domain.md RULE 4.7)."""
    with transaction() as session:
        held = held_case(session.get_one(CaseFile, entry.case_id))
        before = made_before(LedgerEntry, held, token)
        if before is not None:
            return before
        row = session.get(LedgerEntry, entry.id, populate_existing=True)
        if row is None:
            raise NotFound
        _check_reversal(session, row, reason)
        back = _entry(held, row.route, row.contribution, -row.amount_pence, token, actor)
        back.loss_id, back.claim_id, back.reverses_id = row.loss_id, row.claim_id, row.id
        back.happened_on, back.words = clock.today(), reason.strip()
        _keep(session, back)
        _reopen_claim(session, row.claim_id)
        _audit("fraud.entry_reversed", back, actor, reverses=row.id)
        return back


def evidence_key(text: str) -> str:
    """A reference in the form by which it is compared: capitals and figures alone."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(mark for mark in plain if mark.isalnum() or mark == "/")


def _entry(
    case: CaseFile,
    route: Route,
    contribution: Contribution,
    amount_pence: int,
    token: str,
    actor: Actor,
) -> LedgerEntry:
    return LedgerEntry(
        case_id=case.id,
        kind=route.kind,
        route=route,
        contribution=contribution,
        amount_pence=amount_pence,
        verified_by_id=actor.id,
        verified_by_name=actor.name,
        token=token,
    )


def _check_recovered(session: Session, loss: Loss, facts: RecoveredFacts) -> None:
    if facts.route not in MONEY_BACK:
        raise RuleBroken("Choose how the money came back.", field="route")
    something(facts.amount_pence)
    not_yet(facts.received_on, "received_on")
    if facts.received_on < loss.paid_on:
        raise RuleBroken("Money cannot come back before it was paid.", field="received_on")
    if not evidence_key(facts.evidence):
        raise RuleBroken("Enter the reference of the payment or letter.", field="evidence")
    by_route = session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_pence), 0)).where(
            LedgerEntry.loss_id == loss.id, LedgerEntry.route == facts.route
        )
    )
    refusal = why_not_recovered(
        loss.payment,
        route=facts.route,
        amount_pence=facts.amount_pence,
        already=recovered_of(loss.id),
        by_route=int(by_route or 0),
    )
    if refusal is not None:
        sentence, field = refusal
        raise RuleBroken(sentence, field=field)


def _claim_answered(session: Session, loss: Loss, route: Route) -> BankClaim | None:
    """The claim to which this money is the answer, the oldest first."""
    if route.kind is not EntryKind.RECOVERED:
        return None
    claims = session.scalars(
        sa.select(BankClaim)
        .where(BankClaim.loss_id == loss.id, BankClaim.status.in_(LIVE))
        .order_by(BankClaim.id)
    )
    return next((claim for claim in claims if ends_claim(route, claim.scheme)), None)


def _give_evidence(session: Session, entry: LedgerEntry, evidence: str) -> None:
    """Seal the reference, and index it so that nobody can log it again while it stands."""
    key = evidence_key(evidence)
    if not key:
        return
    entry.evidence = evidence.strip()
    entry.evidence_index = blind_index("evidence", key)
    back = aliased(LedgerEntry)
    entry.evidence_use = (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(LedgerEntry)
            .join(back, back.reverses_id == LedgerEntry.id)
            .where(LedgerEntry.evidence_index == entry.evidence_index)
        )
        or 0
    )


def _keep(session: Session, entry: LedgerEntry) -> None:
    """Write the row; the database says if the same reference, or reversal, is there already."""
    session.add(entry)
    try:
        session.flush()
    except IntegrityError as twice:
        raise RuleBroken(TWICE, field="evidence") from twice


def _check_reversal(session: Session, row: LedgerEntry, reason: str) -> None:
    if row.is_reversal:
        raise RuleBroken("A reversal cannot be reversed. Log the entry again.")
    taken = sa.select(LedgerEntry.id).where(LedgerEntry.reverses_id == row.id)
    if session.scalar(taken) is not None:
        raise RuleBroken("Somebody has already reversed this entry.")
    if not reason.strip():
        raise RuleBroken("Enter why the entry is reversed.", field="reason")


def _reopen_claim(session: Session, claim_id: int | None) -> None:
    """A claim whose money was all taken back waits for it again."""
    claim = session.get(BankClaim, claim_id, populate_existing=True) if claim_id else None
    if claim is None:
        return
    left = session.scalar(
        sa.select(sa.func.sum(LedgerEntry.amount_pence)).where(LedgerEntry.claim_id == claim.id)
    )
    if not left:
        claim.status = ClaimStatus.AGREED if claim.agreed_pence else ClaimStatus.CLAIMED


def _audit(action: str, entry: LedgerEntry, actor: Actor, *, reverses: int | None = None) -> None:
    audit.record(
        action,
        entry,
        actor,
        operation=Operation.COLLECTION,
        case_id=entry.case_id,
        loss_id=entry.loss_id,
        reverses=reverses,
    )

"""Which claim a row of the ledger answers, and what becomes of it when the row is reversed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.fraud_hub.commands.book import Wanted
from beacon.fraud_hub.commands.claims import LIVE, is_paid
from beacon.fraud_hub.commands.losses import received_of
from beacon.fraud_hub.models import BankClaim, Loss
from beacon.fraud_hub.rules import ends_claim
from beacon.fraud_hub.terms import ClaimStatus, EntryKind, Route

# Ways by which money comes after all for a claim that was refused.
OVERTURN = frozenset({Route.BANK_GOODWILL, Route.FOS_AWARD})


def claim_answered(session: Session, wanted: Wanted) -> BankClaim | None:
    """The claim to which this money is the answer: the oldest that it fits into, else the oldest.

    An award of the ombudsman, or goodwill, may still answer a claim that was refused; and what
    comes after a part is of the same claim, as long as less came than was claimed.
    """
    if wanted.route.kind is not EntryKind.RECOVERED:
        return None
    found = session.scalars(
        sa.select(BankClaim).where(BankClaim.loss_id == wanted.loss_id).order_by(BankClaim.id),
        execution_options={"populate_existing": True},
    )
    claims = [one for one in found if ends_claim(wanted.route, one.scheme)]
    live = [one for one in claims if one.status in LIVE]
    live.sort(key=lambda one: wanted.amount_pence > _not_come(one))
    refused = [one for one in claims if one.status is ClaimStatus.REFUSED]
    short = [one for one in claims if one.status is ClaimStatus.RECEIVED and _not_come(one) > 0]
    return next(iter([*live, *(refused if wanted.route in OVERTURN else ()), *short]), None)


def reopen_claim(session: Session, claim_id: int | None) -> None:
    """A claim of which so much was taken back that it is paid no more waits for it again."""
    claim = session.get(BankClaim, claim_id, populate_existing=True) if claim_id else None
    if claim is None or claim.status is not ClaimStatus.RECEIVED:
        return
    claim.status = _stood_at(claim)
    if is_paid(claim):
        claim.status = ClaimStatus.RECEIVED


def _not_come(claim: BankClaim) -> int:
    """What was claimed and has not come."""
    return claim.amount_pence - received_of(claim.id)


def _stood_at(claim: BankClaim) -> ClaimStatus:
    """Where a claim stood before its money came."""
    if claim.complained_on is not None and claim.complained_on == claim.replied_on:
        return ClaimStatus.APPEALED
    if claim.agreed_pence:
        return ClaimStatus.AGREED
    return ClaimStatus.CLAIMED if claim.refusal_ground is None else ClaimStatus.REFUSED


def bank_of(session: Session, wanted: Wanted, claim: BankClaim | None) -> str:
    """The firm that was claimed from, or from which the payment left, where that is known."""
    loss = session.get(Loss, wanted.loss_id) if wanted.loss_id is not None else None
    return (claim.firm if claim else None) or (loss.sending_bank if loss else None) or ""

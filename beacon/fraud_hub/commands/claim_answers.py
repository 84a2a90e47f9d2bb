"""Which claim a row of the ledger answers, and what becomes of it when the row is reversed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.fraud_hub.commands.book import Wanted
from beacon.fraud_hub.commands.claims import LIVE
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.rules import ends_claim
from beacon.fraud_hub.terms import ClaimStatus, EntryKind, Route

# Ways by which money comes after all for a claim that was refused.
OVERTURN = frozenset({Route.BANK_GOODWILL, Route.FOS_AWARD})


def claim_answered(session: Session, wanted: Wanted) -> BankClaim | None:
    """The claim to which this money is the answer, the oldest first.

    An award of the ombudsman, or goodwill, may still answer a claim that was refused.
    """
    if wanted.route.kind is not EntryKind.RECOVERED:
        return None
    claims = session.scalars(
        sa.select(BankClaim)
        .where(
            BankClaim.loss_id == wanted.loss_id,
            BankClaim.status.in_(LIVE | {ClaimStatus.REFUSED}),
        )
        .order_by(BankClaim.status == ClaimStatus.REFUSED, BankClaim.id)
    )
    may_overturn = wanted.route in OVERTURN
    return next(
        (
            claim
            for claim in claims
            if ends_claim(wanted.route, claim.scheme)
            and (may_overturn or claim.status is not ClaimStatus.REFUSED)
        ),
        None,
    )


def reopen_claim(session: Session, claim_id: int | None) -> None:
    """A claim whose money was all taken back waits for it again."""
    claim = session.get(BankClaim, claim_id, populate_existing=True) if claim_id else None
    if claim is None:
        return
    left = session.scalar(
        sa.select(sa.func.sum(LedgerEntry.amount_pence)).where(LedgerEntry.claim_id == claim.id)
    )
    if not left:
        claim.status = _stood_at(claim)


def _stood_at(claim: BankClaim) -> ClaimStatus:
    """Where a claim stood before its money came."""
    if claim.agreed_pence:
        return ClaimStatus.AGREED
    if claim.complained_on is not None and claim.complained_on == claim.replied_on:
        return ClaimStatus.APPEALED
    return ClaimStatus.CLAIMED if claim.refusal_ground is None else ClaimStatus.REFUSED


def bank_of(session: Session, wanted: Wanted, claim: BankClaim | None) -> str:
    """The firm that was claimed from, or from which the payment left, where that is known."""
    loss = session.get(Loss, wanted.loss_id) if wanted.loss_id is not None else None
    return (claim.firm if claim else None) or (loss.sending_bank if loss else None) or ""

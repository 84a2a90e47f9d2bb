"""Losses, claims and the ledger of money back. Account details and firms' names are sealed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.rules import Payment
from beacon.fraud_hub.terms import (
    ClaimStatus,
    Contribution,
    EntryKind,
    PaymentMethod,
    Route,
    Scheme,
)

TOKEN_CHARS = 43


class Loss(Sealing, Kept, Base):
    """One payment that a victim lost, with the scheme that applied on the day it was logged."""

    __tablename__ = "loss"
    __table_args__ = (
        sa.CheckConstraint("amount_pence > 0", name="lost_something"),
        sa.Index("ix_loss_case", "case_id", "paid_on", "id"),
        sa.Index("ix_loss_paid", "paid_on"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    paid_on: Mapped[date]
    method: Mapped[PaymentMethod]
    authorised: Mapped[bool] = mapped_column(default=True)
    amount_pence: Mapped[int]
    scheme: Mapped[Scheme]
    sending_bank_sealed: Mapped[bytes | None]
    sending_bank = Sealed("sending_bank_sealed")
    sending_account_sealed: Mapped[bytes | None]
    sending_account = Sealed("sending_account_sealed")
    receiving_bank_sealed: Mapped[bytes | None]
    receiving_bank = Sealed("receiving_bank_sealed")
    receiving_account_sealed: Mapped[bytes | None]
    receiving_account = Sealed("receiving_account_sealed")
    logged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    logged_by_name: Mapped[str] = mapped_column(sa.String(100))
    withdrawn_at: Mapped[datetime | None]  # logged by mistake: it stays, and counts no more
    withdrawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    withdrawn_because_sealed: Mapped[bytes | None]
    withdrawn_because = Sealed("withdrawn_because_sealed")
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)  # of the form sent
    claims: Mapped[list[BankClaim]] = relationship(order_by="BankClaim.id", back_populates="loss")

    @property
    def payment(self) -> Payment:
        """The payment, as the choice of a scheme asks of it."""
        return Payment(
            paid_on=self.paid_on,
            method=self.method,
            amount_pence=self.amount_pence,
            authorised=self.authorised,
        )

    @property
    def stands(self) -> bool:
        """Whether it counts, not having been taken back as a mistake."""
        return self.withdrawn_at is None


class BankClaim(Sealing, Kept, Base):
    """One claim to a firm for one payment, with the days on which an answer was promised."""

    __tablename__ = "bank_claim"
    __table_args__ = (
        sa.CheckConstraint("amount_pence > 0", name="claims_something"),
        sa.Index("ix_bank_claim_status_expected", "status", "reply_expected_on", "id"),
        sa.Index("ix_bank_claim_made", "made_on"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    loss_id: Mapped[int] = mapped_column(sa.ForeignKey("loss.id"), index=True)
    scheme: Mapped[Scheme]
    made_on: Mapped[date]
    amount_pence: Mapped[int]
    firm_sealed: Mapped[bytes | None]
    firm = Sealed("firm_sealed")
    reply_expected_on: Mapped[date]
    final_reply_on: Mapped[date]
    status: Mapped[ClaimStatus] = mapped_column(default=ClaimStatus.CLAIMED)
    replied_on: Mapped[date | None]
    agreed_pence: Mapped[int | None]
    ombudsman_by: Mapped[date | None]  # six months after a final response
    logged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    logged_by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)
    loss: Mapped[Loss] = relationship(back_populates="claims")

    @property
    def may_be_answered(self) -> bool:
        """Whether an answer, or an appeal, may still be written down."""
        return self.status is not ClaimStatus.RECEIVED


class LedgerEntry(Sealing, Kept, Base):
    """One event of money: back, prevented, estimated or interest. It only grows (domain.md 4.9).

    A mistake is put right by a new row of the negative amount, never by a change.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.CheckConstraint(
            "(reverses_id IS NULL AND amount_pence > 0) "
            "OR (reverses_id IS NOT NULL AND amount_pence < 0)",
            name="only_a_reversal_is_negative",
        ),
        sa.CheckConstraint(
            "kind <> 'recovered' OR loss_id IS NOT NULL", name="recovered_of_a_loss"
        ),
        sa.UniqueConstraint("evidence_index", "evidence_use", name="uq_ledger_entry_evidence"),
        sa.Index("ix_ledger_entry_period", "kind", "happened_on"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    loss_id: Mapped[int | None] = mapped_column(sa.ForeignKey("loss.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_claim.id"), index=True)
    kind: Mapped[EntryKind]
    route: Mapped[Route]
    contribution: Mapped[Contribution]
    amount_pence: Mapped[int]
    happened_on: Mapped[date]
    evidence_sealed: Mapped[bytes | None]
    evidence = Sealed("evidence_sealed")
    evidence_index: Mapped[str | None] = mapped_column(sa.String(32))
    evidence_use: Mapped[int] = mapped_column(default=0)  # rises when its entry was reversed
    words_sealed: Mapped[bytes | None]  # how it was estimated, or why it was reversed
    words = Sealed("words_sealed")
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    verified_by_name: Mapped[str] = mapped_column(sa.String(100))
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)

    @property
    def is_reversal(self) -> bool:
        """Whether the row takes another back."""
        return self.reverses_id is not None

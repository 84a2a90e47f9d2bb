"""A claim to a firm, with the days on which an answer was promised."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.models.losses import TOKEN_CHARS, Loss
from beacon.fraud_hub.terms import ClaimStatus, Scheme


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

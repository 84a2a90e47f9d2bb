"""A payment that a victim lost. Account details and firms' names are sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.rules import Payment
from beacon.fraud_hub.terms import Destination, Known, Payer, PaymentMethod, Scheme

if TYPE_CHECKING:
    from beacon.fraud_hub.models.claims import BankClaim

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
    destination: Mapped[Destination] = mapped_column(default=Destination.NOT_KNOWN)
    payer: Mapped[Payer] = mapped_column(default=Payer.NOT_KNOWN)
    in_pounds: Mapped[Known] = mapped_column(default=Known.NOT_KNOWN)
    is_dispute: Mapped[Known] = mapped_column(default=Known.NOT_KNOWN)
    had_signed: Mapped[Known] = mapped_column(default=Known.NOT_KNOWN)  # the CRM Code, that day
    price_pence: Mapped[int | None]  # of the whole thing bought, where the payment is a part of it
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
            destination=self.destination,
            payer=self.payer,
            in_pounds=self.in_pounds,
            is_dispute=self.is_dispute,
            had_signed=self.had_signed,
            price_pence=self.price_pence,
        )

    @property
    def stands(self) -> bool:
        """Whether it counts, not having been taken back as a mistake."""
        return self.withdrawn_at is None

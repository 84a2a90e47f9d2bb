"""A claim to a firm, with the days on which an answer was promised, and its log."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.models.banks import BankContact
from beacon.fraud_hub.models.ledger import LedgerEntry
from beacon.fraud_hub.models.losses import TOKEN_CHARS, Loss
from beacon.fraud_hub.terms import (
    Channel,
    ClaimStatus,
    EventKind,
    OmbudsmanStep,
    RefusalGround,
    Scheme,
)


class BankClaim(Sealing, Kept, Base):
    """One claim to a firm for one payment, with the days on which an answer was promised."""

    __tablename__ = "bank_claim"
    __table_args__ = (
        sa.CheckConstraint("amount_pence > 0", name="claims_something"),
        sa.Index("ix_bank_claim_status_expected", "status", "reply_expected_on", "id"),
        sa.Index("ix_bank_claim_made", "made_on", "id"),
        sa.Index("ix_bank_claim_bank", "bank_id", "made_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    loss_id: Mapped[int] = mapped_column(sa.ForeignKey("loss.id"), index=True)
    scheme: Mapped[Scheme]
    made_on: Mapped[date]
    amount_pence: Mapped[int]
    firm_sealed: Mapped[bytes | None]
    firm = Sealed("firm_sealed")
    bank_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_contact.id"))
    reply_expected_on: Mapped[date]
    final_reply_on: Mapped[date]
    status: Mapped[ClaimStatus] = mapped_column(default=ClaimStatus.CLAIMED)
    replied_on: Mapped[date | None]
    agreed_pence: Mapped[int | None]
    final_response_on: Mapped[date | None]  # the first answer, from which six months run
    ombudsman_by: Mapped[date | None]  # six months after a final response
    refusal_ground: Mapped[RefusalGround | None]
    late_because_sealed: Mapped[bytes | None]  # why it was claimed after its last day
    late_because = Sealed("late_because_sealed")
    stopped_on: Mapped[date | None]  # since when the firm's clock stands still
    stopped_days: Mapped[int] = mapped_column(default=0)  # working days for which it stood before
    complained_on: Mapped[date | None]  # a complaint or an appeal, which starts its own clock
    ombudsman_step: Mapped[OmbudsmanStep | None]
    ombudsman_on: Mapped[date | None]
    ombudsman_reference_sealed: Mapped[bytes | None]
    ombudsman_reference = Sealed("ombudsman_reference_sealed")
    ended_on: Mapped[date | None]  # it is taken no further; nothing warns of it any more
    next_on: Mapped[date | None]  # the day of the next step that its log names
    logged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    logged_by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)
    loss: Mapped[Loss] = relationship(back_populates="claims")
    bank: Mapped[BankContact | None] = relationship()
    came: Mapped[list[LedgerEntry]] = relationship(viewonly=True)

    @classmethod
    def lives(cls) -> sa.ColumnElement[bool]:
        """The condition of `is_live`."""
        came = (
            sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_pence), 0))
            .where(LedgerEntry.claim_id == cls.id)
            .correlate(cls)
            .scalar_subquery()
        )
        falls_short = sa.and_(cls.agreed_pence < cls.amount_pence, came < cls.amount_pence)
        paid = cls.status == ClaimStatus.RECEIVED
        return sa.and_(cls.ended_on.is_(None), sa.or_(sa.not_(paid), falls_short))

    @property
    def falls_short(self) -> bool:
        """Whether a firm that agreed to less has not paid what was claimed after all.

        The rest can still be fought for.
        """
        if self.agreed_pence is None or self.agreed_pence >= self.amount_pence:
            return False
        return sum(entry.amount_pence for entry in self.came) < self.amount_pence

    @property
    def may_be_answered(self) -> bool:
        """Whether an answer, or an appeal, may still be written down."""
        return self.is_live

    @property
    def is_live(self) -> bool:
        """Whether anything may still come of it."""
        if self.ended_on is not None:
            return False
        return self.status is not ClaimStatus.RECEIVED or self.falls_short

    @property
    def is_stopped(self) -> bool:
        """Whether the firm's clock stands still."""
        return self.stopped_on is not None

    def is_late(self, today: date) -> bool:
        """Whether the answer is late; where the clock stands still, after the very last day."""
        due_on = self.final_reply_on if self.is_stopped else self.reply_expected_on
        return self.status.awaits_a_reply and due_on < today and self.is_live


class ClaimEvent(Sealing, Kept, Base):
    """One line of a claim's log: a call, a letter, an answer, a step. The log only grows."""

    __tablename__ = "claim_event"
    __table_args__ = (sa.Index("ix_claim_event_of_claim", "claim_id", "id"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_claim.id"))
    kind: Mapped[EventKind]
    channel: Mapped[Channel | None]
    happened_on: Mapped[date]
    spoke_to_sealed: Mapped[bytes | None]
    spoke_to = Sealed("spoke_to_sealed")
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    next_step_sealed: Mapped[bytes | None]
    next_step = Sealed("next_step_sealed")
    next_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim_letter.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str | None] = mapped_column(sa.String(TOKEN_CHARS), unique=True)

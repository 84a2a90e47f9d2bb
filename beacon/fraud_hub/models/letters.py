"""The letters about a claim, to the firm and to the ombudsman."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.models.losses import TOKEN_CHARS
from beacon.fraud_hub.terms import LetterKind


class ClaimLetter(Sealing, Kept, Base):
    """One letter about one claim, until it is sent or thrown away. What was sent stays."""

    __tablename__ = "claim_letter"
    __table_args__ = (
        sa.CheckConstraint("sent_on IS NULL OR dropped_at IS NULL", name="is_sent_or_thrown_away"),
        sa.Index("ix_claim_letter_of_claim", "claim_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_claim.id"))
    kind: Mapped[LetterKind]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    sent_on: Mapped[date | None]
    dropped_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written on."""
        return self.sent_on is None and self.dropped_at is None

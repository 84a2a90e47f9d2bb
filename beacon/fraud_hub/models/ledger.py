"""The ledger of money back and prevented, which only grows."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.models.losses import TOKEN_CHARS
from beacon.fraud_hub.terms import Contribution, EntryKind, Route


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
        sa.CheckConstraint("counted_on >= happened_on", name="never_counted_before"),
        sa.Index("ix_ledger_entry_period", "kind", "counted_on"),
        sa.Index("ix_ledger_entry_list", "counted_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    loss_id: Mapped[int | None] = mapped_column(sa.ForeignKey("loss.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_claim.id"), index=True)
    kind: Mapped[EntryKind]
    route: Mapped[Route]
    contribution: Mapped[Contribution]
    amount_pence: Mapped[int]
    happened_on: Mapped[date]
    counted_on: Mapped[date]  # the same day; of a closed month, the first day that is open
    evidence_sealed: Mapped[bytes | None]
    evidence = Sealed("evidence_sealed")
    evidence_index: Mapped[str | None] = mapped_column(sa.String(32))
    paper_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)  # without its part
    bank_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    evidence_use: Mapped[int] = mapped_column(default=0)  # rises when its entry was reversed
    words_sealed: Mapped[bytes | None]  # how it was estimated, or why it was reversed
    words = Sealed("words_sealed")
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    verified_by_name: Mapped[str] = mapped_column(sa.String(100))
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    approved_by_name: Mapped[str | None] = mapped_column(sa.String(100))  # the second person
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)

    @property
    def is_reversal(self) -> bool:
        """Whether the row takes another back."""
        return self.reverses_id is not None

    @property
    def is_late(self) -> bool:
        """Whether it is of an earlier month than the one that counts it."""
        return self.happened_on < self.counted_on

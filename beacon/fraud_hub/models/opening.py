"""What had been published before the ledger began, by financial year; it only grows."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.terms import EntryKind


class OpeningBalance(Sealing, Kept, Base):
    """Money of one financial year that was published before the ledger was kept (domain.md 4.1).

    It belongs to no case. A mistake is put right by a new row of the negative amount.
    """

    __tablename__ = "opening_balance"
    __table_args__ = (
        sa.CheckConstraint(
            "(reverses_id IS NULL AND amount_pence > 0) "
            "OR (reverses_id IS NOT NULL AND amount_pence < 0)",
            name="only_a_reversal_is_negative",
        ),
        sa.CheckConstraint("kind IN ('recovered', 'prevented')", name="counted_kind"),
        sa.UniqueConstraint("year", "kind", "use", name="uq_opening_balance_once"),
    )
    year: Mapped[int]  # 2019 is 1 April 2019 to 31 March 2020
    kind: Mapped[EntryKind]
    amount_pence: Mapped[int]
    source_sealed: Mapped[bytes | None]
    source = Sealed("source_sealed")  # where it was published, or why it is reversed
    use: Mapped[int] = mapped_column(default=0)  # rises with each reversal; of one, below zero
    reverses_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("opening_balance.id"), unique=True
    )
    logged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    logged_by_name: Mapped[str] = mapped_column(sa.String(100))
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    approved_by_name: Mapped[str] = mapped_column(sa.String(100))

    @property
    def is_reversal(self) -> bool:
        """Whether the row takes another back."""
        return self.reverses_id is not None

    @property
    def financial_year(self) -> str:
        """The year as people write it, such as 2019/20."""
        return f"{self.year}/{(self.year + 1) % 100:02}"

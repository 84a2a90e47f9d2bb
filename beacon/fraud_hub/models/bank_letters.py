"""Letters of banks that list what they paid, line by line."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class BankLetter(Kept, Base):
    """One file of a bank that was taken in; the same file again changes nothing."""

    __tablename__ = "bank_letter"
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)  # SHA-256 of the file
    lines: Mapped[int]
    rejected: Mapped[int]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))


class LetterLine(Sealing, Kept, Base):
    """One payment as the bank lists it. It is no entry: a person logs each by itself."""

    __tablename__ = "letter_line"
    __table_args__ = (
        sa.UniqueConstraint("letter_id", "row_no", name="uq_letter_line_row"),
        sa.CheckConstraint("amount_pence > 0", name="paid_something"),
    )
    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_letter.id"))
    row_no: Mapped[int]
    paid_on: Mapped[date]
    amount_pence: Mapped[int]
    reference_sealed: Mapped[bytes | None]
    reference = Sealed("reference_sealed")
    reference_index: Mapped[str] = mapped_column(sa.String(32), index=True)
    payee_sealed: Mapped[bytes | None]
    payee = Sealed("payee_sealed")
    ours_sealed: Mapped[bytes | None]
    ours = Sealed("ours_sealed")  # our own reference as the bank wrote it
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)

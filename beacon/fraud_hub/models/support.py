"""What a fraud victim was given against the next fraud, and whether it came."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Channel
from beacon.fraud_hub.models.losses import TOKEN_CHARS
from beacon.fraud_hub.terms import RepeatOutcome, SupportKind, SupportState


class SupportItem(Sealing, Kept, Base):
    """One item of the support plan of a fraud case: advised, given, fitted or lent (4.6)."""

    __tablename__ = "support_item"
    __table_args__ = (
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        sa.CheckConstraint(
            "state NOT IN ('returned', 'lost') OR ended_on IS NOT NULL", name="loan_ends_on_a_day"
        ),
        sa.Index("ix_support_item_of_case", "case_id", "id"),
        sa.Index("ix_support_item_lent", "state", "due_back_on", "id"),
        sa.Index("ix_support_item_started", "started_on", "case_id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[SupportKind]
    state: Mapped[SupportState]
    started_on: Mapped[date]  # advised, given, fitted or lent on
    serial_sealed: Mapped[bytes | None]
    serial = Sealed("serial_sealed")
    due_back_on: Mapped[date | None]
    ended_on: Mapped[date | None]  # a loan came back, or was given up
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    token: Mapped[str] = mapped_column(sa.String(TOKEN_CHARS), unique=True)

    @property
    def is_out(self) -> bool:
        """Whether it is lent and has not come back."""
        return self.state is SupportState.LENT


class RepeatCheck(Sealing, Kept, Base):
    """Whether a fraud victim was a victim again, some months after the first support (4.3, 4.6)."""

    __tablename__ = "repeat_check"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "months", name="uq_repeat_check_once"),
        sa.CheckConstraint("(done_on IS NULL) = (outcome IS NULL)", name="done_has_outcome"),
        sa.Index("ix_repeat_check_waiting", "done_on", "due_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    months: Mapped[int]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[RepeatOutcome | None]
    channel: Mapped[Channel | None]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100), default="")

"""What was asked of whoever must supply it: the officer, the CPS, Witness Care and others."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Body, Milestone


class InformationRequest(Sealing, Kept, Base):
    """One question to another body about one case: asked, asked again, and answered or taken back.

    What it asks for is a milestone, or something in words, or both.
    """

    __tablename__ = "information_request"
    __table_args__ = (
        sa.CheckConstraint(
            "milestone IS NOT NULL OR words_sealed IS NOT NULL", name="asks_for_something"
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR answer_sealed IS NOT NULL", name="answered_has_words"
        ),
        sa.CheckConstraint("answered_at IS NULL OR withdrawn_at IS NULL", name="ends_once"),
        sa.CheckConstraint(
            "withdrawn_at IS NOT NULL OR NOT ended_with_case", name="ended_with_case_is_taken_back"
        ),
        sa.Index("ix_information_request_of_case", "case_id", "ended_at", "chase_on"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    asked_of: Mapped[Body]
    milestone: Mapped[Milestone | None]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    chase_on: Mapped[date]  # a working day, or that on which its case was opened again
    answered_at: Mapped[datetime | None]
    answer_sealed: Mapped[bytes | None]
    answer = Sealed("answer_sealed")
    withdrawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # when the answer, or that it was taken back, was recorded
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    ended_with_case: Mapped[bool] = mapped_column(default=False)  # it comes back with the case
    reason_sealed: Mapped[bytes | None]  # why it was taken back
    reason = Sealed("reason_sealed")

    @property
    def is_open(self) -> bool:
        """Whether the answer is still awaited."""
        return self.ended_at is None

    @property
    def what(self) -> str:
        """What was asked for, as a list says it."""
        kind = self.milestone.label if self.milestone else ""
        return ": ".join(part for part in (kind, self.words) if part)

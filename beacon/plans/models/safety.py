"""What keeps a victim safe: the safety plan, and what is fitted at their home."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.plans.terms import ItemKind


class SafetyPlan(Sealing, Kept, Base):
    """What a victim does when it becomes dangerous. All of it is sealed; each case has one."""

    __tablename__ = "safety_plan"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), unique=True)
    signs_sealed: Mapped[bytes | None]  # how they know that it becomes dangerous
    signs = Sealed("signs_sealed")
    steps_sealed: Mapped[bytes | None]  # what they do, and where they go
    steps = Sealed("steps_sealed")
    people_sealed: Mapped[bytes | None]  # who helps, and how they are asked
    people = Sealed("people_sealed")
    children_sealed: Mapped[bytes | None]  # what is done for children and others
    children = Sealed("children_sealed")
    concerns_sealed: Mapped[bytes | None]  # what still worries us
    concerns = Sealed("concerns_sealed")
    review_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)


class HardeningItem(Sealing, Kept, Base):
    """One thing that makes a home safer: asked for, agreed, fitted, each with its day."""

    __tablename__ = "hardening_item"
    __table_args__ = (
        sa.CheckConstraint("agreed_on IS NULL OR agreed_on >= asked_on", name="agreed_after_asked"),
        sa.CheckConstraint("fitted_on IS NULL OR fitted_on >= asked_on", name="fitted_after_asked"),
        sa.CheckConstraint("fitted_on IS NULL OR dropped_on IS NULL", name="ends_once"),
        sa.CheckConstraint(
            "dropped_on IS NULL OR reason_sealed IS NOT NULL", name="dropped_has_reason"
        ),
        sa.Index("ix_hardening_item_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[ItemKind]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    whom_sealed: Mapped[bytes | None]  # who is asked, and who fits it
    whom = Sealed("whom_sealed")
    asked_on: Mapped[date]
    agreed_on: Mapped[date | None]
    fitted_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)

    @property
    def waits(self) -> bool:
        """Whether it is neither fitted nor given up."""
        return self.fitted_on is None and self.dropped_on is None

    @property
    def standing(self) -> str:
        """How far it is, in a word."""
        if self.dropped_on:
            return "Not to be fitted"
        if self.fitted_on:
            return "Fitted"
        return "Agreed" if self.agreed_on else "Asked for"

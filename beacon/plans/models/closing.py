"""How a case ended: one row each time it was closed, so that the earlier ones stay."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.plans.terms import Answer, ClosingReason, CopeAndRecover, GoalState, NotAssessed


class Closing(Sealing, Kept, Base):
    """One end of a case: why, what was achieved, and the closing assessment or why none."""

    __tablename__ = "case_closing"
    __table_args__ = (
        sa.CheckConstraint(
            "(assessment_id IS NULL) = (not_assessed IS NOT NULL)", name="assessed_or_why_not"
        ),
        sa.Index("ix_case_closing_of_case", "case_id", "id"),
        sa.Index("ix_case_closing_closed", "closed_at", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    closed_at: Mapped[datetime]
    reason: Mapped[ClosingReason]
    summary_sealed: Mapped[bytes]
    summary = Sealed("summary_sealed")
    assessment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("needs_assessment.id"))
    not_assessed: Mapped[NotAssessed | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    answers: Mapped[list[ClosingAnswer]] = relationship(order_by="ClosingAnswer.id")
    goals: Mapped[list[ClosingGoal]] = relationship(order_by="ClosingGoal.goal_id")


class ClosingAnswer(Kept, Base):
    """What the victim said of one outcome when the case was closed (domain.md 2.2)."""

    __tablename__ = "closing_answer"
    __table_args__ = (sa.UniqueConstraint("closing_id", "outcome", name="uq_closing_answer_once"),)
    closing_id: Mapped[int] = mapped_column(sa.ForeignKey("case_closing.id"))
    outcome: Mapped[CopeAndRecover]
    answer: Mapped[Answer]


class ClosingGoal(Sealing, Kept, Base):
    """How far one goal was reached when the case was closed."""

    __tablename__ = "closing_goal"
    __table_args__ = (sa.UniqueConstraint("closing_id", "goal_id", name="uq_closing_goal_once"),)
    closing_id: Mapped[int] = mapped_column(sa.ForeignKey("case_closing.id"))
    goal_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_goal.id"))
    state: Mapped[GoalState]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")

"""The work done with a victim: contacts, assessments of need, and who is on duty."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.terms import ContactOutcome, NeedAnswer, NeedCategory, Stage
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Channel


class ContactLog(Sealing, Kept, Base):
    """One contact, or one attempt, by one person."""

    __tablename__ = "contact_log"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    happened_at: Mapped[datetime]
    channel: Mapped[Channel]
    outcome: Mapped[ContactOutcome]
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))


class NeedsAssessment(Kept, Base):
    """The eight categories, answered on one day (Right 4; domain.md 2.1)."""

    __tablename__ = "needs_assessment"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    stage: Mapped[Stage]
    assessed_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    needs: Mapped[list[Need]] = relationship(order_by="Need.category", lazy="selectin")


class Need(Sealing, Kept, Base):
    """One category: a score from 1 (no need) to 5 (high need), or why there is none."""

    __tablename__ = "need"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "category", name="uq_need_once"),
        sa.CheckConstraint(
            "(answer = 'scored') = (score IS NOT NULL) "
            "AND (score IS NULL OR score BETWEEN 1 AND 5)",
            name="score_is_one_to_five",
        ),
    )
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("needs_assessment.id"))
    category: Mapped[NeedCategory]
    answer: Mapped[NeedAnswer]
    score: Mapped[int | None]
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")


class OnDuty(Kept, Base):
    """One person who is on duty on one day. A day without anybody is every team leader's."""

    __tablename__ = "on_duty"
    __table_args__ = (sa.UniqueConstraint("day", "staff_id", name="uq_on_duty_once"),)
    day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))

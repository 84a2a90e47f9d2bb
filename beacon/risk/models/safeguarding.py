"""Safeguarding concerns: never deleted, and shown on every screen of the case (RULE 3.4)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.risk.terms import ConcernConsent, ConcernKind, ConcernOutcome, OverrideGround


class SafeguardingConcern(Sealing, Kept, Base):
    """One concern for an adult or a child: why, to whom it was made, and what came of it."""

    __tablename__ = "safeguarding_concern"
    __table_args__ = (
        sa.CheckConstraint(
            "override_ground IS NULL OR override_reason_sealed IS NOT NULL",
            name="override_says_why",
        ),
        sa.CheckConstraint(
            "consent = 'given' OR override_ground IS NOT NULL", name="without_consent_by_a_ground"
        ),
        sa.Index("ix_safeguarding_concern_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[ConcernKind]
    about_sealed: Mapped[bytes | None]  # for whom, where it is not the victim
    about = Sealed("about_sealed")
    reason_sealed: Mapped[bytes]
    reason = Sealed("reason_sealed")
    consent: Mapped[ConcernConsent]
    override_ground: Mapped[OverrideGround | None]
    override_reason_sealed: Mapped[bytes | None]
    override_reason = Sealed("override_reason_sealed")
    made_to_sealed: Mapped[bytes]
    made_to = Sealed("made_to_sealed")
    made_at: Mapped[datetime]
    reference: Mapped[str] = mapped_column(sa.String(60), default="")
    outcome: Mapped[ConcernOutcome] = mapped_column(default=ConcernOutcome.WAITING)
    next_check_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    checks: Mapped[list[ConcernCheck]] = relationship(order_by="ConcernCheck.id")


class ConcernCheck(Sealing, Kept, Base):
    """One look at a concern: how it stood that day, what was said, when to look again."""

    __tablename__ = "concern_check"
    __table_args__ = (sa.Index("ix_concern_check_of_concern", "concern_id", "id"),)
    concern_id: Mapped[int] = mapped_column(sa.ForeignKey("safeguarding_concern.id"))
    happened_on: Mapped[date]
    outcome: Mapped[ConcernOutcome]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    next_check_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))

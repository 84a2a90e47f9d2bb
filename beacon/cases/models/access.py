"""Who has been let in to a case beside those whose work it is, and what must be looked at after."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.cases.terms import ReviewKind, ReviewOutcome
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class CaseName(Kept, Base):
    """One person named on a restricted case (security.md Z-08)."""

    __tablename__ = "case_name"
    __table_args__ = (sa.UniqueConstraint("case_id", "staff_id", name="uq_case_name_once"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    removed_at: Mapped[datetime | None]


class BreakGlass(Sealing, Kept, Base):
    """One opening of a case out of scope, for a typed reason and a short time (Z-09)."""

    __tablename__ = "break_glass"
    __table_args__ = (sa.Index("ix_break_glass_open", "staff_id", "until", "case_id"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # closed before its time
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class AccessReason(Sealing, Kept, Base):
    """Why somebody looked outside their caseload: asked once a day for each case (Z-14)."""

    __tablename__ = "access_reason"
    __table_args__ = (
        sa.UniqueConstraint("staff_id", "case_id", "given_on", name="uq_access_reason_day"),
    )
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    given_on: Mapped[date]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class AccessReview(Sealing, Kept, Base):
    """Something about access that a person must look at and clear: never by whoever did it."""

    __tablename__ = "access_review"
    __table_args__ = (
        sa.UniqueConstraint("about", name="uq_access_review_once"),
        sa.Index("ix_access_review_waiting", "reviewed_at", "id"),
    )
    about: Mapped[str] = mapped_column(sa.String(60))  # what it is of, so that it is raised once
    kind: Mapped[ReviewKind]
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    break_glass_id: Mapped[int | None] = mapped_column(sa.ForeignKey("break_glass.id"))
    due_on: Mapped[date]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    outcome: Mapped[ReviewOutcome | None]
    note_sealed: Mapped[bytes | None]
    note = Sealed("note_sealed")

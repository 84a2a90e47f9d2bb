"""Working patterns, leave, cover, what was chosen and why, hand-overs and supervision reviews."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.accounts.models import Staff
from beacon.caseloads.terms import (
    USUAL_DAYS,
    HandOverState,
    ReviewQuestion,
    ReviewScore,
    StrengthKind,
)
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class WorkPattern(Kept, Base):
    """When one case manager works, how much they carry, and whether they take new cases."""

    __tablename__ = "work_pattern"
    __table_args__ = (
        sa.CheckConstraint("half_hours BETWEEN 1 AND 120", name="hours_of_a_week"),
        sa.CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_not_below_nought"),
    )
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), unique=True)
    days: Mapped[str] = mapped_column(sa.String(7), default=USUAL_DAYS)  # ISO: 1 is Monday
    half_hours: Mapped[int]  # half hours in a week: 74 are 37 hours
    capacity: Mapped[int | None]  # points; where there is none, the hours say it
    takes_new: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class ManagerStrength(Kept, Base):
    """One skill, district or language of one case manager."""

    __tablename__ = "manager_strength"
    __table_args__ = (
        sa.UniqueConstraint("staff_id", "kind", "word", name="uq_manager_strength_once"),
    )
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    kind: Mapped[StrengthKind]
    word: Mapped[str] = mapped_column(sa.String(60))


class Leave(Kept, Base):
    """Days on which somebody is away. Why is nobody's business here."""

    __tablename__ = "staff_leave"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        sa.Index("ix_staff_leave_of_person", "staff_id", "ends_on"),
    )
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day away
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    taken_back_at: Mapped[datetime | None]


class Cover(Kept, Base):
    """One colleague who answers for another's cases on certain days, and not a day longer."""

    __tablename__ = "case_cover"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        sa.CheckConstraint("absent_id <> cover_id", name="nobody_covers_themselves"),
        sa.Index("ix_case_cover_by", "cover_id", "ends_on"),
        sa.Index("ix_case_cover_of", "absent_id", "ends_on"),
    )
    absent_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    cover_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day of it
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]  # ended before its time
    absent: Mapped[Staff] = relationship(foreign_keys=[absent_id])
    person: Mapped[Staff] = relationship(foreign_keys=[cover_id])


class ManagerChoice(Sealing, Kept, Base):
    """One giving of a case: whom the rule proposed, who was chosen, and why where it was another.

    Written once, never changed.
    """

    __tablename__ = "manager_choice"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    chosen_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    proposed_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))  # the first of them
    was_proposed: Mapped[bool]
    over_capacity: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")  # what the rule said of the one who was chosen
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class CaseHandOver(Sealing, Kept, Base):
    """One case that went from one manager to another, until the receiver has accepted it."""

    __tablename__ = "case_hand_over"
    __table_args__ = (
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)", name="settled_has_its_moment"
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR reason_sealed IS NOT NULL", name="declined_says_why"
        ),
        sa.Index("ix_case_hand_over_to", "to_id", "state"),
        sa.Index("ix_case_hand_over_state", "state", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    from_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))  # the leader
    state: Mapped[HandOverState] = mapped_column(default=HandOverState.WAITING)
    settled_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")  # why it was declined


class SupervisionReview(Sealing, Kept, Base):
    """One look of a supervisor at how one case was done, and what was agreed."""

    __tablename__ = "supervision_review"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    manager_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    reviewed_on: Mapped[date]
    seen_at: Mapped[datetime | None]  # by the manager
    good_sealed: Mapped[bytes | None]
    good = Sealed("good_sealed")  # what was done well
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")  # what to do otherwise
    scores: Mapped[list[SupervisionScore]] = relationship(
        order_by="SupervisionScore.id", lazy="selectin"
    )
    actions: Mapped[list[SupervisionAction]] = relationship(
        order_by="SupervisionAction.due_on, SupervisionAction.id", lazy="selectin"
    )


class SupervisionScore(Kept, Base):
    """One question of a review with its score."""

    __tablename__ = "supervision_score"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "question", name="uq_supervision_score_once"),
    )
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("supervision_review.id"))
    question: Mapped[ReviewQuestion]
    score: Mapped[ReviewScore]


class SupervisionAction(Sealing, Kept, Base):
    """One thing that the reviewer and the manager agreed, and by when."""

    __tablename__ = "supervision_action"
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("supervision_review.id"), index=True)
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))

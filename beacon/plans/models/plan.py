"""A plan: goals by need, actions with owner and date, sessions; and every change of them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.terms import NeedCategory
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.plans.terms import (
    ActionState,
    GoalState,
    Part,
    PlanState,
    SessionKind,
    SessionState,
)


class Plan(Sealing, Kept, Base):
    """The plan of one case, and where it stands with its supervisor. Each case has one at most."""

    __tablename__ = "plan"
    __table_args__ = (
        sa.CheckConstraint(
            "state NOT IN ('approved', 'sent_back') OR decided_at IS NOT NULL",
            name="decided_has_moment",
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR submitted_by_id IS NULL OR decided_by_id <> submitted_by_id",
            name="never_by_its_author",
        ),
        sa.Index("ix_plan_waiting", "state", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), unique=True)
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    words_sealed: Mapped[bytes | None]  # what the supervisor said
    words = Sealed("words_sealed")
    version: Mapped[int] = mapped_column(default=1)


class Goal(Sealing, Kept, Base):
    """What a victim wants to reach, by category of need."""

    __tablename__ = "plan_goal"
    __table_args__ = (sa.Index("ix_plan_goal_of_case", "case_id", "id"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    category: Mapped[NeedCategory]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    state: Mapped[GoalState] = mapped_column(default=GoalState.OPEN)
    achieved_sealed: Mapped[bytes | None]  # what was achieved, in words
    achieved = Sealed("achieved_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)
    actions: Mapped[list[Action]] = relationship(
        order_by="Action.due_on, Action.id", back_populates="goal"
    )


class Action(Sealing, Kept, Base):
    """One thing to do towards a goal: by whom, by when, and what became of it."""

    __tablename__ = "plan_action"
    __table_args__ = (
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_has_day"),
        sa.CheckConstraint(
            "state <> 'dropped' OR reason_sealed IS NOT NULL", name="dropped_has_reason"
        ),
        sa.Index("ix_plan_action_of_case", "case_id", "id"),
        sa.Index("ix_plan_action_due", "state", "due_on", "id"),
        sa.Index("ix_plan_action_of_goal", "goal_id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    goal_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_goal.id"))
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    # None: whoever is the case manager, so that it goes with the case.
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    ended_on: Mapped[date | None]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)
    goal: Mapped[Goal] = relationship(back_populates="actions")


class PlanSession(Sealing, Kept, Base):
    """One session with a victim, planned or held."""

    __tablename__ = "plan_session"
    __table_args__ = (
        sa.CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name="within_a_day"),
        sa.CheckConstraint(
            "state <> 'attended' OR minutes IS NOT NULL", name="attended_has_length"
        ),
        sa.Index("ix_plan_session_of_case", "case_id", "held_on", "id"),
        sa.Index("ix_plan_session_due", "state", "held_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    goal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_goal.id"))
    kind: Mapped[SessionKind]
    held_on: Mapped[date]
    minutes: Mapped[int | None]
    state: Mapped[SessionState] = mapped_column(default=SessionState.PLANNED)
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)


class PlanChange(Sealing, Kept, Base):
    """One change of a plan, for people to read: what it said, what it says, why, and who."""

    __tablename__ = "plan_change"
    __table_args__ = (sa.Index("ix_plan_change_of_case", "case_id", "id"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    part: Mapped[Part]
    about_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    old_sealed: Mapped[bytes | None]
    old = Sealed("old_sealed")
    new_sealed: Mapped[bytes | None]
    new = Sealed("new_sealed")
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))

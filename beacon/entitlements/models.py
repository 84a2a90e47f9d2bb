"""Duties: one deadline under one Right, for one victim, as it was promised on the day."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.terms import Channel, DutyEventKind, DutyState, FiguresKind


class Duty(Sealing, Kept, Base):
    """One duty. Code, limit, start and due date are stored: what was promised does not move.

    The case and the hearing are named by table, since the Code knows of neither.
    """

    __tablename__ = "duty"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "rule", "about", name="uq_duty_once"),
        sa.Index("ix_duty_due", "state", "due_on", "id"),
        sa.Index("ix_duty_of_case", "case_id", "state", "due_on"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    rule: Mapped[str] = mapped_column(sa.String(40))
    code: Mapped[str] = mapped_column(sa.String(20))  # "2020", or "standard" for a local standard
    right: Mapped[int | None]
    about: Mapped[str] = mapped_column(sa.String(60))  # what set it off: "milestone:7", "hearing:3"
    event_at: Mapped[datetime]
    clock_started_at: Mapped[datetime | None]  # None: the clock has not started (no receipt yet)
    enhanced: Mapped[bool]
    amount: Mapped[int | None]
    unit: Mapped[str] = mapped_column(sa.String(20), default="")
    due_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[DutyState] = mapped_column(default=DutyState.OPEN)
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    channel: Mapped[Channel | None]
    reason_sealed: Mapped[bytes | None]  # why the victim is not told, or the clock stands still
    reason = Sealed("reason_sealed")
    late_because_sealed: Mapped[bytes | None]
    late_because = Sealed("late_because_sealed")
    recovery_sealed: Mapped[bytes | None]  # what is done so that it is not late again
    recovery = Sealed("recovery_sealed")
    paused_on: Mapped[date | None]
    stood_still: Mapped[int] = mapped_column(default=0)  # working days of pauses that are over

    @property
    def is_open(self) -> bool:
        """Whether the victim has still to be told."""
        return self.state is DutyState.OPEN

    @property
    def may_be_told(self) -> bool:
        """Whether telling the victim can still be recorded: open, or put off for their safety."""
        put_off = self.state is DutyState.SAFETY_DELAY and self.told_at is None
        return self.is_open or self.is_paused or put_off

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still."""
        return self.state is DutyState.PAUSED

    @property
    def is_beyond_calendar(self) -> bool:
        """Whether its day is not known, since the calendar does not reach so far."""
        has_limit = self.clock_started_at is not None and self.amount is not None
        return has_limit and self.due_on is None

    @property
    def is_local_standard(self) -> bool:
        """Whether this is our own standard, which never counts in Code figures."""
        return self.code == STANDARD

    def is_late(self, on: date) -> bool:
        """Whether the due date has passed and nobody has told the victim."""
        return self.is_open and self.due_on is not None and self.due_on < on


class DutyEvent(Kept, Base):
    """One thing that happened to a duty, and how the duty stood then. Rows are only ever added.

    The last row written up to a moment says how the duty stood at that moment.
    """

    __tablename__ = "duty_event"
    __table_args__ = (sa.Index("ix_duty_event_of_duty", "duty_id", "id"),)
    duty_id: Mapped[int] = mapped_column(sa.ForeignKey("duty.id"))
    what: Mapped[DutyEventKind]
    state: Mapped[DutyState]
    due_on: Mapped[date | None]
    enhanced: Mapped[bool]
    told_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))


class PublishedFigures(Kept, Base):
    """The figures of some days as they were published: whole, once, and never changed again.

    They hold no case and no count under five, so they have no scope.
    """

    __tablename__ = "published_figures"
    __table_args__ = (
        sa.UniqueConstraint("kind", "first_on", "last_on", name="uq_published_figures_once"),
    )
    kind: Mapped[FiguresKind] = mapped_column(default=FiguresKind.COMPLIANCE)
    first_on: Mapped[date]
    last_on: Mapped[date]
    as_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(sa.Text)  # the file that left, byte for byte; ASCII
    sha256: Mapped[str] = mapped_column(sa.String(64))  # of the content
    pack_sha256: Mapped[str] = mapped_column(sa.String(64))  # of the exact pack as at that moment
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    published_by: Mapped[str] = mapped_column(sa.String(100))

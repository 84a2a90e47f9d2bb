"""The case itself, its history, and what a person must do about it."""

from __future__ import annotations

import json
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.accounts.models import Staff
from beacon.cases.models.crime import Crime
from beacon.cases.terms import (
    EVENT_SENTENCES,
    CaseStatus,
    Consent,
    EventKind,
    ReminderKind,
    TaskKind,
    TimelineEvent,
    kind_of,
)
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import EnhancedGround, VictimCategory
from beacon.people.models import Victim

NEVER = date.max


def _live(name: str, *columns: str) -> sa.Index:
    """An index over the cases that are not closed, the only ones that lists show."""
    live = sa.text("closed_at IS NULL")
    return sa.Index(name, *columns, sqlite_where=live, postgresql_where=live)


class CaseFile(Sealing, Kept, Base):
    """One victim, one crime, one plan."""

    __tablename__ = "case_file"  # CASE is a word SQL keeps for itself
    __table_args__ = (
        sa.CheckConstraint(
            "status <> 'closed' OR closing_note_sealed IS NOT NULL", name="closed_has_note"
        ),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"
        ),
        sa.UniqueConstraint("crime_id", "victim_id", name="uq_case_file_crime_victim"),
        _live("ix_case_file_caseload", "manager_id", "listed_on", "id"),
        _live("ix_case_file_team", "team_id", "listed_on", "id"),
        _live("ix_case_file_list", "listed_on", "id"),
        sa.Index("ix_case_file_opened", "opened_at", "id"),
        sa.Index(
            "ix_case_file_closed",
            "closed_at",
            "id",
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        ),
    )
    reference: Mapped[str] = mapped_column(sa.String(12), unique=True)
    crime_id: Mapped[int] = mapped_column(sa.ForeignKey("crime.id"))
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    status: Mapped[CaseStatus] = mapped_column(default=CaseStatus.NEW)
    category: Mapped[VictimCategory] = mapped_column(default=VictimCategory.STANDARD)
    category_decided_at: Mapped[datetime | None]
    enhanced: Mapped[bool] = mapped_column(default=False)  # decided, or proposed and undecided
    category_turns: Mapped[str | None] = mapped_column(sa.Text)  # JSON: when `enhanced` changed
    consent: Mapped[Consent] = mapped_column(default=Consent.NOT_ASKED)
    domestic_abuse: Mapped[bool] = mapped_column(default=False)
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    manager_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    restricted: Mapped[bool] = mapped_column(default=False)  # only for those who are named
    erased_at: Mapped[datetime | None]  # nobody sees it any more; the log keeps its number
    opened_at: Mapped[datetime]
    first_contact_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing_note_sealed: Mapped[bytes | None]
    closing_note = Sealed("closing_note_sealed")
    next_due_on: Mapped[date | None]  # the earliest open duty; kept by every change of a duty
    # The same as a key to list by: null comes last, and both databases walk one index.
    listed_on: Mapped[date] = mapped_column(
        sa.Date, sa.Computed(f"coalesce(next_due_on, '{NEVER}')", persisted=True), deferred=True
    )
    version: Mapped[int] = mapped_column(default=1)  # a form's version is held against it
    crime: Mapped[Crime] = relationship()
    victim: Mapped[Victim] = relationship()
    manager: Mapped[Staff | None] = relationship()
    grounds: Mapped[list[CaseGround]] = relationship(order_by="CaseGround.id")
    duties: Mapped[list[Duty]] = relationship(order_by="Duty.due_on, Duty.id")
    timeline: Mapped[list[TimelineEntry]] = relationship(order_by="TimelineEntry.id.desc()")

    @property
    def is_open(self) -> bool:
        """Whether work may still be done on it."""
        return self.status is not CaseStatus.CLOSED

    def was_enhanced(self, at: datetime) -> bool:
        """Whether it counted as enhanced at that moment: what comes later changes nothing.

        domain.md RULE 1.2. Before the first change it counts as it did when it came; moments are
        compared by whole minutes, since a page gives no more.
        """
        if self.category_turns is None:
            return self.enhanced
        asked = at.replace(second=0, microsecond=0)
        turns = map(datetime.fromisoformat, json.loads(self.category_turns))
        later = sum(turn > asked for turn in turns)
        return self.enhanced is (later % 2 == 0)

    def turn(self, *, enhanced: bool, at: datetime) -> bool:
        """Count as enhanced, or as standard, from that moment on; tell whether that is new."""
        if enhanced is self.enhanced:
            return False
        minute = at.replace(second=0, microsecond=0).isoformat(timespec="minutes")
        self.category_turns = json.dumps([*json.loads(self.category_turns or "[]"), minute])
        self.enhanced = enhanced
        return True

    @property
    def category_is_proposed(self) -> bool:
        """Whether a person has still to decide the category."""
        return self.category_decided_at is None

    @property
    def needs_a_named_manager(self) -> bool:
        """Whether an enhanced victim has no case manager (domain.md RULE 1.4)."""
        return self.is_open and self.enhanced and self.manager_id is None


class CaseGround(Sealing, Kept, Base):
    """Why a victim is, or may be, owed Enhanced Rights: who decided, when and why (RULE 1.2)."""

    __tablename__ = "case_ground"
    __table_args__ = (sa.UniqueConstraint("case_id", "ground", name="uq_case_ground_once"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    ground: Mapped[EnhancedGround]
    proposed_by: Mapped[str] = mapped_column(sa.String(60), default="")  # the fact that proposed it
    holds: Mapped[bool | None]  # None: proposed, not decided
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class TimelineEntry(Sealing, Kept, Base):
    """One line of a case's history, for people to read. It only grows; it sets nothing off."""

    __tablename__ = "timeline_entry"
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    event: Mapped[TimelineEvent]  # the name of its template sentence
    happened_at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(sa.String(100))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")

    @property
    def sentence(self) -> str:
        """The line as people read it."""
        template = EVENT_SENTENCES[self.event]
        said = template.format(by=self.by_name, words=self.words)
        return said[:1].upper() + said[1:]

    @property
    def kind(self) -> EventKind:
        """What it is about, which names its template."""
        return kind_of(self.event)


class CaseTask(Kept, Base):
    """Something a person must do about a case."""

    __tablename__ = "case_task"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "kind", "about", name="uq_case_task_once"),
        sa.Index("ix_case_task_open", "done_at", "due_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    kind: Mapped[TaskKind]
    about: Mapped[str] = mapped_column(sa.String(60), default="")
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))

    @property
    def words(self) -> str:
        """What is to be done: what somebody asked for, or what its kind always asks."""
        return self.kind.words(self.about)


class DutyReminder(Kept, Base):
    """One reminder of one duty, as it was due then, to one person. The unique key keeps it once."""

    __tablename__ = "duty_reminder"
    __table_args__ = (
        sa.UniqueConstraint("duty_id", "kind", "due_on", "staff_id", name="uq_duty_reminder_once"),
        sa.Index("ix_duty_reminder_unmailed", "digest_id", "seen_at"),
    )
    duty_id: Mapped[int] = mapped_column(sa.ForeignKey("duty.id"))
    kind: Mapped[ReminderKind]
    due_on: Mapped[date]
    staff_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    seen_at: Mapped[datetime | None]
    digest_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reminder_digest.id"))


class ReminderDigest(Kept, Base):
    """The one mail of a day that tells a person of their reminders: the unique key keeps it one."""

    __tablename__ = "reminder_digest"
    __table_args__ = (sa.UniqueConstraint("staff_id", "on_day", name="uq_reminder_digest_once"),)
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"))
    on_day: Mapped[date]
    duties: Mapped[int]  # of how many it tells

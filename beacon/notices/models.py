"""What is written to victims, the print runs of letters, and each time that one was printed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.notices.terms import Age, HeldBecause, Matter, NoticeKind, NoticeState, Way
from beacon.people.models import Victim


class PrintRun(Kept, Base):
    """The letters that one person printed together."""

    __tablename__ = "print_run"
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[str] = mapped_column(sa.String(100), default="")


class Printing(Sealing, Kept, Base):
    """One time that the letters of a run were shown to be printed; a later time says why."""

    __tablename__ = "printing"
    __table_args__ = (sa.UniqueConstraint("run_id", "number", name="uq_printing_number"),)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("print_run.id"))
    number: Mapped[int]
    letters: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")


class VictimNotice(Sealing, Kept, Base):
    """One thing that we write to one victim, once for what it is about."""

    __tablename__ = "victim_notice"
    __table_args__ = (
        sa.UniqueConstraint("kind", "about_id", name="uq_victim_notice_once"),
        sa.CheckConstraint("(state = 'held') = (held_because IS NOT NULL)", name="held_says_why"),
        sa.Index("ix_victim_notice_state", "state", "id"),
    )
    kind: Mapped[NoticeKind]
    about_id: Mapped[int]  # the row of the feature that asked for it
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    matter: Mapped[Matter]
    age: Mapped[Age]
    reference: Mapped[str] = mapped_column(sa.String(20))
    due_on: Mapped[date | None]  # by when we have promised to be in touch
    passed_to: Mapped[str] = mapped_column(sa.String(100), default="")
    is_careful: Mapped[bool] = mapped_column(default=False)  # only where one of us has asked
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.HELD)
    held_because: Mapped[HeldBecause | None]
    checked_at: Mapped[datetime]  # when it was last asked whether it may go
    checked_version: Mapped[int]  # of the person's record, as it was then
    way: Mapped[Way | None]
    on_day: Mapped[date | None]  # the day of its text
    mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outbound_mail.id"))
    address_id: Mapped[int | None] = mapped_column(sa.ForeignKey("address.id"))
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("print_run.id"), index=True)
    letter_sealed: Mapped[bytes | None]
    letter = Sealed("letter_sealed")  # the words as they were printed: a reprint says the same
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(sa.String(100), default="")
    because_sealed: Mapped[bytes | None]
    because = Sealed("because_sealed")  # what a person said who settled it
    version: Mapped[int] = mapped_column(default=1)
    victim: Mapped[Victim] = relationship()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in {NoticeState.SENT, NoticeState.TOLD, NoticeState.NOT_NEEDED}

"""Courts, defendants and their hearings. Defendants are on the other side of the wall: nothing
here joins a table of people (house.md 2.7)."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.courts.terms import (
    ON_THE_LIST,
    Attendance,
    CallOutcome,
    CourtKind,
    HearingOutcome,
    HearingStatus,
    Initiation,
    ListChange,
    Remand,
    TextBar,
)


class Court(Kept, Base):
    """One court building, as far as its facts were verified (domain.md RULE 6.1)."""

    __tablename__ = "court"
    code: Mapped[str] = mapped_column(sa.String(10), unique=True)  # the OU code, B41ME00
    name: Mapped[str] = mapped_column(sa.String(100))
    name_key: Mapped[str] = mapped_column(sa.String(100), index=True)
    kind: Mapped[CourtKind]
    area_code: Mapped[str] = mapped_column(sa.String(10), default="")  # the local justice area
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    postcode: Mapped[str] = mapped_column(sa.String(10), default="")
    opening: Mapped[str] = mapped_column(sa.String(60), default="")
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    in_county: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    verified_on: Mapped[date | None]

    def is_closed(self, on: date) -> bool:
        """Whether nobody sits there on that day."""
        before = self.valid_from is not None and on < self.valid_from
        return before or (self.valid_to is not None and self.valid_to < on)


class HearingType(Kept, Base):
    """One type of hearing with its flags (domain.md RULE 6.2): rows that may be changed."""

    __tablename__ = "hearing_type"
    code: Mapped[str] = mapped_column(sa.String(10), unique=True)
    cjs_code: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str] = mapped_column(sa.String(60))
    is_first_hearing: Mapped[bool]
    defendant_attends: Mapped[bool]
    victim_notice: Mapped[bool]
    text_reminder: Mapped[bool]


class Defendant(Sealing, Kept, Base):
    """One person charged with one crime. Belongs to the crime, never to a case (contract 3.4)."""

    __tablename__ = "defendant"
    __table_args__ = (
        sa.Index("ix_defendant_urn", "urn", "reference"),
        sa.CheckConstraint("last_name <> ''", name="has_a_surname"),
    )
    crime_key: Mapped[str] = mapped_column(sa.String(40), index=True)  # crime reference, or URN
    urn: Mapped[str] = mapped_column(sa.String(40), default="")
    reference: Mapped[str] = mapped_column(sa.String(40), default="")
    first_name: Mapped[str] = mapped_column(sa.String(100), default="")
    last_name: Mapped[str] = mapped_column(sa.String(100))
    name_key: Mapped[str] = mapped_column(sa.String(220))
    surname_key: Mapped[str] = mapped_column(sa.String(220), index=True)
    date_of_birth: Mapped[date | None]
    mobile_sealed: Mapped[bytes | None]
    mobile = Sealed("mobile_sealed")
    mobile_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    mobile_given_at: Mapped[datetime | None]  # a person typed it: no list writes over it
    listed_mobile_sealed: Mapped[bytes | None]
    listed_mobile = Sealed("listed_mobile_sealed")  # what a list says instead
    do_not_text: Mapped[bool] = mapped_column(default=False)
    text_bar: Mapped[TextBar | None]  # why they are not to be texted, where somebody said why
    interpreter_language: Mapped[str] = mapped_column(sa.String(60), default="")
    made_by_hand: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    hearings: Mapped[list[Hearing]] = relationship(
        back_populates="defendant", order_by="Hearing.held_on, Hearing.id"
    )

    @property
    def full_name(self) -> str:
        """The name as a list writes it."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


class Hearing(Kept, Base):
    """One hearing of one defendant. It keeps this identity through all its moves.

    A day and a time of day, as the London clock will show them: not a moment (house.md 2.6).
    """

    __tablename__ = "hearing"
    __table_args__ = (
        sa.UniqueConstraint("defendant_id", "type_code", "held_on", name="uq_hearing_once"),
        sa.Index("ix_hearing_day", "held_on", "court_id", "starts_at", "id"),
    )
    defendant_id: Mapped[int] = mapped_column(sa.ForeignKey("defendant.id"), index=True)
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"))
    held_on: Mapped[date]
    starts_at: Mapped[time | None]
    type_code: Mapped[str] = mapped_column(sa.String(20), default="")
    room: Mapped[str] = mapped_column(sa.String(40), default="")
    status: Mapped[HearingStatus] = mapped_column(default=HearingStatus.LISTED)
    remand: Mapped[Remand | None]
    initiation: Mapped[Initiation | None]
    made_by_hand: Mapped[bool] = mapped_column(default=False)  # until a list is found to name it
    listing_no: Mapped[int] = mapped_column(default=1)  # how often day, time or court were given
    outcome: Mapped[HearingOutcome | None]
    attendance: Mapped[Attendance | None]
    outcome_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    defendant: Mapped[Defendant] = relationship(back_populates="hearings")
    court: Mapped[Court] = relationship()
    versions: Mapped[list[HearingVersion]] = relationship(order_by="HearingVersion.number")

    @property
    def is_live(self) -> bool:
        """Whether it is still to be held, for all we know."""
        return self.status in ON_THE_LIST and self.outcome is None


class HearingVersion(Kept, Base):
    """How a hearing stood after one change, by whom and when."""

    __tablename__ = "hearing_version"
    __table_args__ = (sa.UniqueConstraint("hearing_id", "number", name="uq_hearing_version_once"),)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    number: Mapped[int]
    change: Mapped[ListChange]
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"))
    held_on: Mapped[date]
    starts_at: Mapped[time | None]
    type_code: Mapped[str] = mapped_column(sa.String(20))
    room: Mapped[str] = mapped_column(sa.String(40))
    status: Mapped[HearingStatus]
    remand: Mapped[Remand | None]
    changed: Mapped[str] = mapped_column(sa.String(200), default="")  # names of facts, no content
    by_name: Mapped[str] = mapped_column(sa.String(100))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    court: Mapped[Court] = relationship()


class HearingText(Kept, Base):
    """Which text speaks for a hearing on a day: one text may speak for several hearings."""

    __tablename__ = "hearing_text"
    __table_args__ = (sa.UniqueConstraint("hearing_id", "held_on", name="uq_hearing_text_once"),)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    held_on: Mapped[date]
    about_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)


class HearingTold(Kept, Base):
    """What a text said of a hearing: written in its claim, so that an untruth can be mended.

    No day, time and court: it said that the hearing is not going ahead.
    """

    __tablename__ = "hearing_told"
    __table_args__ = (
        sa.UniqueConstraint("kind", "about_id", "on_day", name="uq_hearing_told_text"),
        sa.Index("ix_hearing_told_day", "on_day", "kind", "about_id"),
    )
    kind: Mapped[str] = mapped_column(sa.String(40))  # with the next two, which text it was
    about_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    on_day: Mapped[date]
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), index=True)
    held_on: Mapped[date | None]
    starts_at: Mapped[time | None]
    court_id: Mapped[int | None] = mapped_column(sa.ForeignKey("court.id"))
    hearing: Mapped[Hearing] = relationship(foreign_keys=[hearing_id])


class CourtCall(Sealing, Kept, Base):
    """One call to a defendant who could not be texted, by whom and what came of it."""

    __tablename__ = "court_call"
    __table_args__ = (sa.Index("ix_court_call_about", "hearing_id", "held_on", "id"),)
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    held_on: Mapped[date]  # the day of the hearing, as the call told it
    outcome: Mapped[CallOutcome]
    rung_index: Mapped[str] = mapped_column(sa.String(32), default="")  # which number was rung
    note_sealed: Mapped[bytes | None]
    note = Sealed("note_sealed")
    rung_at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(sa.String(100))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))

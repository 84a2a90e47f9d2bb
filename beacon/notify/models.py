"""The outbox, each call to the provider, what the provider reported, and who is not texted."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core import clock
from beacon.core.db import Base, Kept
from beacon.core.phone import Phone
from beacon.core.sealed import Sealed, Sealing
from beacon.notify.rules import SETTLED, WAITING
from beacon.notify.terms import (
    AttemptEnd,
    Audience,
    NumberFlag,
    NumberVerdict,
    ReplyKind,
    TextState,
)


class OutboundText(Sealing, Kept, Base):
    """One intent to text somebody about one thing for one day: made once, sent at most once."""

    __tablename__ = "outbound_text"
    __table_args__ = (
        sa.UniqueConstraint("kind", "about_id", "on_day", name="uq_outbound_text_intent"),
        sa.Index("ix_outbound_text_due", "state", "send_after", "id"),
        sa.Index("ix_outbound_text_day", "on_day", "state"),
        sa.CheckConstraint("state <> 'suppressed' OR reason <> ''", name="suppressed_has_reason"),
    )
    kind: Mapped[str] = mapped_column(sa.String(40))
    about_id: Mapped[int]
    on_day: Mapped[date]  # the day of the hearing, or of whatever the text is about
    audience: Mapped[Audience]
    to_sealed: Mapped[bytes | None]
    to = Sealed("to_sealed")
    to_index: Mapped[str] = mapped_column(sa.String(32), default="", index=True)
    body_sealed: Mapped[bytes | None]
    body = Sealed("body_sealed")
    template: Mapped[str] = mapped_column(sa.String(60), default="")
    segments: Mapped[int] = mapped_column(default=0)
    state: Mapped[TextState] = mapped_column(default=TextState.PLANNED)
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    send_after: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None] = mapped_column(sa.String(32), unique=True)
    claimed_at: Mapped[datetime | None] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]
    may_have_left: Mapped[bool] = mapped_column(default=False)
    provider_sid: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    error_code: Mapped[int | None]
    # A later report contradicted an earlier one, or it may have been sent twice: a person looks.
    is_disputed: Mapped[bool] = mapped_column(default=False)
    decided_because_sealed: Mapped[bytes | None]  # of a person who decided about it in doubt
    decided_because = Sealed("decided_because_sealed")
    # Held by a person, or let go by one although its day is held; else as its day.
    hold: Mapped[bool | None]
    asked_at: Mapped[datetime | None]  # when the provider was last asked, no receipt having come
    redacted_at: Mapped[datetime | None]  # when the provider was told to forget the words
    calls: Mapped[list[TextAttempt]] = relationship(
        back_populates="text", order_by="TextAttempt.id"
    )

    @property
    def key(self) -> str:
        """What makes the text this one: its kind, what it is about, and for which day."""
        return f"{self.kind}:{self.about_id}:{self.on_day.isoformat()}"

    @property
    def is_waiting(self) -> bool:
        """Whether it may still be stopped."""
        return self.state in WAITING

    @property
    def is_settled(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state in SETTLED

    @property
    def masked(self) -> str:
        """The number, enough of it to tell two apart."""
        return Phone.parse(self.to).masked if self.to_sealed else ""


class TextAttempt(Kept, Base):
    """One claim of a text, so at most one call to the provider; its token is in the callback."""

    __tablename__ = "text_attempt"
    __table_args__ = (sa.Index("ix_text_attempt_number", "to_index", "claimed_at"),)
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("outbound_text.id"), index=True)
    token: Mapped[str] = mapped_column(sa.String(32), unique=True)
    to_index: Mapped[str] = mapped_column(sa.String(32), default="")
    claimed_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    ended: Mapped[AttemptEnd] = mapped_column(default=AttemptEnd.OPEN)
    error_code: Mapped[int | None]
    fault: Mapped[str] = mapped_column(sa.String(60), default="")
    text: Mapped[OutboundText] = relationship(back_populates="calls")


class TextEvent(Kept, Base):
    """One report of the provider about one call. The same report twice is one row."""

    __tablename__ = "text_event"
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("outbound_text.id"), index=True)
    event_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    token: Mapped[str] = mapped_column(sa.String(32), index=True)
    provider_sid: Mapped[str] = mapped_column(sa.String(40), default="")
    status: Mapped[str] = mapped_column(sa.String(30))
    error_code: Mapped[int | None]
    received_at: Mapped[datetime]
    is_applied: Mapped[bool] = mapped_column(default=False)
    is_conflict: Mapped[bool] = mapped_column(default=False)


class SuppressedNumber(Kept, Base):
    """A number that is not texted any more, by its blind index alone."""

    __tablename__ = "suppressed_number"
    __table_args__ = (sa.UniqueConstraint("phone_index", "flag", name="uq_suppressed_number_flag"),)
    phone_index: Mapped[str] = mapped_column(sa.String(32), index=True)
    flag: Mapped[NumberFlag]
    source: Mapped[str] = mapped_column(sa.String(40))
    flagged_at: Mapped[datetime] = mapped_column(default=clock.now)  # the last time
    lifted_at: Mapped[datetime | None]


class NumberDecision(Sealing, Kept, Base):
    """What a person decided about a number that is not texted, or is no longer, and why."""

    __tablename__ = "number_decision"
    number_id: Mapped[int] = mapped_column(sa.ForeignKey("suppressed_number.id"), index=True)
    verdict: Mapped[NumberVerdict]
    because_sealed: Mapped[bytes | None]
    because = Sealed("because_sealed")
    by_name: Mapped[str] = mapped_column(sa.String(100))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))


class InboundReply(Sealing, Kept, Base):
    """What somebody texted to our sender: for a court officer, and never near a victim's page.

    It is known by its number alone: by the last text to a defendant that went there.
    """

    __tablename__ = "inbound_reply"
    __table_args__ = (
        sa.Index("ix_inbound_reply_waiting", "handled_at", "is_urgent", "id"),
        sa.CheckConstraint("handled_at IS NULL OR handled_by <> ''", name="handled_by_somebody"),
    )
    provider_sid: Mapped[str] = mapped_column(sa.String(40), unique=True)
    from_sealed: Mapped[bytes | None]
    sender = Sealed("from_sealed")
    from_index: Mapped[str] = mapped_column(sa.String(32), index=True)
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    media: Mapped[int] = mapped_column(default=0)  # how many pictures came: none is ever fetched
    kind: Mapped[ReplyKind]
    is_urgent: Mapped[bool] = mapped_column(default=False)  # it speaks of harm
    is_protected: Mapped[bool] = mapped_column(default=False)  # somebody we protect has the number
    received_at: Mapped[datetime]
    text_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outbound_text.id"), index=True)
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[str] = mapped_column(sa.String(100), default="")
    handled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    note_sealed: Mapped[bytes | None]
    note = Sealed("note_sealed")
    text: Mapped[OutboundText | None] = relationship()

    @property
    def masked(self) -> str:
        """The number, enough of it to tell two apart."""
        try:
            return Phone.parse(self.sender).masked
        except ValueError:  # a short number, or a name
            return "Not a telephone number"


class InboundDay(Kept, Base):
    """How many texts one number sent us on one London day: the first are kept, all are counted."""

    __tablename__ = "inbound_day"
    __table_args__ = (sa.UniqueConstraint("phone_index", "on_day", name="uq_inbound_day_once"),)
    phone_index: Mapped[str] = mapped_column(sa.String(32))
    on_day: Mapped[date]
    count: Mapped[int] = mapped_column(default=0)


class SenderState(Sealing, Kept, Base):
    """Whether the sender may send: paused by a person, or stopped by itself. One row."""

    __tablename__ = "sender_state"
    name: Mapped[str] = mapped_column(sa.String(20), unique=True)
    paused_at: Mapped[datetime | None]
    paused_by: Mapped[str] = mapped_column(sa.String(100), default="")
    paused_reason_sealed: Mapped[bytes | None]
    paused_reason = Sealed("paused_reason_sealed")
    breaker_at: Mapped[datetime | None]
    breaker_reason: Mapped[str] = mapped_column(sa.String(200), default="")
    capped_on: Mapped[date | None]


class TextHold(Kept, Base):
    """A day whose texts a person keeps back: those that wait, and those still to be planned."""

    __tablename__ = "text_hold"
    on_day: Mapped[date] = mapped_column(unique=True)
    held_at: Mapped[datetime]
    held_by: Mapped[str] = mapped_column(sa.String(100))
    released_at: Mapped[datetime | None]

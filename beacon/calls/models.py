"""Pass-phrases, the checks of callers, and what a caller asked a colleague to be told."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.calls.terms import CheckWay, Proof, RingBack
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class PassPhrase(Sealing, Kept, Base):
    """What one victim says on the telephone so that we know them, and the hint to it.

    It is compared in the server and never shown again; without words it is taken away.
    """

    __tablename__ = "pass_phrase"
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), unique=True)
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    hint_sealed: Mapped[bytes | None]
    hint = Sealed("hint_sealed")
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    version: Mapped[int] = mapped_column(default=1)


class CallerCheck(Kept, Base):
    """One time a caller was asked to show who they are, and whether they did. Never what they said.

    Written once, never changed.
    """

    __tablename__ = "caller_check"
    __table_args__ = (sa.Index("ix_caller_check_of_day", "victim_id", "on_day"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"))
    way: Mapped[CheckWay]
    was_right: Mapped[bool]
    on_day: Mapped[date]  # in London: after three that were wrong, none until the next
    happened_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))


class CallMessage(Sealing, Kept, Base):
    """What a caller asked to be told, for whoever has the case; without a case, for intake.

    Who left it for a case that they may not open does not learn that there is one.
    """

    __tablename__ = "call_message"
    __table_args__ = (
        sa.Index("ix_call_message_of_case", "case_id", "done_at"),
        sa.Index("ix_call_message_waiting", "done_at", "ring_on", "id"),
    )
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"))
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    hours_sealed: Mapped[bytes | None]
    hours = Sealed("hours_sealed")  # between which hours, as they said it
    ring_on: Mapped[date]
    way: Mapped[RingBack]
    proof: Mapped[Proof]
    # What somebody said of themselves whom the worker did not find, or might not open.
    caller_sealed: Mapped[bytes | None]
    caller = Sealed("caller_sealed")
    reference_sealed: Mapped[bytes | None]
    reference = Sealed("reference_sealed")
    number_sealed: Mapped[bytes | None]
    number = Sealed("number_sealed")
    left_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it yet."""
        return self.done_at is None

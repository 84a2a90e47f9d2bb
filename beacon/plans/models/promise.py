"""What we said we would do, by when: a field with a date, not words in a note."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.plans.terms import PromisedTo, PromiseState


class Promise(Sealing, Kept, Base):
    """One promise: to whom, what, by when, by whom, and what became of it."""

    __tablename__ = "promise"
    __table_args__ = (
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_has_day"),
        sa.CheckConstraint(
            "state NOT IN ('broken', 'withdrawn') OR reason_sealed IS NOT NULL",
            name="unkept_has_reason",
        ),
        sa.Index("ix_promise_of_case", "case_id", "id"),
        sa.Index("ix_promise_due", "state", "due_on", "id"),
        sa.Index("ix_promise_by_day", "due_on"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact_log.id"))
    to: Mapped[PromisedTo]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    due_on: Mapped[date]
    # None: whoever is the case manager, so that it goes with the case.
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    state: Mapped[PromiseState] = mapped_column(default=PromiseState.OPEN)
    ended_on: Mapped[date | None]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)

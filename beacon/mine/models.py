"""What one person keeps for their own work, and nobody else sees."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.cases.queries import Whose
from beacon.cases.terms import CaseStatus
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class ListChoice(Kept, Base):
    """The columns of one person's list, in their order."""

    __tablename__ = "list_choice"
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), unique=True)
    chosen: Mapped[str] = mapped_column(sa.String(200))  # words of terms.Column, with commas
    version: Mapped[int] = mapped_column(default=1)


class SavedFilter(Sealing, Kept, Base):
    """One way in which one person narrows the list of cases, under a name of their own."""

    __tablename__ = "saved_filter"
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    name_sealed: Mapped[bytes | None]
    name = Sealed("name_sealed")  # whatever they write there
    whose: Mapped[Whose]
    status: Mapped[CaseStatus | None]
    late: Mapped[bool] = mapped_column(default=False)


class CalendarLink(Kept, Base):
    """The secret address of one person's calendar feed: only what recognises it is kept."""

    __tablename__ = "calendar_link"
    staff_id: Mapped[int] = mapped_column(sa.ForeignKey("staff.id"), unique=True)
    token_index: Mapped[str | None] = mapped_column(sa.String(64), unique=True)  # None: revoked
    with_reference: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]

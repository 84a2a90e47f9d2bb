"""Numbers on our side of the wall, as blind indexes only."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.numbers.terms import Owner


class HeldNumber(Kept, Base):
    """One number held by one owner. The number itself is not here and cannot be read from here."""

    __tablename__ = "held_number"
    __table_args__ = (
        sa.UniqueConstraint("phone_index", "owner", "owner_id", name="uq_held_number_owner"),
        sa.Index("ix_held_number_owner", "owner", "owner_id"),
    )
    phone_index: Mapped[str] = mapped_column(sa.String(32), index=True)
    owner: Mapped[Owner]
    owner_id: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(index=True)
    crime_index: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    released_at: Mapped[datetime | None]

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
    phone_index: Mapped[str] = mapped_column(sa.String(32))
    owner: Mapped[Owner]
    owner_id: Mapped[int]
    released_at: Mapped[datetime | None]


class HeldPlace(Kept, Base):
    """One case, crime or victim that an owner of numbers belongs to; an owner may have several."""

    __tablename__ = "held_place"
    __table_args__ = (
        sa.UniqueConstraint("owner", "owner_id", "place", name="uq_held_place_once"),
        sa.Index("ix_held_place_place", "place", "owner", "owner_id"),
    )
    owner: Mapped[Owner]
    owner_id: Mapped[int]
    place: Mapped[str] = mapped_column(
        sa.String(40)
    )  # "case:7", "victim:7", or "crime:" and a blind index

"""The columns of the ministry's return: each row one version of a column, and its days."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept

HEADING_AT_MOST = 120


class ReturnColumn(Kept, Base):
    """One version of a column. A change ends it and makes another, so an old return stays.

    A version whose last day is before its first was never in force.
    """

    __tablename__ = "return_column"
    __table_args__ = (
        sa.CheckConstraint("place > 0", name="has_a_place"),
        sa.Index("ix_return_column_from", "from_on", "id"),
    )
    key: Mapped[str] = mapped_column(sa.String(40))  # the same for all versions of a column
    heading: Mapped[str] = mapped_column(sa.String(HEADING_AT_MOST))
    counted: Mapped[str] = mapped_column(sa.String(80))  # a key of COUNTABLE
    place: Mapped[int] = mapped_column(sa.Integer)  # from left to right, the least first
    from_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day; none while it is in force
    by_name: Mapped[str] = mapped_column(sa.String(100))

    @property
    def was_in_force(self) -> bool:
        """Whether any day has it: one that is changed before it begins has none."""
        return self.until_on is None or self.until_on >= self.from_on

"""Months of the ledger that are closed, with their figures as they stood; neither ever changes."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.fraud_hub.terms import Contribution, EntryKind, Route


class MonthClose(Kept, Base):
    """One closed month. A trigger refuses every row of the ledger that would count before
    `open_from`, so no closed month moves, whatever writes to the database.
    """

    __tablename__ = "month_close"
    month: Mapped[date] = mapped_column(unique=True)  # its first day
    open_from: Mapped[date]  # the first day of the month after it
    entries: Mapped[int]
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    closed_by_name: Mapped[str] = mapped_column(sa.String(100))
    figures: Mapped[list[MonthFigure]] = relationship(
        order_by="MonthFigure.id", back_populates="close"
    )

    @property
    def last(self) -> date:
        """Its last day."""
        return self.open_from - date.resolution


class MonthFigure(Kept, Base):
    """The sum of one kind, route and contribution in a closed month, in pence."""

    __tablename__ = "month_figure"
    __table_args__ = (
        sa.UniqueConstraint(
            "close_id", "kind", "route", "contribution", name="uq_month_figure_once"
        ),
    )
    close_id: Mapped[int] = mapped_column(sa.ForeignKey("month_close.id"))
    kind: Mapped[EntryKind]
    route: Mapped[Route]
    contribution: Mapped[Contribution]
    amount_pence: Mapped[int]
    entries: Mapped[int]
    close: Mapped[MonthClose] = relationship(back_populates="figures")

"""What a victim asked for, with its dates: updates, reviews and claims, and what protects them.

Nothing here is written over: what takes the place of a row is a new one (decision 0021).
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.rules import INTERVALS
from beacon.cases.terms import FactChoice, FactKind, FactStep, OrderKind, UpdateEvery
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Channel


def _standing(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index over the rows that nothing has taken the place of."""
    live = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=live, postgresql_where=live)


class UpdateWish(Sealing, Kept, Base):
    """How often a victim asked to hear from us, and how (Right 6, R6_FREQ). One stands."""

    __tablename__ = "update_wish"
    __table_args__ = (
        sa.CheckConstraint(
            "(channel IS NULL) = (every = 'no_contact')", name="a_way_but_for_no_contact"
        ),
        _standing("uq_update_wish_standing", "case_id", where="replaced_at IS NULL", unique=True),
        _standing("ix_update_wish_due", "due_on", "id", where="replaced_at IS NULL"),
        sa.Index("ix_update_wish_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    every: Mapped[UpdateEvery]
    channel: Mapped[Channel | None]
    asked_on: Mapped[date]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    # No later than the true day, which is asked of the contacts (RULE 1.9). None: no clock, or
    # beyond the bank holidays that are known.
    due_on: Mapped[date | None]
    replaced_at: Mapped[datetime | None]

    @property
    def has_clock(self) -> bool:
        """Whether they are to hear from us at intervals."""
        return self.every is UpdateEvery.MONTH or self.every in INTERVALS

    @property
    def sentence(self) -> str:
        """The wish in a few words."""
        way = f", {self.channel.label.lower()}" if self.channel else ""
        return f"{self.every.label.lower()}{way}"


class CaseFact(Sealing, Kept, Base):
    """Something a victim asked for or was offered; what happened with it are its steps."""

    __tablename__ = "case_fact"
    __table_args__ = (
        sa.Index("ix_case_fact_of_case", "case_id", "id"),
        _standing("ix_case_fact_last_on", "last_on", "id", where="withdrawn_at IS NULL"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[FactKind]
    last_on: Mapped[date | None]  # the last day to ask, where there is one
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because_sealed: Mapped[bytes | None]
    withdrawn_because = Sealed("withdrawn_because_sealed")
    steps: Mapped[list[FactStepTaken]] = relationship(
        order_by="FactStepTaken.id", back_populates="fact"
    )

    @property
    def standing(self) -> dict[FactStep, FactStepTaken]:
        """The steps that hold, by their names."""
        return {one.step: one for one in self.steps if one.replaced_at is None}


class FactStepTaken(Sealing, Kept, Base):
    """One dated step; a correction is a new row in its place."""

    __tablename__ = "fact_step"
    __table_args__ = (
        sa.CheckConstraint("pence IS NULL OR pence >= 0", name="nothing_below_zero"),
        _standing(
            "uq_fact_step_standing", "fact_id", "step", where="replaced_at IS NULL", unique=True
        ),
        sa.Index("ix_fact_step_of_fact", "fact_id", "id"),
    )
    fact_id: Mapped[int] = mapped_column(sa.ForeignKey("case_fact.id"))
    step: Mapped[FactStep]
    happened_on: Mapped[date]
    choice: Mapped[FactChoice | None]
    pence: Mapped[int | None]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    replaced_at: Mapped[datetime | None]
    fact: Mapped[CaseFact] = relationship(back_populates="steps")


class CaseOrder(Sealing, Kept, Base):
    """An order or conditions of bail that protect a victim; a variation is a new row."""

    __tablename__ = "case_order"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_began"),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_because_sealed IS NOT NULL", name="ended_with_a_reason"
        ),
        sa.UniqueConstraint("replaces_id", name="uq_case_order_replaced_once"),
        sa.Index("ix_case_order_of_case", "case_id", "id"),
        _standing(
            "ix_case_order_ends",
            "ends_on",
            "id",
            where="replaced_at IS NULL AND ended_on IS NULL",
        ),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[OrderKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # None: until further notice
    conditions_sealed: Mapped[bytes | None]
    conditions = Sealed("conditions_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_order.id"))
    replaced_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]  # before its time, or because it was lifted
    ended_because_sealed: Mapped[bytes | None]
    ended_because = Sealed("ended_because_sealed")

    @property
    def stands(self) -> bool:
        """Whether nothing has taken its place and nobody has lifted it."""
        return self.replaced_at is None and self.ended_on is None

    def is_over(self, on: date) -> bool:
        """Whether it protects nobody any more on that day."""
        return not self.stands or (self.ends_on is not None and self.ends_on < on)

"""Who is called to a hearing beside the defendant: a victim by their case, a witness by name.

A row names the case and never the person: nothing here joins a table of people (house.md 2.7), and
no address is kept.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.courts.terms import (
    Called,
    Came,
    Ground,
    Measure,
    MeasureStep,
    Support,
    WhyNot,
)

NAME_AT_MOST = 100


class CourtWitness(Sealing, Kept, Base):
    """One person called to one hearing, and whether they came."""

    __tablename__ = "court_witness"
    __table_args__ = (
        sa.CheckConstraint("called <> 'witness' OR who_sealed IS NOT NULL", name="witness_named"),
        sa.CheckConstraint("why IS NULL OR came = 'did_not_attend'", name="why_not_came"),
        sa.Index("ix_court_witness_of_hearing", "hearing_id", "id"),
        sa.Index("ix_court_witness_of_case", "case_id", "hearing_id"),
    )
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))  # whose, or through which
    called: Mapped[Called]
    who_sealed: Mapped[bytes | None]
    who = Sealed("who_sealed")  # the name of a witness; of a victim the case says it
    support: Mapped[str] = mapped_column(sa.String(200), default="")  # words of a list
    came: Mapped[Came | None]  # None: expected, and not written down yet
    why: Mapped[WhyNot | None]
    version: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))

    @property
    def offered(self) -> list[Support]:
        """What was offered so that they could come."""
        return [Support(word) for word in self.support.split()]


class WitnessCame(Kept, Base):
    """Whether they came, as it was written down at a moment. It only grows; the newest counts."""

    __tablename__ = "witness_came"
    __table_args__ = (
        sa.CheckConstraint("why IS NULL OR came = 'did_not_attend'", name="why_not_came"),
        sa.Index("ix_witness_came_of_witness", "witness_id", "id"),
    )
    witness_id: Mapped[int] = mapped_column(sa.ForeignKey("court_witness.id"))
    came: Mapped[Came]
    why: Mapped[WhyNot | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))


class SpecialMeasure(Kept, Base):
    """One special measure for one person at one hearing, and how far it has come."""

    __tablename__ = "special_measure"
    __table_args__ = (sa.UniqueConstraint("witness_id", "measure", name="uq_special_measure_once"),)
    witness_id: Mapped[int] = mapped_column(sa.ForeignKey("court_witness.id"))
    measure: Mapped[Measure]
    ground: Mapped[Ground]
    state: Mapped[MeasureStep] = mapped_column(default=MeasureStep.PROPOSED)
    decision: Mapped[MeasureStep | None]
    in_place: Mapped[bool | None]
    told_on: Mapped[date | None]


class SpecialMeasureStep(Kept, Base):
    """One step of a measure on its day. It only grows; the newest of its kind counts."""

    __tablename__ = "special_measure_step"
    __table_args__ = (sa.Index("ix_special_measure_step_of_measure", "measure_id", "id"),)
    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("special_measure.id"))
    step: Mapped[MeasureStep]
    happened_on: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))

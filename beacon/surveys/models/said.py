"""What was said, with no key, no moment and no order that would lead to who said it.

These tables have random keys and no moment of creation; a day is the finest time in them.
"""

from __future__ import annotations

import secrets
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.surveys.terms import ConcernState, Dimension, Measure, WordsState

KEYS = 2**53  # as large a number as every reader of JSON can hold


def random_key() -> int:
    """A key that says nothing of when its row was made."""
    return secrets.randbelow(KEYS - 1) + 1


def _key() -> Mapped[int]:
    return mapped_column(primary_key=True, autoincrement=False, default=random_key, sort_order=-2)


class SurveySlip(Sealing, Base):
    """One answer in the box: sealed whole, and gone once the box is opened. It has no scope."""

    __tablename__ = "survey_slip"
    id: Mapped[int] = _key()
    said_sealed: Mapped[bytes | None]
    said = Sealed("said_sealed")  # JSON: the month, the groups, the scores and the words


class SurveyCount(Kept, Base):
    """What five people or more said together, by one thing at a time; it only grows."""

    __tablename__ = "survey_count"
    __table_args__ = (
        sa.UniqueConstraint("counted_on", "dimension", "group_name", name="uq_survey_count_once"),
        sa.CheckConstraint("people >= 5", name="of_five"),
        sa.Index("ix_survey_count_month", "month", "dimension", "id"),
    )
    month: Mapped[date]  # the first day of the month of the answers
    counted_on: Mapped[date]
    dimension: Mapped[Dimension]
    group_name: Mapped[str] = mapped_column(sa.String(80))
    people: Mapped[int]
    satisfied_answers: Mapped[int]
    satisfied_positive: Mapped[int]
    easy_answers: Mapped[int]
    easy_positive: Mapped[int]
    informed_answers: Mapped[int]
    informed_positive: Mapped[int]
    confident_answers: Mapped[int]
    confident_positive: Mapped[int]
    safer_answers: Mapped[int]
    safer_positive: Mapped[int]

    def answers(self, measure: Measure) -> int:
        """How many answered this question."""
        return int(getattr(self, f"{measure.value}_answers"))

    def positive(self, measure: Measure) -> int:
        """How many of them were positive."""
        return int(getattr(self, f"{measure.value}_positive"))


class SurveyWords(Sealing, Base):
    """What somebody wrote freely: read by a leader before it is shown to anybody else."""

    __tablename__ = "survey_words"
    __table_args__ = (sa.Index("ix_survey_words_state", "state", "month", "id"),)
    id: Mapped[int] = _key()
    month: Mapped[date]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    shown_sealed: Mapped[bytes | None]
    shown = Sealed("shown_sealed")  # the words with every name taken out
    state: Mapped[WordsState] = mapped_column(default=WordsState.WAITING)
    read_on: Mapped[date | None]
    read_by: Mapped[str] = mapped_column(sa.String(100), default="")


class SurveyConcern(Sealing, Base):
    """Something a leader must look at: words that alarm, or somebody who asks to be rung.

    A case stands in it only where they asked to be called back.
    """

    __tablename__ = "survey_concern"
    __table_args__ = (
        sa.CheckConstraint("case_id IS NULL OR wants_call", name="joined_if_asked"),
        sa.Index("ix_survey_concern_open", "state", "raised_on", "id"),
    )
    id: Mapped[int] = _key()
    raised_on: Mapped[date]
    found: Mapped[str] = mapped_column(sa.String(200), default="")  # words of a list
    wants_call: Mapped[bool] = mapped_column(default=False)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    scores_sealed: Mapped[bytes | None]
    scores = Sealed("scores_sealed")  # JSON, and only where they asked to be called back
    state: Mapped[ConcernState] = mapped_column(default=ConcernState.OPEN)
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(sa.String(100), default="")
    note_sealed: Mapped[bytes | None]
    note = Sealed("note_sealed")

"""The directory: what agencies offer to victims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.terms import NeedCategory
from beacon.core.db import Base, Kept
from beacon.partners.models.agencies import Agency
from beacon.partners.terms import CrimeType, District, ServiceKind

Word = TypeVar("Word", bound=StrEnum)


class PartnerService(Kept, Base):
    """One service for victims. A programme for those who harmed them is never in it."""

    __tablename__ = "partner_service"
    __table_args__ = (
        sa.CheckConstraint("kind <> 'perpetrator_programme'", name="for_victims"),
        sa.CheckConstraint("needs <> ''", name="meets_a_need"),
        sa.CheckConstraint(
            "age_from IS NULL OR age_to IS NULL OR age_from <= age_to", name="ages_in_order"
        ),
        sa.CheckConstraint("active_to IS NULL OR active_to >= active_from", name="ends_after"),
        sa.UniqueConstraint("agency_id", "name", name="uq_partner_service_once"),
    )
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[ServiceKind]
    needs: Mapped[str] = mapped_column(sa.String(60))  # words of lists, with a comma between
    districts: Mapped[str] = mapped_column(sa.String(200), default="")  # none: all ten
    crimes: Mapped[str] = mapped_column(sa.String(200), default="")  # none: every crime
    age_from: Mapped[int | None]
    age_to: Mapped[int | None]
    what: Mapped[str] = mapped_column(sa.Text, default="")  # what they do
    how: Mapped[str] = mapped_column(sa.Text, default="")  # how to refer
    opening: Mapped[str] = mapped_column(sa.String(200), default="")
    waiting_weeks: Mapped[int | None]  # as they last told us
    waiting_told_on: Mapped[date | None]
    active_from: Mapped[date]
    active_to: Mapped[date | None]
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship()

    @property
    def needs_met(self) -> frozenset[NeedCategory]:
        """The needs that it meets."""
        return words_in(self.needs, NeedCategory)

    @property
    def in_districts(self) -> frozenset[District]:
        """The districts where it works; none where it works in all."""
        return words_in(self.districts, District)

    @property
    def of_crimes(self) -> frozenset[CrimeType]:
        """The crimes whose victims it takes; none where it takes all."""
        return words_in(self.crimes, CrimeType)

    def is_active(self, on: date) -> bool:
        """Whether it takes somebody on a day."""
        return self.active_from <= on <= (self.active_to or date.max)


def words_in(text: str, words: type[Word]) -> frozenset[Word]:
    """The words of a list that stand in a column; what is none of them is left out."""
    known = {word.value: word for word in words}
    return frozenset(known[part] for part in text.split(",") if part in known)


def in_one(words: Iterable[Word]) -> str:
    """Words of a list as a column holds them, always in the order of the list."""
    given = set(words)
    return (
        ",".join(word.value for word in type(next(iter(given))) if word in given) if given else ""
    )

"""An offer of restorative justice, every step of it, and what was decided about a block."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Channel
from beacon.restorative.terms import (
    AgeGroup,
    InformedBy,
    OfferOutcome,
    Ruling,
    Satisfaction,
    StepKind,
    VictimAnswer,
)

NAME_AT_MOST = 100


class RestorativeOffer(Sealing, Kept, Base):
    """One known offender in one case: where the offer stands, as its steps have left it."""

    __tablename__ = "restorative_offer"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number", name="uq_restorative_offer_once"),
        sa.Index("ix_restorative_offer_again", "ask_on", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    number: Mapped[int]  # 1 is the only one, or the first of several
    who_sealed: Mapped[bytes | None]
    who = Sealed("who_sealed")  # which offender, where there are several
    age: Mapped[AgeGroup] = mapped_column(default=AgeGroup.NOT_KNOWN)
    informed_on: Mapped[date | None]
    explained_on: Mapped[date | None]
    answer: Mapped[VictimAnswer | None]
    ask_on: Mapped[date | None]  # the day on which they are asked again
    requested_on: Mapped[date | None]
    referred_on: Mapped[date | None]
    outcome: Mapped[OfferOutcome | None]
    satisfaction: Mapped[Satisfaction | None]
    dropped: Mapped[bool] = mapped_column(default=False)  # no known offender after all
    version: Mapped[int] = mapped_column(default=1)

    @property
    def name(self) -> str:
        """The offender as a page names them: by what was written, or by their number."""
        return self.who or f"Offender {self.number}"


class RestorativeStep(Sealing, Kept, Base):
    """One step of an offer. It only grows: what takes a step back is a step of its own."""

    __tablename__ = "restorative_step"
    __table_args__ = (
        sa.CheckConstraint(
            "(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_something_back"
        ),
        sa.CheckConstraint("kind <> 'answered' OR answer IS NOT NULL", name="answer_is_given"),
        sa.CheckConstraint("kind <> 'outcome' OR outcome IS NOT NULL", name="outcome_is_given"),
        sa.UniqueConstraint("takes_back_id", name="uq_restorative_step_taken_back_once"),
        sa.Index("ix_restorative_step_of_offer", "offer_id", "id"),
        sa.Index("ix_restorative_step_of_case", "case_id", "kind", "id"),
    )
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("restorative_offer.id"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    kind: Mapped[StepKind]
    happened_on: Mapped[date]
    how: Mapped[Channel | None]
    informed_by: Mapped[InformedBy | None]
    answer: Mapped[VictimAnswer | None]
    ask_on: Mapped[date | None]
    outcome: Mapped[OfferOutcome | None]
    satisfaction: Mapped[Satisfaction | None]
    who_sealed: Mapped[bytes | None]
    who = Sealed("who_sealed")  # the person who explained it, or the agency referred to
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    ruling_id: Mapped[int | None] = mapped_column(sa.ForeignKey("restorative_ruling.id"))
    takes_back_id: Mapped[int | None] = mapped_column(sa.ForeignKey("restorative_step.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))


class RestorativeRuling(Sealing, Kept, Base):
    """What a person decided about a block: of which orders and risks, and why."""

    __tablename__ = "restorative_ruling"
    __table_args__ = (
        sa.CheckConstraint("(ruling = 'keep') = (until IS NOT NULL)", name="kept_until_a_day"),
        sa.Index("ix_restorative_ruling_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    ruling: Mapped[Ruling]
    until: Mapped[date | None]  # the last day of a block that is kept
    stops: Mapped[str] = mapped_column(sa.String(400))  # keys, parted by spaces: what was weighed
    reason_sealed: Mapped[bytes]
    reason = Sealed("reason_sealed")
    used_at: Mapped[datetime | None]  # one step was taken on it
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(NAME_AT_MOST))

    @property
    def weighed(self) -> frozenset[str]:
        """The keys of the orders and risks that were weighed."""
        return frozenset(self.stops.split())

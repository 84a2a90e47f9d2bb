"""What is known of a potential victim of modern slavery, and what became of the referral (3.3)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.risk.terms import (
    FirstResponder,
    SlaveryConsent,
    SlaveryRoute,
    SlaveryStage,
    SlaveryVerdict,
)


class SlaveryReferral(Sealing, Kept, Base):
    """The facts of one referral: indicators, ages, consent, and by which route it goes."""

    __tablename__ = "slavery_referral"
    __table_args__ = (
        sa.CheckConstraint(
            "under_18 = (consent = 'not_asked_under_18')", name="a_child_is_not_asked"
        ),
        sa.CheckConstraint(
            "(route = 'duty_to_notify') = (consent = 'refused')", name="refused_is_only_notified"
        ),
        sa.Index("ix_slavery_referral_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    indicators_sealed: Mapped[bytes]
    indicators = Sealed("indicators_sealed")
    claimed_age: Mapped[int | None]
    assessed_age: Mapped[int | None]
    under_18: Mapped[bool]
    consent: Mapped[SlaveryConsent]
    route: Mapped[SlaveryRoute]
    through: Mapped[FirstResponder]
    responder_sealed: Mapped[bytes | None]  # who there: a name, a desk
    responder = Sealed("responder_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    steps: Mapped[list[SlaveryStep]] = relationship(order_by="SlaveryStep.id", lazy="selectin")

    @property
    def taken(self) -> dict[SlaveryStage, SlaveryStep]:
        """The steps that hold, by their stage."""
        return {one.stage: one for one in self.steps if one.replaced_at is None}


class SlaveryStep(Sealing, Kept, Base):
    """One dated step: the local authority told, it was sent, a decision. A correction is new."""

    __tablename__ = "slavery_step"
    __table_args__ = (
        sa.Index(
            "uq_slavery_step_standing",
            "slavery_id",
            "stage",
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        ),
    )
    slavery_id: Mapped[int] = mapped_column(sa.ForeignKey("slavery_referral.id"))
    stage: Mapped[SlaveryStage]
    happened_on: Mapped[date]
    verdict: Mapped[SlaveryVerdict | None]
    reference: Mapped[str] = mapped_column(sa.String(60), default="")
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    replaced_at: Mapped[datetime | None]  # put right by a later one

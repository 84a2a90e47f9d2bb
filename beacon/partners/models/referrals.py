"""What is sent on to a partner, and everything that happened to it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.partners.models.directory import PartnerService, words_in
from beacon.partners.terms import (
    Basis,
    LawfulGround,
    Outcome,
    ReferralState,
    SharedFact,
    StepKind,
)


class PartnerReferral(Sealing, Kept, Base):
    """One case sent on to one agency: only what was shared, and only until it ends (TM-07)."""

    __tablename__ = "partner_referral"
    __table_args__ = (
        sa.Index("ix_partner_referral_agency", "agency", "revoked_at", "id"),
        sa.Index("ix_partner_referral_waiting", "state", "reply_due_on", "id"),
        sa.Index("ix_partner_referral_sent", "sent_at", "id"),
        sa.CheckConstraint(
            "state IN ('draft', 'revoked') OR sent_at IS NOT NULL", name="sent_has_moment"
        ),
        sa.CheckConstraint("state <> 'revoked' OR revoked_at IS NOT NULL", name="revoked_moment"),
        sa.CheckConstraint("outcome IS NULL OR state = 'finished'", name="outcome_at_end"),
        sa.CheckConstraint("basis <> 'override' OR ground IS NOT NULL", name="override_has_ground"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    agency: Mapped[str] = mapped_column(sa.String(100))
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("partner_service.id"), index=True)
    state: Mapped[ReferralState] = mapped_column(default=ReferralState.DRAFT)
    facts: Mapped[str] = mapped_column(sa.String(200), default="")  # those chosen, words of a list
    asks_sealed: Mapped[bytes | None]
    asks = Sealed("asks_sealed")  # what the agency is asked to do, in words that it reads
    shared_sealed: Mapped[bytes | None]
    shared = Sealed("shared_sealed")  # JSON: the fields of the referral form, and nothing else
    basis: Mapped[Basis | None]
    consent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("consent_given.id"))
    ground: Mapped[LawfulGround | None]
    ground_words_sealed: Mapped[bytes | None]
    ground_words = Sealed("ground_words_sealed")  # why it is shared without consent
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    reply_due_on: Mapped[date | None]
    chased: Mapped[int] = mapped_column(default=0)  # how often the case manager was reminded
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    version: Mapped[int] = mapped_column(default=1)
    service: Mapped[PartnerService | None] = relationship()

    @property
    def chosen(self) -> frozenset[SharedFact]:
        """The facts that are, or were, to be shared."""
        return words_in(self.facts, SharedFact)

    @property
    def to_whom(self) -> str:
        """The service and its agency, in words."""
        return f"{self.service.name}, {self.agency}" if self.service else self.agency


class PartnerStep(Sealing, Kept, Base):
    """One step or message of a referral. It only grows."""

    __tablename__ = "partner_step"
    __table_args__ = (sa.Index("ix_partner_step_of_referral", "sharing_id", "id"),)
    sharing_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_referral.id"))
    kind: Mapped[StepKind]
    happened_at: Mapped[datetime]
    is_theirs: Mapped[bool] = mapped_column(default=False)  # the agency's own user took it
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))

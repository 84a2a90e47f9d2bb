"""Referrals: somebody is sent to us. Kept whether or not a case came of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import Consent
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.people.models import Victim
from beacon.referrals.terms import Place, ReferralState, Repeats, Waits


class Referral(Sealing, Kept, Base):
    """One referral of one victim about one crime."""

    __tablename__ = "referral"
    __table_args__ = (
        sa.Index("ix_referral_queue", "place", "pressing", "recorded_at", "id"),
        sa.Index("ix_referral_crime_victim", "crime_id", "victim_id"),
    )
    feed: Mapped[str] = mapped_column(sa.String(20))
    source: Mapped[str] = mapped_column(
        sa.String(100), default=""
    )  # the agency, or the feed's name
    source_reference: Mapped[str] = mapped_column(sa.String(60), default="")
    crime_id: Mapped[int] = mapped_column(sa.ForeignKey("crime.id"))
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    state: Mapped[ReferralState]
    waits: Mapped[Waits | None]
    place: Mapped[int]  # terms.Place: where it stands in the queue of triage
    pressing: Mapped[int] = mapped_column(default=1)  # 0 where a ground for Enhanced is proposed
    linked_to_known: Mapped[bool] = mapped_column(default=False)
    repeats: Mapped[Repeats | None]  # the rule by which this is a repeat victim
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    consent: Mapped[Consent]
    proposals: Mapped[str] = mapped_column(sa.Text, default="[]")  # JSON: proposed grounds
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    decline_reason_sealed: Mapped[bytes | None]
    decline_reason = Sealed("decline_reason_sealed")
    version: Mapped[int] = mapped_column(default=1)
    crime: Mapped[Crime] = relationship()
    victim: Mapped[Victim] = relationship()
    case: Mapped[CaseFile | None] = relationship()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to decide."""
        return self.place == Place.DONE

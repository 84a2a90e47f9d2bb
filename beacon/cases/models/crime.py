"""The crime, which several cases may share, and what has happened to its investigation."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.cases.terms import CrimeKind, SuspectStatus
from beacon.core import clock
from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.entitlements.terms import Milestone


class Crime(Sealing, Kept, Base):
    """One crime, fraud report or matter. The feed owns its facts (contract 3)."""

    __tablename__ = "crime"
    __table_args__ = (sa.Index("ix_crime_kind_recorded", "kind", "recorded_at", "id"),)
    kind: Mapped[CrimeKind] = mapped_column(default=CrimeKind.CRIME)
    reference: Mapped[str] = mapped_column(sa.String(40))  # as it was typed
    reference_key: Mapped[str] = mapped_column(sa.String(40), unique=True)  # its normal form
    recorded_at: Mapped[datetime]
    offence: Mapped[str] = mapped_column(sa.String(200), default="")
    offence_code: Mapped[str] = mapped_column(sa.String(20), default="")
    offence_on: Mapped[date | None]
    place_sealed: Mapped[bytes | None]
    place = Sealed("place_sealed")
    district: Mapped[str] = mapped_column(sa.String(60), default="", index=True)
    officer_name: Mapped[str] = mapped_column(sa.String(100), default="")
    officer_collar: Mapped[str] = mapped_column(sa.String(20), default="")
    officer_email_sealed: Mapped[bytes | None]
    officer_email = Sealed("officer_email_sealed")
    suspect_status: Mapped[SuspectStatus | None]
    suspect_known_at: Mapped[datetime | None] = mapped_column(index=True)  # we first knew of one
    milestones: Mapped[list[CrimeMilestone]] = relationship(order_by="CrimeMilestone.happened_at")

    @property
    def began_on(self) -> date:
        """The day of the offence, or of the record where no day is known (contract 3.5)."""
        return self.offence_on or clock.london_day(self.recorded_at)


class CrimeMilestone(Kept, Base):
    """Something that happened in the investigation or at court. Recorded once for the crime."""

    __tablename__ = "crime_milestone"
    __table_args__ = (sa.Index("ix_crime_milestone_about", "crime_id", "kind", "about"),)
    crime_id: Mapped[int] = mapped_column(sa.ForeignKey("crime.id"))
    kind: Mapped[Milestone]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime | None]  # when Witness Care heard of it, where a clock asks
    about: Mapped[str] = mapped_column(sa.String(60), default="")  # "hearing:3" where it is one
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]

    @property
    def subject(self) -> str:
        """What its duties are about: the hearing it names, or the milestone itself."""
        return self.about or f"milestone:{self.id}"


class ProposedMilestone(Kept, Base):
    """A changed suspect status in the police feed, waiting for a person to give the moment."""

    __tablename__ = "proposed_milestone"
    crime_id: Mapped[int] = mapped_column(sa.ForeignKey("crime.id"), index=True)
    status: Mapped[SuspectStatus]
    decided_at: Mapped[datetime | None]
    milestone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("crime_milestone.id"))


class FraudReport(Sealing, Kept, Base):
    """What the fraud list said of one report: intake facts, kept apart from the hub's ledger."""

    __tablename__ = "fraud_report"
    crime_id: Mapped[int] = mapped_column(sa.ForeignKey("crime.id"), unique=True)
    fraud_code: Mapped[str] = mapped_column(sa.String(20), default="")
    fraud_type: Mapped[str] = mapped_column(sa.String(200), default="")
    first_payment_on: Mapped[date | None]
    last_payment_on: Mapped[date | None]
    amount_lost_pence: Mapped[int | None]
    payment_method: Mapped[str] = mapped_column(sa.String(40), default="")
    sending_bank_sealed: Mapped[bytes | None]
    sending_bank = Sealed("sending_bank_sealed")
    still_paying: Mapped[bool | None]
    remote_access: Mapped[bool | None]
    vulnerable: Mapped[bool | None]
    vulnerability_sealed: Mapped[bytes | None]
    vulnerability = Sealed("vulnerability_sealed")

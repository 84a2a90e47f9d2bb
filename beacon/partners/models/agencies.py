"""Partner agencies, whom to ring there, and who of them is a champion."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class Agency(Kept, Base):
    """One agency that we work with."""

    __tablename__ = "agency"
    name: Mapped[str] = mapped_column(sa.String(100), unique=True)
    name_key: Mapped[str] = mapped_column(sa.String(220), unique=True)
    contacts: Mapped[list[AgencyContact]] = relationship(
        back_populates="agency", order_by="AgencyContact.retired_at, AgencyContact.id"
    )


class AgencyContact(Sealing, Kept, Base):
    """One person, or one desk, at an agency; no defendant is texted on their numbers."""

    __tablename__ = "agency_contact"
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    name_sealed: Mapped[bytes]
    name = Sealed("name_sealed")
    work_sealed: Mapped[bytes | None]
    work = Sealed("work_sealed")  # what they do there
    mobile_sealed: Mapped[bytes | None]
    mobile = Sealed("mobile_sealed")
    phone_sealed: Mapped[bytes | None]
    phone = Sealed("phone_sealed")
    champion_since: Mapped[date | None]  # of the champions' network, since when
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship(back_populates="contacts")
    training: Mapped[list[ChampionTraining]] = relationship(
        order_by="ChampionTraining.done_on.desc(), ChampionTraining.id.desc()"
    )


class ChampionTraining(Kept, Base):
    """One course that a champion was on, and until when it holds."""

    __tablename__ = "champion_training"
    __table_args__ = (
        sa.CheckConstraint("expires_on IS NULL OR expires_on >= done_on", name="expires_after"),
        sa.UniqueConstraint("contact_id", "course", "done_on", name="uq_champion_training_once"),
    )
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("agency_contact.id"))
    course: Mapped[str] = mapped_column(sa.String(100))
    done_on: Mapped[date]
    expires_on: Mapped[date | None]

    def has_run_out(self, on: date) -> bool:
        """Whether it no longer holds on a day."""
        return self.expires_on is not None and self.expires_on < on

"""Partner agencies, whom to ring there, and what is sent on to them of a case."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing


class PartnerReferral(Sealing, Kept, Base):
    """One case sent on to one agency: only what was shared, and only until it ends (TM-07)."""

    __tablename__ = "partner_referral"
    __table_args__ = (sa.Index("ix_partner_referral_agency", "agency", "revoked_at", "id"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    agency: Mapped[str] = mapped_column(sa.String(100))
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    shared_sealed: Mapped[bytes | None]
    shared = Sealed("shared_sealed")  # JSON: the fields of the referral form, and nothing else


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
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship(back_populates="contacts")

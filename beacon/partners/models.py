"""What is sent on to a partner agency: all that the agency sees of a case."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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

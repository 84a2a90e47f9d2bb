"""To what people agree."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.people.terms import Agreed, Purpose, SaidHow


class ConsentGiven(Sealing, Kept, Base):
    """One answer to one question of consent: for what, to whom, how, when, until when.

    Never changed: of each purpose and agency the last one stands (domain.md 7.2).
    """

    __tablename__ = "consent_given"
    __table_args__ = (
        sa.Index("ix_consent_given_stands", "victim_id", "purpose", "agency_key", "id"),
        sa.CheckConstraint(
            "(agency_key <> '') = (purpose = 'refer_on')", name="agency_where_referred_on"
        ),
        sa.CheckConstraint("expires_on IS NULL OR answer = 'given'", name="only_given_expires"),
    )
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"))
    purpose: Mapped[Purpose]
    agency: Mapped[str] = mapped_column(sa.String(100), default="")
    agency_key: Mapped[str] = mapped_column(sa.String(220), default="")  # names.name_key
    answer: Mapped[Agreed]
    how: Mapped[SaidHow | None]
    said_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")  # what may be shared, and why
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))

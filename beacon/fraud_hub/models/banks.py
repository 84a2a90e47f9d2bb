"""The directory of firms that fraud officers keep: how a fraud team is reached."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.fraud_hub.terms import Known


class BankContact(Kept, Base):
    """One firm, with its group and brands, and how its fraud team is reached. Nobody's person."""

    __tablename__ = "bank_contact"
    __table_args__ = (
        sa.CheckConstraint(
            "crm_to IS NULL OR (crm_from IS NOT NULL AND crm_to >= crm_from)",
            name="signed_before_it_left",
        ),
    )
    name: Mapped[str] = mapped_column(sa.String(100))
    name_key: Mapped[str] = mapped_column(sa.String(100), unique=True)  # to sort and find it by
    group_name: Mapped[str] = mapped_column(sa.String(100), default="")
    brands: Mapped[str] = mapped_column(sa.String(200), default="")  # with commas between
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    address: Mapped[str] = mapped_column(sa.Text, default="")
    opening: Mapped[str] = mapped_column(sa.String(200), default="")
    crm_known: Mapped[bool] = mapped_column(default=False)  # whether anybody found out
    crm_from: Mapped[date | None]
    crm_to: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)

    def had_signed(self, on: date) -> Known:
        """Whether it was a signatory of the CRM Code on a day; not known where nobody found out."""
        if not self.crm_known:
            return Known.NOT_KNOWN
        if self.crm_from is None:
            return Known.NO
        return Known.YES if self.crm_from <= on <= (self.crm_to or date.max) else Known.NO

    @property
    def names(self) -> frozenset[str]:
        """Its name and its brands, as they are compared."""
        return frozenset(key_of(one) for one in (self.name, *self.brands.split(",")) if one.strip())


def key_of(name: str) -> str:
    """A firm's name as it is compared: small letters, single spaces."""
    return " ".join(name.casefold().split())

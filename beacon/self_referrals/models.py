"""What people told us themselves, what they have not sent yet, and what is tried at the door."""

from __future__ import annotations

import json
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.referrals.models import Referral
from beacon.self_referrals.terms import Danger, FilledBy, PoliceTold, Sharing, TryKind


class SelfReferral(Sealing, Kept, Base):
    """One account of one person, by themselves or by somebody for them: facts kept as they are."""

    __tablename__ = "self_referral"
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("referral.id"), unique=True)
    reference: Mapped[str] = mapped_column(sa.String(12), unique=True)
    filled_by: Mapped[FilledBy]
    anonymous: Mapped[bool]
    police_told: Mapped[PoliceTold]
    danger: Mapped[Danger]
    sharing: Mapped[Sharing]
    told_sealed: Mapped[bytes | None]
    told = Sealed("told_sealed")  # JSON: question and answer, but for what would reach the person
    promised_on: Mapped[date | None]  # by when we said that somebody would be in touch
    referral: Mapped[Referral] = relationship()

    @property
    def said(self) -> dict[str, str]:
        """Every question with its answer, in the order of the form."""
        return dict(json.loads(self.told)) if self.told else {}


class UnsentReferral(Sealing, Kept, Base):
    """What somebody has written and not sent. Theirs alone, so that it has no scope.

    Found by the print of a token in their browser, or of the code of their private link. Once it is
    sent the words are gone, and only the reference stays until it is swept.
    """

    __tablename__ = "unsent_referral"
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    typed_sealed: Mapped[bytes | None]
    typed = Sealed("typed_sealed")  # JSON: the boxes of each page
    shown_at: Mapped[datetime | None]  # when the first page was shown, by its signed box
    expires_at: Mapped[datetime] = mapped_column(index=True)
    sent_as: Mapped[str | None] = mapped_column(sa.String(12))


class DoorTry(Kept, Base):
    """One thing tried at the public door, by a print of the address that changes each day.

    It names nobody and shows nothing, so it has no scope.
    """

    __tablename__ = "door_try"
    __table_args__ = (sa.Index("ix_door_try_address", "address_index", "kind", "created_at"),)
    kind: Mapped[TryKind]
    address_index: Mapped[str] = mapped_column(sa.String(32))

"""What people told us themselves, for those who decide what becomes of it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from beacon.core.db import db
from beacon.self_referrals.models import SelfReferral


def promised_on(reference: str) -> date | None:
    """By which day we said that somebody would be in touch; none where no way was called safe."""
    return db.session.scalar(
        sa.select(SelfReferral.promised_on).where(SelfReferral.reference == reference)
    )


def told_of(referral_id: int) -> dict[str, str]:
    """Every answer of one referral, and the day that we named; the page has asked for its scope."""
    row = db.session.scalars(
        sa.select(SelfReferral).where(SelfReferral.referral_id == referral_id)
    ).first()
    if row is None:
        return {}
    day = row.promised_on
    promised = f"{day.day} {day:%B %Y}" if day else "No day: no way to them was called safe"
    return {**row.said, "we said that somebody would be in touch by": promised}

"""Acknowledging what was taken: the reference, and what comes next."""

from __future__ import annotations

from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.notices.terms import NoticeKind
from beacon.referrals.commands.writing import write_about
from beacon.referrals.models import Referral


def acknowledge(referral_id: int, *, actor: Actor) -> bool:
    """Acknowledge one referral by the safe way of its person, or hold it; whether that is new."""
    with transaction():
        referral = db.session.get_one(Referral, referral_id)
        return write_about(referral, NoticeKind.ACKNOWLEDGED, actor=actor) is not None

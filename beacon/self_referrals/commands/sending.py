"""Sending what was written: once, however often the button is pressed."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import transaction
from beacon.core.errors import NotFound
from beacon.self_referrals.commands.door import count_try
from beacon.self_referrals.commands.taking import Told, take_in
from beacon.self_referrals.commands.unsent import AT_THE_FORM, GONE
from beacon.self_referrals.models import UnsentReferral
from beacon.self_referrals.queries import print_of
from beacon.self_referrals.terms import FEED, TryKind


def send(token: str, told: Told, *, ip: str) -> str:
    """Take it in and give its reference; the words leave the draft in the same transaction."""
    with transaction() as session:
        row = session.scalars(
            sa.select(UnsentReferral)
            .where(
                UnsentReferral.token_hash == print_of(token),
                UnsentReferral.expires_at > clock.now(),
            )
            .with_for_update()
        ).first()
        if row is None:
            raise NotFound(GONE)
        if row.sent_as is not None:
            return row.sent_as
        count_try(TryKind.SEND, ip)
        taken = take_in(told, feed=FEED, by_hand=False, actor=AT_THE_FORM)
        row.sent_as, row.typed, row.code_hash = taken.reference, "", None
        return taken.reference

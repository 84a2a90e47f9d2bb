"""Counting what is tried at the public door, by a print of the address that changes each day.

It holds off a flood, and never a slow hand: nothing here asks how long somebody took.
"""

from __future__ import annotations

from datetime import timedelta

from beacon.core import clock, settings
from beacon.core.db import transaction
from beacon.core.errors import TooMany
from beacon.core.sealed import blind_index
from beacon.self_referrals import queries
from beacon.self_referrals.models import DoorTry
from beacon.self_referrals.terms import TryKind

LIMITS = {
    TryKind.START: "refer.starts_in_an_hour",
    TryKind.SEND: "refer.sends_in_an_hour",
    TryKind.OPEN: "refer.codes_in_an_hour",
}
WAIT = timedelta(minutes=15)
TOO_MANY = (
    "Many people have used this form from where you are in the last hour. "
    "What you wrote is kept. Try again in 15 minutes."
)


def count_try(kind: TryKind, ip: str) -> None:
    """Count one try; TooMany where there were too many from that address in an hour."""
    index = blind_index("door", f"{clock.today()}|{ip}")
    with transaction() as session:
        if queries.tried_lately(kind, index) >= settings.count(LIMITS[kind]):
            raise TooMany(TOO_MANY, seconds=int(WAIT.total_seconds()))
        session.add(DoorTry(kind=kind, address_index=index))

"""Receiving referrals, and deciding what becomes of them."""

from beacon.referrals.commands.receiving import receive_referral, update_referral
from beacon.referrals.commands.taking_on import leave_queue, open_waiting
from beacon.referrals.commands.triage import (
    FirstContact,
    Triage,
    confirm,
    decline,
    link_person,
    not_the_same_person,
    unlink_person,
)

__all__ = [
    "FirstContact",
    "Triage",
    "confirm",
    "decline",
    "leave_queue",
    "link_person",
    "not_the_same_person",
    "open_waiting",
    "receive_referral",
    "unlink_person",
    "update_referral",
]

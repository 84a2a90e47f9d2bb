"""Receiving referrals, and deciding what becomes of them."""

from beacon.referrals.commands.identity import (
    cut_link,
    link_person,
    not_the_same_person,
    say_who,
    unlink_person,
)
from beacon.referrals.commands.receiving import receive_referral, update_referral
from beacon.referrals.commands.taking_on import leave_queue, open_waiting
from beacon.referrals.commands.triage import (
    FirstContact,
    Triage,
    confirm,
    decline,
)

__all__ = [
    "FirstContact",
    "Triage",
    "confirm",
    "cut_link",
    "decline",
    "leave_queue",
    "link_person",
    "not_the_same_person",
    "open_waiting",
    "receive_referral",
    "say_who",
    "unlink_person",
    "update_referral",
]

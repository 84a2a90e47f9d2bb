"""Receiving referrals, and deciding what becomes of them."""

from beacon.referrals.commands.acknowledging import acknowledge
from beacon.referrals.commands.ending import Ended, decline, end
from beacon.referrals.commands.holding import give_back, take_in_hand, take_next
from beacon.referrals.commands.identity import (
    cut_link,
    link_person,
    not_the_same_person,
    say_who,
    unlink_person,
)
from beacon.referrals.commands.receiving import receive_referral, update_referral
from beacon.referrals.commands.stages import go_on
from beacon.referrals.commands.taking_on import leave_queue, open_waiting
from beacon.referrals.commands.triage import (
    FirstContact,
    Triage,
    confirm,
)
from beacon.referrals.commands.trying import Tried, record_try
from beacon.referrals.commands.urgency import mark_urgent

__all__ = [
    "Ended",
    "FirstContact",
    "Triage",
    "Tried",
    "acknowledge",
    "confirm",
    "cut_link",
    "decline",
    "leave_queue",
    "end",
    "give_back",
    "go_on",
    "link_person",
    "mark_urgent",
    "not_the_same_person",
    "open_waiting",
    "receive_referral",
    "say_who",
    "record_try",
    "take_in_hand",
    "take_next",
    "unlink_person",
    "update_referral",
]

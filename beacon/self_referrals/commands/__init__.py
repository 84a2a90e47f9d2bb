"""Keeping what is not sent yet, sending it, and taking down what somebody says on the line."""

from beacon.self_referrals.commands.door import count_try
from beacon.self_referrals.commands.sending import send
from beacon.self_referrals.commands.taking import Helper, Told, take_call
from beacon.self_referrals.commands.unsent import (
    begin,
    delete,
    keep,
    open_saved,
    save,
    sweep,
)

__all__ = [
    "Helper",
    "Told",
    "begin",
    "count_try",
    "delete",
    "keep",
    "open_saved",
    "save",
    "send",
    "sweep",
    "take_call",
]

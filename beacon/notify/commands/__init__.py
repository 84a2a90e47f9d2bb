"""Orders about texts: claim, send, settle, take receipts and replies, pause and resume."""

from beacon.notify.commands.asking import ask_for_receipts, redact
from beacon.notify.commands.claiming import Capped, claim
from beacon.notify.commands.holding import hold, hold_day, release, release_day
from beacon.notify.commands.numbers import lift_number
from beacon.notify.commands.receipts import Receipt, Taken, record_receipt
from beacon.notify.commands.replies import handle_reply, take_reply
from beacon.notify.commands.restoring import (
    Reconciled,
    reconcile_after_restore,
    resume_without_journal,
    stand_still,
)
from beacon.notify.commands.sender import pause, resume
from beacon.notify.commands.sending import send_due, stopping
from beacon.notify.commands.settling import (
    Settled,
    expire_overdue,
    leave,
    reconcile,
    send_again,
    sweep,
)

__all__ = [
    "Capped",
    "Receipt",
    "Reconciled",
    "Settled",
    "Taken",
    "ask_for_receipts",
    "claim",
    "expire_overdue",
    "hold",
    "hold_day",
    "handle_reply",
    "leave",
    "lift_number",
    "pause",
    "reconcile",
    "reconcile_after_restore",
    "record_receipt",
    "release",
    "release_day",
    "redact",
    "resume",
    "resume_without_journal",
    "send_again",
    "send_due",
    "stand_still",
    "stopping",
    "sweep",
    "take_reply",
]

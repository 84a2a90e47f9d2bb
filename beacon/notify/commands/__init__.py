"""Orders about texts: claim, send, settle, take receipts and replies, pause and resume."""

from beacon.notify.commands.claiming import Capped, claim
from beacon.notify.commands.receipts import Receipt, Taken, record_receipt, take_reply
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
    "claim",
    "expire_overdue",
    "leave",
    "pause",
    "reconcile",
    "reconcile_after_restore",
    "record_receipt",
    "resume",
    "resume_without_journal",
    "send_again",
    "send_due",
    "stand_still",
    "stopping",
    "sweep",
    "take_reply",
]

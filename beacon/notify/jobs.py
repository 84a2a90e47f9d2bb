"""When texts leave, and when those in doubt are settled. Asked often; safe to ask twice."""

from __future__ import annotations

from beacon.core.timetable import every
from beacon.notify import commands


@every(1, name="send-texts", order=20)
def send_texts() -> int:
    """Send what is due; give up what is too late."""
    expired = commands.expire_overdue()
    return expired + commands.send_due()


@every(1, name="settle-texts", order=30)
def settle_texts() -> int:
    """Sweep up what was claimed and never recorded, and settle what has been quiet for long."""
    swept = commands.sweep()
    return swept + commands.reconcile().done


@every(10, name="ask-for-receipts", order=32)
def ask_for_receipts() -> int:
    """Ask the provider about texts of which it has reported no end for two hours."""
    return commands.ask_for_receipts()


@every(60, name="redact-texts", order=40)
def redact_texts() -> int:
    """Have the provider forget the words of texts that ended a day ago."""
    return commands.redact()

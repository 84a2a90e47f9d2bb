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

"""When texts leave, and when those in doubt are settled. Asked often; safe to ask twice."""

from __future__ import annotations

import logging

from beacon.core import clock
from beacon.core.timetable import every
from beacon.notify import commands
from beacon.notify.reckoning import reckon

log = logging.getLogger(__name__)


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


@every(24 * 60, name="reckon-texts", between=("20:15", "23:00"), order=40)
def reckon_texts() -> int:
    """Count in the evening what became of the day's texts; what is left over is an alarm.

    It changes nothing, so nothing is done.
    """
    found = reckon(clock.today())
    if found.left:
        log.critical("texts are left over", extra={"reckoning": found.words})
    else:
        log.info("the day's texts", extra={"reckoning": found.words})
    return 0

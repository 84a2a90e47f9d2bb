"""When mails leave. Asked often; safe to ask twice."""

from __future__ import annotations

from beacon.core.timetable import every
from beacon.mail import commands


@every(1, name="send-mails", order=25)
def send_mails() -> int:
    """Send what is due."""
    return commands.send_due()


@every(24 * 60, name="sweep-mails", between=("03:00", "05:00"), order=91)
def sweep_mails() -> int:
    """Remove the mails that are long done with."""
    return commands.sweep()

"""What is written to victims is followed, and what was held is asked about again."""

from __future__ import annotations

from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.notices import commands


@every(10, name="deliver-notices", order=18)
def deliver_notices() -> int:
    """Follow what is on its way; let go what was held, where that is safe now."""
    return commands.deliver_notices(actor=machine("deliver-notices"))

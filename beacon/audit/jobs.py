"""What is done for the log by itself, once a day."""

from __future__ import annotations

from beacon.audit import commands
from beacon.core.timetable import every


@every(60, name="anchor-log", between=("00:05", "04:00"), order=95)
def anchor_log() -> int:
    """Write the head of the log down elsewhere. Asked each hour of the night, done once a day."""
    return commands.anchor_daily()

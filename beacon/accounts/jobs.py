"""What is tidied up about accounts, once a day."""

from __future__ import annotations

from beacon.accounts import commands
from beacon.core.timetable import every


@every(24 * 60, name="sweep-sessions", between=("03:00", "05:00"), order=90)
def sweep_sessions() -> int:
    """Remove the sessions and sign-in attempts that ended long ago."""
    return commands.sweep_sessions()

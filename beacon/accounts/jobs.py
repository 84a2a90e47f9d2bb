"""What is tidied up about accounts: old sessions once a day, old drafts each hour."""

from __future__ import annotations

from beacon.accounts import commands
from beacon.core.timetable import every


@every(24 * 60, name="sweep-sessions", between=("03:00", "05:00"), order=90)
def sweep_sessions() -> int:
    """Remove the sessions and sign-in attempts that ended long ago."""
    return commands.sweep_sessions()


@every(60, name="sweep-drafts", order=90)
def sweep_drafts() -> int:
    """Remove the unsent words that nobody came back for."""
    return commands.sweep_drafts()

"""Who is sent a link for a new password, and what is tidied up about accounts."""

from __future__ import annotations

from beacon.accounts import commands
from beacon.core.timetable import every


@every(1, name="send-resets", order=24)
def send_resets() -> int:
    """Write a mail to each person who has forgotten their password."""
    return commands.send_resets()


@every(24 * 60, name="sweep-sessions", between=("03:00", "05:00"), order=90)
def sweep_sessions() -> int:
    """Remove the sessions and sign-in attempts that ended long ago."""
    return commands.sweep_sessions()


@every(60, name="sweep-drafts", order=90)
def sweep_drafts() -> int:
    """Remove the unsent words that nobody came back for."""
    return commands.sweep_drafts()

"""What is written to victims is followed, and what was held is asked about again."""

from __future__ import annotations

from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.notices import commands


@every(10, name="ask-notices-again", order=18)
def ask_notices_again() -> int:
    """Let go what was held, where that is safe now; hold what no longer is."""
    return commands.ask_again(actor=machine("ask-notices-again"))


@every(10, name="follow-notices", order=35)
def follow_notices() -> int:
    """See what became of the texts and emails that have left."""
    return commands.follow_notices(actor=machine("follow-notices"))

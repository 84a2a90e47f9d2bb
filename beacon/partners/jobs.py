"""When partners are chased, and what was shared with them ends."""

from __future__ import annotations

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.partners import commands, queries

CHASER = machine("chase-partners")


@every(10, name="chase-partners", between=("08:00", "18:00"))
def chase_partners() -> int:
    """End what has run out, and remind of what a partner has not answered in time."""
    today = clock.today()
    ended = sum(commands.expire(one, actor=CHASER) for one in queries.run_out(today))
    return ended + sum(commands.chase(one, actor=CHASER) for one in queries.late_replies(today))

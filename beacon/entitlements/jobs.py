"""When duties are looked at by themselves."""

from __future__ import annotations

from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.entitlements import commands

CALENDAR = machine("find-days")


@every(60, name="find-days", order=20)
def find_days() -> int:
    """Give their day to duties that lay beyond the calendar, once it reaches so far."""
    return commands.find_days(actor=CALENDAR)

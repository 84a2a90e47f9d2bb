"""When somebody who could not be reached is tried again: another day, at another time of day."""

from __future__ import annotations

from datetime import datetime, time

from beacon.core import clock
from beacon.core.working_days import next_working_day

NOON = time(12)
MORNING, AFTERNOON = time(10), time(15)


def next_try(at: datetime) -> datetime:
    """The next working day in London: in the afternoon after a morning, else in the morning."""
    here = clock.london(at)
    other = AFTERNOON if here.time() < NOON else MORNING
    return clock.from_london(next_working_day(here.date()), other)


def tries_left(tried: int, at_most: int) -> int:
    """How often somebody may still be tried before a letter, or an ending, is asked for."""
    return max(0, at_most - tried)

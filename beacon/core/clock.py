"""What time it is, in UTC and in London, for everything that must be told the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, reset_tzpath

# The data of the locked package, on every machine: its age is known, and an update is one lock.
reset_tzpath(to=())
LONDON = ZoneInfo("Europe/London")

# Newest last. One list for the process, so that worker threads of a test or a tick see it too.
_held: list[datetime] = []


class NoSuchTime(ValueError):
    """A London time that is skipped on the night the clocks go forward."""


def now() -> datetime:
    """The present moment, in UTC."""
    return _held[-1] if _held else datetime.now(UTC)


def is_held() -> bool:
    """Whether the clock is held at a moment, so that other clocks cannot agree with it."""
    return bool(_held)


def today() -> date:
    """The date it is now in London."""
    return london_day(now())


@contextmanager
def fixed(at: datetime) -> Iterator[datetime]:
    """Hold the clock of the whole process at one moment; the innermost holds."""
    held = _aware(at).astimezone(UTC)
    _held.append(held)
    try:
        yield held
    finally:
        # By identity, not by position: two threads may leave in another order than they came.
        del _held[max(place for place, one in enumerate(_held) if one is held)]


def london(moment: datetime) -> datetime:
    """The same moment as the clocks in London show it."""
    return _aware(moment).astimezone(LONDON)


def london_day(moment: datetime) -> date:
    """The date in London at that moment (domain.md rule 1.7)."""
    return london(moment).date()


def from_london(day: date, at: time) -> datetime:
    """The moment, in UTC, of a date and time in London; the earlier where the time comes twice."""
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    moment = wall.replace(tzinfo=LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != wall:
        raise NoSuchTime(
            f"{wall:%H:%M} on {day.day} {day:%B %Y} does not exist: the clocks go forward."
        )
    return moment


def is_ambiguous(day: date, at: time) -> bool:
    """Whether this London time comes twice that day, because the clocks go back."""
    wall = datetime.combine(day, at, tzinfo=LONDON)
    first, second = (wall.replace(fold=fold).utcoffset() for fold in (0, 1))
    # In the spring gap the two differ as well, but the other way about.
    return first is not None and second is not None and first > second


def start_of_day(day: date) -> datetime:
    """The first moment, in UTC, of a day in London."""
    return from_london(day, time.min)


def end_of_day(day: date) -> datetime:
    """The moment, in UTC, at which a day in London is over: the first of the next day."""
    return start_of_day(day + timedelta(days=1))


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 moment, London time where it gives no offset, as UTC."""
    try:
        read = datetime.fromisoformat(text.strip())
        if read.tzinfo is not None:
            return read.astimezone(LONDON).astimezone(UTC)  # London must have that day as well
    except (ValueError, OverflowError) as fault:
        raise ValueError(
            "Give the moment as year, month, day and time, such as 2026-11-24T09:30."
        ) from fault
    return from_london(read.date(), read.time())


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("This moment has no time zone, so it could be any of several.")
    return moment

"""Who is in on which day, and how much somebody carries in the hours that they work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from beacon.caseloads.terms import WEEKDAYS
from beacon.core.working_days import add_working_days, is_working_day, next_working_day

LOOKED_AHEAD = 90  # days; whoever is away for longer has no first day in
HALF_HOURS_AT_MOST = 120
SOON_STANDARD, SOON_ENHANCED = 5, 1  # working days until somebody must be there


@dataclass(frozen=True, order=True)
class Absence:
    """Days on which somebody is away, the last one too."""

    first: date
    last: date


def capacity_of(half_hours: int, *, full_points: int, full_hours: int) -> int:
    """The points of a week of so many half hours, of what a full week carries; rounded down."""
    return full_points * half_hours // (2 * full_hours)


def half_hours_of(typed: str) -> int:
    """The half hours of "37" or "18.5" hours; a ValueError says what is wanted."""
    try:
        doubled = 2 * Decimal(typed.strip())
        is_whole = doubled == doubled.to_integral_value()
    except InvalidOperation:
        is_whole, doubled = False, Decimal(0)
    if not is_whole or not 1 <= doubled <= HALF_HOURS_AT_MOST:
        raise ValueError("Enter the hours of a week in full or half hours, like 37 or 18.5.")
    return int(doubled)


def hours_in_words(half_hours: int) -> str:
    """37, or 18.5."""
    return f"{half_hours // 2}.5" if half_hours % 2 else str(half_hours // 2)


def days_in_words(days: str) -> str:
    """Monday to Friday; or Monday, Tuesday and Thursday."""
    numbers = sorted({int(one) for one in days})
    names = [WEEKDAYS[one - 1] for one in numbers]
    if len(names) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[0]} to {names[-1]}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def is_away(absences: Iterable[Absence], day: date) -> bool:
    """Whether somebody is away on that day."""
    return any(one.first <= day <= one.last for one in absences)


def first_day_in(days: str, absences: Iterable[Absence], start: date) -> date | None:
    """The first day from `start` on which somebody works: none in the next three months is none."""
    away = list(absences)
    for number in range(LOOKED_AHEAD):
        day = start + timedelta(days=number)
        works = str(day.isoweekday()) in days
        if works and not _is_holiday(day) and not is_away(away, day):
            return day
    return None


def needed_on(today: date, next_due_on: date | None, *, enhanced: bool) -> date:
    """The first day on which a case needs its manager: when something is due, or a first call is.

    What is late, or due on a day on which nobody works, needs them on the next working day.
    """
    soon = add_working_days(today, SOON_ENHANCED if enhanced else SOON_STANDARD)
    day = min(next_due_on or soon, soon)
    if day > today:
        return day if is_working_day(day) else next_working_day(day)
    return today if is_working_day(today) else next_working_day(today)


def _is_holiday(day: date) -> bool:
    """Whether a weekday is a bank holiday: weekends are for the pattern to say."""
    return day.isoweekday() <= 5 and not is_working_day(day)

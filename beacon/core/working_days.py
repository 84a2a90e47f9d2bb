"""Counting in working days: Monday to Friday, but for bank holidays in England and Wales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from beacon.core.bank_holidays import CalendarEnds, Overrides, is_bank_holiday

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date, overrides: Overrides | None = None) -> bool:
    """Whether the day is Monday to Friday and no bank holiday (domain.md 1.6)."""
    holiday = is_bank_holiday(day, overrides)  # asked first, so that no year is guessed at
    return day.weekday() < _SATURDAY and not holiday


def next_working_day(day: date, overrides: Overrides | None = None) -> date:
    """The first working day after this day."""
    if day == date.max:
        raise CalendarEnds(day, overrides)
    day += _DAY
    while not is_working_day(day, overrides):
        day += _DAY
    return day


def working_day_before(day: date, overrides: Overrides | None = None) -> date:
    """The last working day before this day."""
    day -= _DAY
    while not is_working_day(day, overrides):
        day -= _DAY
    return day


def add_working_days(day: date, number: int, overrides: Overrides | None = None) -> date:
    """The working day that comes so many after this day, which itself is day 0 (rule 1.6)."""
    if number < 0:
        raise ValueError("Working days are counted forward.")
    for _ in range(number):
        day = next_working_day(day, overrides)
    return day


def working_days_between(after: date, until: date, overrides: Overrides | None = None) -> int:
    """How many working days come after the one day, up to the other and with it."""
    days, day = 0, after
    while day < until:
        day += _DAY
        days += is_working_day(day, overrides)
    return days


@dataclass(frozen=True)
class WorkingDayDeadline:
    """So many working days after a day on which something began."""

    started_on: date
    working_days: int
    overrides: Overrides | None = None

    @property
    def due_on(self) -> date:
        """The day at whose end, in London, the time is up."""
        return add_working_days(self.started_on, self.working_days, self.overrides)

"""When a victim is to hear from us again, by what they asked for (domain.md RULE 1.9)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from beacon.cases.terms import UpdateEvery
from beacon.core.bank_holidays import Overrides
from beacon.core.working_days import is_working_day, working_day_before

# Days between updates. By the month is counted by the calendar; the other wishes have no clock.
INTERVALS = {
    UpdateEvery.WEEK: 7,
    UpdateEvery.TWO_WEEKS: 14,
    UpdateEvery.FOUR_WEEKS: 28,
}
MONTHS_IN_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that has no such day."""
    passed = day.month - 1 + months
    year, month = day.year + passed // MONTHS_IN_A_YEAR, passed % MONTHS_IN_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_update(
    every: UpdateEvery, last_on: date, overrides: Overrides | None = None
) -> date | None:
    """The day by which the next update is due (domain.md RULE 1.9, R6_FREQ); None: no clock.

    On a day that is no working day it is due on the working day before. Raises CalendarEnds where
    the bank holidays of that year are not known.
    """
    day = falls_on(every, last_on)
    if day is None or is_working_day(day, overrides):
        return day
    return working_day_before(day, overrides)


def falls_on(every: UpdateEvery, last_on: date) -> date | None:
    """The same without a look at which days are worked."""
    if every is UpdateEvery.MONTH:
        return months_after(last_on, 1)
    return last_on + timedelta(days=INTERVALS[every]) if every in INTERVALS else None

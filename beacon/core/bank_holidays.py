"""Bank holidays in England and Wales, from data that comes packaged; never a live call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from beacon.core.errors import RuleBroken

# A year with fewer than the permanent eight is a year not fully published, so it is not held.
_FEWEST_IN_A_YEAR = 8


class CalendarEnds(RuleBroken):
    """A day was asked for in a year whose bank holidays are not known."""

    def __init__(self, day: date) -> None:
        held = years_held()
        super().__init__(
            f"Bank holidays are known for {held.start} to {held.stop - 1}, not for {day.year}: "
            "choose another date, or ask for the calendar to be brought up to date."
        )


@dataclass(frozen=True)
class Overrides:
    """Days proclaimed or taken away since the packaged data were made (domain.md rule 1.11)."""

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()


AS_PACKAGED = Overrides()


def is_bank_holiday(day: date, overrides: Overrides = AS_PACKAGED) -> bool:
    """Whether the day is a bank holiday in England and Wales; raises beyond the years held."""
    if day.year not in years_held():
        raise CalendarEnds(day)
    return day in overrides.added or (day in _packaged() and day not in overrides.removed)


@cache
def years_held() -> range:
    """The years whose bank holidays are known."""
    counts: dict[int, int] = {}
    for day in _packaged():
        counts[day.year] = counts.get(day.year, 0) + 1
    first = min(counts)
    last = first
    while counts.get(last + 1, 0) >= _FEWEST_IN_A_YEAR:
        last += 1
    return range(first, last + 1)


@cache
def _packaged() -> frozenset[date]:
    calendar = BankHolidays(use_cached_holidays=True)
    return frozenset(
        one["date"] for one in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )

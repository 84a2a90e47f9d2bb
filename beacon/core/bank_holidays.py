"""Bank holidays in England and Wales, from data that comes packaged; never a live call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from beacon.core.errors import RuleBroken

# A year with fewer than the permanent eight is a year not fully published, so it is not held.
FEWEST_IN_A_YEAR = 8


class CalendarEnds(RuleBroken):
    """A day was asked for in a year whose bank holidays are not known."""

    def __init__(self, day: date, overrides: Overrides | None = None) -> None:
        super().__init__(
            f"Bank holidays are known for {years_held().start} to {last_year(overrides)}, not for "
            f"{day.year}: choose another date, or ask for the calendar to be brought up to date."
        )


@dataclass(frozen=True)
class Overrides:
    """Days proclaimed or taken away since the packaged data were made (domain.md rule 1.11).

    `years` are further years whose bank holidays have all been loaded among `added`.
    """

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


AS_PACKAGED = Overrides()


class _Held:
    """Who is asked for the days that were changed here; until somebody says so, nobody."""

    ask: Callable[[], Overrides] = staticmethod(lambda: AS_PACKAGED)


def held_by(ask: Callable[[], Overrides]) -> None:
    """Say who knows the days that were changed here (`core.calendar`)."""
    _Held.ask = staticmethod(ask)


def is_bank_holiday(day: date, overrides: Overrides | None = None) -> bool:
    """Whether the day is a bank holiday in England and Wales; raises beyond the years held.

    Without `overrides`, those that are held here count.
    """
    changed = _Held.ask() if overrides is None else overrides
    if day.year not in years_held() and day.year not in changed.years:
        raise CalendarEnds(day, changed)
    return day in changed.added or (day in _packaged() and day not in changed.removed)


def last_year(overrides: Overrides | None = None) -> int:
    """The last year whose bank holidays are known, with none missing before it."""
    changed = _Held.ask() if overrides is None else overrides
    last = years_held()[-1]
    while last + 1 in changed.years:
        last += 1
    return last


@cache
def years_held() -> range:
    """The years whose bank holidays are known."""
    return whole_years(_packaged())


def whole_years(days: Iterable[date]) -> range:
    """The years from the first one on whose bank holidays are all there, without a gap."""
    counts = Counter(day.year for day in days)
    first = last = min(counts)
    while counts[last + 1] >= FEWEST_IN_A_YEAR:
        last += 1
    return range(first, last + 1)


@cache
def _packaged() -> frozenset[date]:
    calendar = BankHolidays(use_cached_holidays=True)
    return frozenset(
        one["date"] for one in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )

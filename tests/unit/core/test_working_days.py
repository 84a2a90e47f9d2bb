"""Working days, held against a second library and against the calendar's end."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core import bank_holidays
from beacon.core.bank_holidays import (
    CalendarEnds,
    Overrides,
    is_bank_holiday,
    last_year,
    whole_years,
)
from beacon.core.working_days import (
    WorkingDayDeadline,
    add_working_days,
    is_working_day,
    next_working_day,
    working_day_before,
    working_days_between,
)

YEARS = range(2024, 2029)
ELSEWHERE = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
is_working_day(date(2024, 1, 1))  # the packaged data are read once, not within a test's time

DAYS = st.dates(date(2012, 2, 1), date(2028, 11, 1))


@pytest.mark.parametrize("year", YEARS)
def test_the_packaged_calendar_agrees_with_a_second_library(year: int):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    ours = [day for day in days if is_working_day(day)]
    theirs = [day for day in days if day.weekday() < 5 and day not in ELSEWHERE]
    assert ours == theirs


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 3, 29), date(2025, 8, 25), date(2026, 4, 3), date(2026, 4, 6),
        date(2026, 12, 28), date(2027, 12, 27), date(2023, 5, 8), date(2022, 9, 19),
    ],
)  # fmt: skip
def test_bank_holidays_of_england_and_wales_are_known(day: date):
    assert is_bank_holiday(day)


@pytest.mark.parametrize("day", [date(2026, 8, 3), date(2026, 11, 30), date(2026, 3, 17)])
def test_holidays_of_scotland_and_northern_ireland_are_working_days_here(day: date):
    assert is_working_day(day)


def test_the_calendar_holds_every_year_to_2028_at_least():
    held = bank_holidays.years_held()
    assert held.start == 2012
    assert held.stop > 2028


def bank_holidays_of(year: int, number: int = 8) -> set[date]:
    """So many days of one year."""
    return {date(year, 1, 1 + n) for n in range(number)}


@pytest.mark.parametrize(
    ("days", "held"),
    [
        (bank_holidays_of(2012), range(2012, 2013)),
        (bank_holidays_of(2012) | bank_holidays_of(2013), range(2012, 2014)),
        (
            bank_holidays_of(2012) | bank_holidays_of(2013) | bank_holidays_of(2014, 10),
            range(2012, 2015),
        ),
        # Seven of eight are a year that is not fully published.
        (bank_holidays_of(2012) | bank_holidays_of(2013, 7), range(2012, 2013)),
        # A year that is missing ends what is held, whatever comes after it.
        (bank_holidays_of(2012) | bank_holidays_of(2014), range(2012, 2013)),
    ],
)
def test_a_year_is_held_when_all_its_bank_holidays_are(days: set[date], held: range):
    assert whole_years(days) == held


def test_years_that_were_loaded_move_the_calendars_end():
    end = bank_holidays.years_held()[-1]
    assert last_year() == last_year(Overrides()) == end
    assert last_year(Overrides(years=frozenset({end + 1, end + 2}))) == end + 2
    assert last_year(Overrides(years=frozenset({end + 2}))) == end


def test_a_loaded_year_knows_its_bank_holidays_and_the_sentence_beyond_names_it():
    end = bank_holidays.years_held()[-1]
    loaded = Overrides(
        added=frozenset({date(end + 1, 1, 1)}), years=frozenset({end + 1}), removed=frozenset()
    )
    assert is_bank_holiday(date(end + 1, 1, 1), loaded)
    assert not is_bank_holiday(date(end + 1, 1, 2), loaded)
    with pytest.raises(CalendarEnds) as ended:
        is_bank_holiday(date(end + 2, 1, 1), loaded)
    assert str(ended.value) == (
        f"Bank holidays are known for 2012 to {end + 1}, not for {end + 2}: choose another date, "
        "or ask for the calendar to be brought up to date."
    )


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2041, 1, 1), date(9999, 1, 1)])
def test_the_calendar_raises_beyond_the_years_it_holds(day: date):
    with pytest.raises(CalendarEnds, match="Bank holidays are known for 2012 to"):
        is_working_day(day)


def test_a_saturday_beyond_the_calendar_is_not_guessed_at_either():
    with pytest.raises(CalendarEnds):
        is_working_day(date(2041, 1, 5))


def test_counting_over_the_end_of_the_calendar_raises():
    last = date(bank_holidays.years_held().stop - 1, 12, 29)
    with pytest.raises(CalendarEnds):
        add_working_days(last, 5)


def test_a_proclaimed_day_is_no_working_day():
    proclaimed = Overrides(added=frozenset({date(2026, 11, 23)}))
    assert next_working_day(date(2026, 11, 20), proclaimed) == date(2026, 11, 24)


def test_a_day_taken_away_is_a_working_day_again():
    moved = Overrides(removed=frozenset({date(2026, 5, 4)}))
    assert is_working_day(date(2026, 5, 4), moved)
    assert not is_working_day(date(2026, 5, 4))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2025, 1, 7), date(2025, 1, 6)),
        (date(2025, 1, 6), date(2025, 1, 3)),
        (date(2025, 8, 26), date(2025, 8, 22)),
        (date(2026, 3, 30), date(2026, 3, 27)),
        (date(2026, 4, 7), date(2026, 4, 2)),
    ],
)
def test_the_working_day_before(day: date, before: date):
    assert working_day_before(day) == before


def test_a_deadline_is_due_so_many_working_days_after():
    assert WorkingDayDeadline(date(2024, 3, 29), 5).due_on == date(2024, 4, 8)


def test_working_days_are_not_counted_backward():
    with pytest.raises(ValueError, match=r"^Working days are counted forward\.$"):
        add_working_days(date(2026, 11, 23), -1)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 28)])
def test_no_working_days_after_a_day_is_that_day(day: date):
    assert add_working_days(day, 0) == day


def test_the_days_between_leave_out_weekends_bank_holidays_and_what_was_proclaimed():
    friday, tuesday = date(2026, 4, 3), date(2026, 4, 7)  # Good Friday, after Easter Monday
    proclaimed = Overrides(added=frozenset({date(2026, 4, 8)}))
    assert working_days_between(date(2026, 4, 2), friday) == 0
    assert working_days_between(date(2026, 4, 1), tuesday) == 2
    assert working_days_between(date(2026, 4, 1), date(2026, 4, 8)) == 3
    assert working_days_between(date(2026, 4, 1), date(2026, 4, 8), proclaimed) == 2
    assert working_days_between(tuesday, tuesday) == working_days_between(tuesday, friday) == 0


def test_every_count_asks_the_days_that_were_given_to_it():
    proclaimed = Overrides(added=frozenset({date(2026, 11, 23)}))
    friday, tuesday = date(2026, 11, 20), date(2026, 11, 24)
    assert add_working_days(friday, 1, proclaimed) == tuesday
    assert WorkingDayDeadline(friday, 1, proclaimed).due_on == tuesday
    assert working_day_before(tuesday, proclaimed) == friday


@given(DAYS, st.integers(1, 20))
def test_there_are_as_many_working_days_as_were_asked_for(day: date, number: int):
    due = add_working_days(day, number)
    after = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(is_working_day(one) for one in after) == number
    assert is_working_day(due)


@given(DAYS)
def test_the_day_before_the_next_working_day_is_this_one_or_the_last(day: date):
    expected = day if is_working_day(day) else working_day_before(day)
    assert working_day_before(next_working_day(day)) == expected

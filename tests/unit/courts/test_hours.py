"""When a text may leave: the evening before by the London clock, through every odd night."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from beacon.core import clock
from beacon.courts.rules import (
    ReminderTimes,
    begins,
    correction_window,
    days_ahead,
    eve,
    spoken_when,
    useful_until,
    window,
)

TIMES = ReminderTimes(
    window_from=time(9), plan_from=time(17), window_to=time(20), morning_from=time(7, 30)
)
WORKING = ReminderTimes(
    window_from=time(9),
    plan_from=time(17),
    window_to=time(20),
    morning_from=time(7, 30),
    on_working_day=True,
)
NINE_THIRTY, TEN = time(9, 30), time(10)


# domain.md 10.3, each line of the table. The clocks changed on 29 March 2026.
@pytest.mark.parametrize(
    ("hearing", "utc", "working_day"),
    [
        (date(2025, 1, 7), "2025-01-06T17:00+00:00", date(2025, 1, 6)),
        (date(2025, 1, 6), "2025-01-05T17:00+00:00", date(2025, 1, 3)),
        (date(2025, 8, 26), "2025-08-25T16:00+00:00", date(2025, 8, 22)),
        (date(2026, 3, 30), "2026-03-29T16:00+00:00", date(2026, 3, 27)),
    ],
)
@pytest.mark.proves("D-09")
def test_the_table_of_send_times_is_kept_line_by_line(hearing: date, utc: str, working_day: date):
    at = clock.start_of_day(hearing - timedelta(days=1))
    found = window(hearing, NINE_THIRTY, TIMES, at=at)
    assert found is not None
    assert found.opens == datetime.fromisoformat(utc)
    assert found.closes == found.opens + timedelta(hours=3)
    assert clock.london(found.opens).time() == time(17)
    assert eve(hearing, WORKING) == working_day


@pytest.mark.parametrize(
    ("hearing", "calendar", "working"),
    [
        # Easter 2027: Good Friday is 26 March, Easter Monday 29 March.
        (date(2027, 3, 30), date(2027, 3, 29), date(2027, 3, 25)),
        # Christmas 2026: Boxing Day is a Saturday, so Monday the 28th is a bank holiday.
        (date(2026, 12, 29), date(2026, 12, 28), date(2026, 12, 24)),
        (date(2027, 1, 4), date(2027, 1, 3), date(2026, 12, 31)),
        (date(2026, 1, 2), date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
@pytest.mark.proves("D-09")
def test_the_day_before_is_the_calendars_or_the_last_working_day_as_set(
    hearing: date, calendar: date, working: date
):
    assert (eve(hearing, TIMES), eve(hearing, WORKING)) == (calendar, working)


def test_where_no_calendar_reaches_it_is_the_calendar_day_before():
    assert eve(date(2099, 6, 8), WORKING) == date(2099, 6, 7)
    assert days_ahead(date(2099, 6, 5)) == [date(2099, 6, 6)]


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),  # a Monday
        (date(2026, 11, 27), date(2026, 11, 30)),  # a Friday
        (date(2026, 11, 28), date(2026, 11, 30)),  # the Saturday after it
        (date(2026, 12, 24), date(2026, 12, 29)),  # Christmas Eve
        (date(2027, 3, 25), date(2027, 3, 30)),  # Maundy Thursday
    ],
)
def test_texts_are_planned_and_shown_up_to_the_next_working_day(today: date, last: date):
    ahead = days_ahead(today)
    assert (ahead[0], ahead[-1]) == (today + timedelta(days=1), last)
    assert len(ahead) == (last - today).days


@pytest.mark.proves("D-02")
def test_the_evening_before_is_london_time_on_both_sides_of_the_autumn_change():
    sunday = window(date(2027, 10, 31), TEN, TIMES, at=datetime(2027, 10, 30, 12, tzinfo=UTC))
    monday = window(date(2027, 11, 1), TEN, TIMES, at=datetime(2027, 10, 31, 12, tzinfo=UTC))
    assert sunday is not None
    assert monday is not None
    assert sunday.opens == datetime(2027, 10, 30, 16, tzinfo=UTC)
    assert monday.opens == datetime(2027, 10, 31, 17, tzinfo=UTC)


@pytest.mark.proves("D-04")
def test_the_day_of_a_hearing_just_after_midnight_is_its_own_day():
    last_second = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
    found = window(date(2026, 11, 24), time(0, 5), TIMES, at=last_second)
    assert found is not None
    assert found.opens == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert window(date(2026, 11, 24), time(0, 5), TIMES, at=found.closes) is None


@pytest.mark.proves("D-10")
@pytest.mark.parametrize(
    ("hearing", "opens"),
    [
        (date(2028, 2, 29), datetime(2028, 2, 28, 17, tzinfo=UTC)),
        (date(2028, 3, 1), datetime(2028, 2, 29, 17, tzinfo=UTC)),
        (date(2027, 1, 1), datetime(2026, 12, 31, 17, tzinfo=UTC)),
    ],
)
def test_leap_day_and_new_year_have_their_evening_before(hearing: date, opens: datetime):
    found = window(hearing, TEN, TIMES, at=opens)
    assert found is not None
    assert found.opens == opens


@pytest.mark.proves("D-01")
def test_a_time_that_the_clocks_skip_is_no_time_of_day():
    assert begins(date(2027, 3, 28), time(1, 30)) is None
    assert begins(date(2027, 3, 28), time(9, 30)) == datetime(2027, 3, 28, 8, 30, tzinfo=UTC)


def test_a_hearing_listed_after_its_working_day_leaves_the_next_evening():
    saturday = datetime(2026, 11, 28, 10, tzinfo=UTC)
    found = window(date(2026, 11, 30), NINE_THIRTY, WORKING, at=saturday)
    assert found is not None
    assert found.opens == datetime(2026, 11, 28, 17, tzinfo=UTC)
    assert found.closes == datetime(2026, 11, 28, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "opens"),
    [
        (12, 0, datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (18, 0, datetime(2026, 11, 23, 17, tzinfo=UTC)),  # the evening has begun: at once
        (19, 59, datetime(2026, 11, 23, 17, tzinfo=UTC)),
    ],
)
def test_what_is_listed_in_the_evening_leaves_at_once(hour: int, minute: int, opens: datetime):
    at = datetime(2026, 11, 23, hour, minute, tzinfo=UTC)
    found = window(date(2026, 11, 24), NINE_THIRTY, TIMES, at=at)
    assert found is not None
    assert found.opens == opens


@pytest.mark.parametrize(
    ("sent_on", "said"),
    [(date(2026, 11, 24), "TODAY"), (date(2026, 11, 23), "TOMORROW"), (date(2026, 11, 20), "on")],
)
def test_a_text_says_today_and_tomorrow_only_where_they_are_true(sent_on: date, said: str):
    assert spoken_when(sent_on, date(2026, 11, 24)) == said


TOLD = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("true_at", "until"),
    [
        (None, TOLD),
        (TOLD + timedelta(hours=5), TOLD),
        (TOLD + timedelta(days=7), TOLD),
        (TOLD - timedelta(minutes=30), TOLD - timedelta(minutes=90)),
    ],
)
def test_a_correction_is_of_use_until_they_set_out(true_at: datetime | None, until: datetime):
    assert useful_until(TOLD, true_at) == until


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (datetime(2026, 11, 23, 19, 59, tzinfo=UTC), datetime(2026, 11, 23, 19, 59, tzinfo=UTC)),
        (datetime(2026, 11, 23, 20, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (datetime(2026, 11, 24, 9, 29, tzinfo=UTC), datetime(2026, 11, 24, 9, 29, tzinfo=UTC)),
        (datetime(2026, 11, 24, 9, 30, tzinfo=UTC), None),
    ],
)
def test_a_correction_leaves_from_nine_to_eight_while_it_is_of_use(
    at: datetime, opens: datetime | None
):
    found = correction_window(TOLD, TIMES, at=at)
    assert (found and found.opens) == opens

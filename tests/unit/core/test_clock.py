"""The clock: London on the wall, UTC in the drawer."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core import clock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


def test_now_is_in_utc():
    assert clock.now().tzinfo is UTC


def test_a_fixed_clock_stands_still():
    with clock.fixed(NOON):
        assert clock.now() == NOON


def test_the_innermost_fixed_clock_holds_and_then_gives_way():
    with clock.fixed(NOON):
        with clock.fixed(NOON + timedelta(hours=1)):
            assert clock.now() == NOON + timedelta(hours=1)
        assert clock.now() == NOON


def test_a_fixed_clock_is_seen_by_other_threads():
    seen: list[datetime] = []
    with clock.fixed(NOON):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [NOON]


def test_clocks_let_go_in_another_order_than_they_were_fixed():
    later = NOON + timedelta(hours=1)
    first, second = clock.fixed(NOON), clock.fixed(later)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert clock.now() == later
    second.__exit__(None, None, None)
    assert clock.now() != later


def test_a_clock_cannot_be_fixed_at_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="no time zone"), clock.fixed(datetime(2026, 11, 22)):
        pass


def test_today_is_the_date_in_london_not_in_utc():
    with clock.fixed(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T09:30", datetime(2026, 11, 24, 9, 30, tzinfo=UTC)),
        ("2026-06-24 09:30:15", datetime(2026, 6, 24, 8, 30, 15, tzinfo=UTC)),
        ("2026-11-23T17:05+00:00", datetime(2026, 11, 23, 17, 5, tzinfo=UTC)),
        ("2026-03-30T23:15Z", datetime(2026, 3, 30, 23, 15, tzinfo=UTC)),
        ("2026-06-24", datetime(2026, 6, 23, 23, 0, tzinfo=UTC)),
        ("2026-10-25T01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_without_an_offset_is_london_time(text: str, moment: datetime):
    assert clock.parse_instant(text) == moment


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "24/11/2026", "2026-02-30", "0001-01-01T00:00+05"]
)
def test_what_is_no_instant_is_refused(text: str):
    with pytest.raises(ValueError, match="Give the moment"):
        clock.parse_instant(text)


def test_an_instant_that_the_clocks_skip_is_refused():
    with pytest.raises(clock.NoSuchTime, match="29 March 2026"):
        clock.parse_instant("2026-03-29T01:30")


@pytest.mark.parametrize("at", [time(1, 0), time(1, 30), time(1, 59, 59)])
def test_the_skipped_hour_does_not_exist(at: time):
    with pytest.raises(clock.NoSuchTime):
        clock.from_london(SPRING, at)


@pytest.mark.parametrize("at", [time(0, 59, 59), time(2, 0)])
def test_the_edges_of_the_skipped_hour_exist(at: time):
    assert clock.london(clock.from_london(SPRING, at)).time() == at


def test_of_a_time_that_comes_twice_the_earlier_is_taken():
    assert clock.from_london(AUTUMN, time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "twice"),
    [
        (AUTUMN, time(0, 59), False),
        (AUTUMN, time(1, 0), True),
        (AUTUMN, time(1, 59), True),
        (AUTUMN, time(2, 0), False),
        (SPRING, time(1, 30), False),
        (date(2026, 7, 1), time(1, 30), False),
    ],
)
def test_only_the_repeated_hour_of_autumn_is_ambiguous(day: date, at: time, twice: bool):
    assert clock.is_ambiguous(day, at) is twice


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 22), 24)])
def test_a_day_in_london_is_as_long_as_its_clocks_make_it(day: date, hours: int):
    assert clock.end_of_day(day) - clock.start_of_day(day) == timedelta(hours=hours)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_every_moment_falls_in_its_own_london_day(moment: datetime):
    day = clock.london_day(moment)
    assert clock.start_of_day(day) <= moment < clock.end_of_day(day)


def test_london_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="no time zone"):
        clock.london(datetime(2026, 11, 22))

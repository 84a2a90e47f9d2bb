"""How days, moments, money and words are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import pytest

from beacon.core import clock
from beacon.core.phone import Phone
from beacon.web import filters

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Word(StrEnum):
    """A word without words of its own."""

    NOT_YET = "not_yet"


class Said(StrEnum):
    """A word with its own."""

    OPEN = "open"

    @property
    def label(self) -> str:
        """As people say it."""
        return "Under way"


def test_days_are_written_in_full_and_short() -> None:
    with clock.fixed(NOW):
        assert filters.day(date(2026, 11, 4)) == "4 November 2026"
        assert filters.short_day(date(2026, 11, 24)) == "Tue 24 Nov"
        assert filters.short_day(date(2027, 1, 4)) == "Mon 4 Jan 2027"


def test_moments_are_written_as_london_has_them() -> None:
    assert filters.moment(datetime(2026, 6, 24, 8, 30, tzinfo=UTC)) == "24 June 2026 at 9:30am"
    assert filters.day(datetime(2026, 6, 24, 23, 30, tzinfo=UTC)) == "25 June 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(9), "9am"),
        (time(12, 30), "12:30pm"),
        (time(0, 5), "12:05am"),
        (time(17, 45), "5:45pm"),
    ],
)
def test_times_are_written_in_the_style_of_the_guide(at: time, words: str) -> None:
    assert filters.clock_time(at) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=4), "4 days ago"),
        (timedelta(days=40), "15 October 2026"),
        (timedelta(days=-2), "26 November 2026"),
    ],
)
def test_how_long_ago_is_said_roughly(before: timedelta, words: str) -> None:
    with clock.fixed(NOW):
        assert filters.ago(NOW - before) == words


def test_money_is_written_from_pence() -> None:
    assert filters.pounds(123456) == "£1,234.56"
    assert filters.pounds(-5) == "-£0.05"


def test_words_of_the_trade_are_said_as_people_say_them() -> None:
    assert filters.label(Said.OPEN) == "Under way"
    assert filters.label(Word.NOT_YET) == "Not yet"


def test_a_masked_number_cannot_be_rung() -> None:
    assert filters.masked(Phone.parse("07700900532")) == filters.masked("07700 900532")
    assert "07700 900532" not in filters.masked("07700 900532")
    assert filters.masked("not a number 123").endswith("123")


def test_what_is_not_known_is_written_as_nothing() -> None:
    writers = (
        filters.day,
        filters.short_day,
        filters.clock_time,
        filters.moment,
        filters.ago,
        filters.pounds,
        filters.label,
        filters.masked,
        filters.readable,
    )
    assert {write(None) for write in writers} == {""}


def test_things_are_counted() -> None:
    assert filters.counted(1, "duty", "duties") == "1 duty"
    assert filters.counted(1200, "duty", "duties") == "1,200 duties"
    assert filters.counted(0, "case") == "0 cases"

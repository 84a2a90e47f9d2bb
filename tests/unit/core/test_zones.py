"""The edition of the time zones: which it is, about how old, and who is told."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime

import pytest

from beacon.core import clock, zones
from beacon.ops import checks


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026a", date(2026, 1, 1)),
        ("2026f", date(2026, 11, 1)),
        ("2026k", date(2026, 12, 1)),
        ("2026", None),
        ("", None),
    ],
)
def test_an_edition_is_dated_by_its_name(name: str, day: date | None):
    assert zones.published_about(name) == day


def test_the_edition_in_use_is_that_of_the_package_and_can_be_dated():
    assert zoneinfo.TZPATH == ()
    assert zones.published_about(zones.edition()) is not None


@pytest.mark.proves("D-08")
@pytest.mark.parametrize(("year", "state"), [(0, "ok"), (1, "ok"), (2, "warning")])
def test_time_zones_older_than_four_hundred_days_are_warned_of(year: int, state: str):
    published = zones.published_about(zones.edition())
    assert published is not None
    with clock.fixed(datetime(published.year + year, published.month, 2, tzinfo=UTC)):
        found = checks.time_zones()
    assert (found.name, found.state) == ("time zones", state)
    assert zones.edition() in found.words

"""When a promise counts as broken, how promises are counted, and what sessions add up to."""

from __future__ import annotations

from datetime import date

import pytest

from beacon.plans.rules import (
    Given,
    broken_by_month,
    by_month_and_team,
    held,
    is_broken,
    review_due_on,
)
from beacon.plans.terms import PromiseState, SessionState

S = PromiseState
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("state", "ended_on", "today", "broken"),
    [
        (S.OPEN, None, THURSDAY, False),
        (S.OPEN, None, FRIDAY, False),  # the whole of its day is left
        (S.OPEN, None, SATURDAY, True),  # nobody said that it was kept
        (S.KEPT, FRIDAY, SATURDAY, False),
        (S.KEPT, SATURDAY, SATURDAY, True),  # kept, and too late
        (S.BROKEN, THURSDAY, THURSDAY, True),  # said so before its day
        (S.WITHDRAWN, SATURDAY, SATURDAY, False),
    ],
)
def test_a_promise_for_friday_is_broken_when(state, ended_on, today, broken):
    assert is_broken(state, FRIDAY, ended_on, today) is broken


def test_each_promise_stands_in_one_column_of_its_month_and_team():
    given = [
        Given("North", FRIDAY, S.KEPT, FRIDAY),
        Given("North", FRIDAY, S.KEPT, SATURDAY),
        Given("North", THURSDAY, S.OPEN, None),
        Given("North", date(2026, 11, 30), S.OPEN, None),
        Given("North", FRIDAY, S.WITHDRAWN, THURSDAY),
        Given("South", date(2026, 10, 1), S.BROKEN, date(2026, 10, 2)),
    ]
    north, south = by_month_and_team(given, SATURDAY)
    assert (north.month, north.team, north.all) == (date(2026, 11, 1), "North", 5)
    counted = (north.kept, north.kept_late, north.broken, north.withdrawn, north.open)
    assert counted == (1, 1, 1, 1, 1)
    assert (south.month, south.not_kept) == (date(2026, 10, 1), 1)
    months = broken_by_month([north, south], date(2026, 9, 15), SATURDAY)
    assert months == [
        (date(2026, 9, 1), 0),
        (date(2026, 10, 1), 1),
        (date(2026, 11, 1), 2),
    ]


def test_a_year_has_its_twelve_months():
    months = [month for month, _ in broken_by_month([], date(2026, 1, 31), date(2026, 12, 1))]
    assert months == [date(2026, month, 1) for month in range(1, 13)]


def test_only_the_minutes_of_attended_sessions_count():
    found = held(
        [
            (SessionState.ATTENDED, 50),
            (SessionState.ATTENDED, 40),
            (SessionState.NOT_ATTENDED, 60),
            (SessionState.CANCELLED_BY_THEM, None),
            (SessionState.CANCELLED_BY_US, 30),
            (SessionState.PLANNED, None),
        ]
    )
    assert (found.attended, found.minutes) == (2, 90)
    assert (found.missed, found.cancelled, found.planned) == (1, 2, 1)


def test_needs_are_assessed_again_after_so_many_weeks():
    assert review_due_on(FRIDAY, 12) == date(2027, 2, 19)

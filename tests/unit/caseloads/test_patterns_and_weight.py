"""Days in, capacity, the first day a case needs somebody, and what a case weighs."""

from __future__ import annotations

from datetime import date

import pytest

from beacon.caseloads.rules import (
    Absence,
    Part,
    Points,
    capacity_of,
    days_in_words,
    first_day_in,
    half_hours_of,
    hours_in_words,
    needed_on,
    weight_of,
)

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)
CHRISTMAS = date(2026, 12, 25)
POINTS = Points(standard=1, enhanced=3, interpreter=2, duties_a_point=3)


@pytest.mark.parametrize(
    ("hours", "points"), [("37", 60), ("18.5", 30), ("30", 48), ("0.5", 0), ("60", 97)]
)
def test_capacity_goes_by_the_hours_rounded_down(hours: str, points: int):
    assert capacity_of(half_hours_of(hours), full_points=60, full_hours=37) == points


@pytest.mark.parametrize("typed", ["", "0", "61", "18.25", "full", "-5", "1e9", "NaN", "Infinity"])
def test_hours_that_are_none_are_refused_in_a_sentence(typed: str):
    with pytest.raises(ValueError, match="like 37 or 18.5"):
        half_hours_of(typed)


def test_hours_and_days_are_said_as_people_say_them():
    assert (hours_in_words(74), hours_in_words(37)) == ("37", "18.5")
    assert days_in_words("12345") == "Monday to Friday"
    assert days_in_words("124") == "Monday, Tuesday and Thursday"
    assert days_in_words("3") == "Wednesday"


def test_the_first_day_in_heeds_pattern_leave_and_bank_holidays():
    assert first_day_in("12345", (), SATURDAY) == MONDAY
    assert first_day_in("67", (), SATURDAY) == SATURDAY
    assert first_day_in("12345", (), CHRISTMAS) == date(2026, 12, 29)
    assert first_day_in("1", [Absence(MONDAY, MONDAY)], SATURDAY) == date(2026, 12, 7)
    assert first_day_in("12345", [Absence(MONDAY, date(2027, 6, 1))], MONDAY) is None


@pytest.mark.parametrize(
    ("today", "due", "enhanced", "needed"),
    [
        (FRIDAY, None, True, MONDAY),
        (FRIDAY, None, False, date(2026, 12, 4)),
        (FRIDAY, MONDAY, False, MONDAY),
        (FRIDAY, date(2026, 11, 20), False, FRIDAY),
        (SATURDAY, date(2026, 11, 20), False, MONDAY),
        (FRIDAY, SATURDAY, False, MONDAY),
        (FRIDAY, date(2027, 3, 1), True, MONDAY),
    ],
)
def test_a_case_needs_somebody_when_something_is_due_or_the_first_call_is(
    today: date, due: date | None, enhanced: bool, needed: date
):
    assert needed_on(today, due, enhanced=enhanced) == needed


def test_a_weight_is_shown_with_its_parts():
    weight = weight_of(
        POINTS,
        enhanced=True,
        interpreter=True,
        open_duties=2,
        more={"court": Part("court on 9 May", 2)},
    )
    assert weight.sentence == "7 points: enhanced 3, court on 9 May 2, interpreter 2"


def test_open_duties_weigh_by_threes_and_a_standard_case_a_little():
    weight = weight_of(POINTS, enhanced=False, interpreter=False, open_duties=7, more={})
    assert weight.sentence == "3 points: standard 1, 7 open duties 2"
    alone = weight_of(POINTS, enhanced=False, interpreter=False, open_duties=0, more={})
    assert alone.sentence == "1 point: standard 1"

"""Of what a manager is reminded on which day, and when reminders are mailed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beacon.cases.rules.reminding import is_time_to_mail, late_from, mail_opens, stage_of
from beacon.cases.terms import ReminderKind
from beacon.core.bank_holidays import last_year, years_held

years_held()  # the calendar is read once, not within a test's time

# Thursday before Easter 2026; Friday and Monday are bank holidays.
THURSDAY, TUESDAY = date(2026, 4, 2), date(2026, 4, 7)
BEYOND = date(last_year() + 1, 6, 10)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 4, 1), None),
        (THURSDAY, ReminderKind.DAY_BEFORE),
        (date(2026, 4, 5), ReminderKind.DAY_BEFORE),  # what was missed is caught up
        (TUESDAY, ReminderKind.ON_THE_DAY),
        (date(2026, 4, 8), ReminderKind.LATE),
        (date(2026, 4, 20), ReminderKind.LATE),
    ],
)
def test_of_what_a_manager_is_reminded_today(today: date, stage: ReminderKind | None):
    assert stage_of(TUESDAY, today) is stage


def test_what_was_due_before_easter_is_late_on_the_next_working_day():
    assert [stage_of(THURSDAY, date(2026, 4, day)) for day in (3, 4, 5, 6)] == [None] * 4
    assert stage_of(THURSDAY, TUESDAY) is ReminderKind.LATE
    assert late_from(THURSDAY) == TUESDAY
    assert late_from(THURSDAY, more=1) == date(2026, 4, 8)
    assert late_from(THURSDAY, more=4) == date(2026, 4, 13)


def test_beyond_the_calendar_every_day_after_the_due_date_counts():
    assert late_from(BEYOND) == BEYOND + timedelta(days=1)
    assert late_from(BEYOND, more=3) == BEYOND + timedelta(days=4)


@pytest.mark.parametrize(
    ("moment", "so"),
    [
        (datetime(2026, 7, 15, 6, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 15, 7, 0, tzinfo=UTC), True),  # 08:00 in London in summer
        (datetime(2026, 7, 15, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 17, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 14, 7, 30, tzinfo=UTC), False),
        (datetime(2026, 7, 18, 9, 0, tzinfo=UTC), False),  # a Saturday
        (datetime(2026, 4, 6, 9, 0, tzinfo=UTC), False),  # Easter Monday
        (datetime(2026, 4, 7, 9, 0, tzinfo=UTC), True),
    ],
)
def test_reminders_are_mailed_by_day_on_working_days(moment: datetime, so: bool):
    assert is_time_to_mail(moment) is so


def test_beyond_the_calendar_monday_to_friday_are_taken_for_working_days():
    monday = BEYOND - timedelta(days=BEYOND.weekday())
    at_nine = [
        datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        for day in (monday + timedelta(days=n) for n in range(7))
    ]
    assert [is_time_to_mail(one) for one in at_nine] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 7, 15), datetime(2026, 7, 15, 7, 0, tzinfo=UTC)),
        (date(2026, 1, 14), datetime(2026, 1, 14, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_mail_of_a_day_opens_at_eight_in_london(day: date, opens: datetime):
    assert mail_opens(day) == opens

"""What a reckoning says of itself, with days changed here and days beyond the calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from beacon.core.bank_holidays import CalendarEnds, Overrides, last_year
from beacon.core.errors import RuleBroken
from beacon.entitlements.codes import OTHER_CLOCKS
from beacon.entitlements.rules import (
    due,
    due_if_known,
    first_contact_due,
    reminder_days,
    two_stage_expected,
)
from beacon.entitlements.terms import Unit

# Monday 23 November 2026 is proclaimed a holiday.
PROCLAIMED = Overrides(added=frozenset({date(2026, 11, 23)}))
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
HANDED_ON, AFTER = date(2026, 11, 27), date(2026, 11, 30)  # a Friday, and its Monday
LATE_EVENING = datetime(2026, 7, 17, 23, 30, tzinfo=UTC)  # Saturday the 18th in London


def test_two_stages_say_the_code_and_the_day_on_which_each_began():
    stages = two_stage_expected("R8_BAILOUT", FRIDAY, enhanced=True)
    assert stages is not None
    first, second = stages.first, stages.second
    assert (first.code, first.event_local, first.due_on) == ("2020", FRIDAY, HANDED_ON)
    assert (second.code, second.event_local, second.due_on) == ("2020", HANDED_ON, AFTER)
    assert (first.amount, second.amount, second.unit) == (5, 1, Unit.WORKING_DAYS)


def test_both_stages_leave_out_a_proclaimed_day():
    stages = two_stage_expected("R8_BAILOUT", FRIDAY, enhanced=True, overrides=PROCLAIMED)
    assert stages is not None
    assert (stages.first.due_on, stages.second.due_on) == (AFTER, date(2026, 12, 1))
    later = Overrides(added=frozenset({AFTER}))
    stages = two_stage_expected("R8_BAILOUT", FRIDAY, enhanced=True, overrides=later)
    assert stages is not None
    assert (stages.first.due_on, stages.second.due_on) == (HANDED_ON, date(2026, 12, 1))


def test_a_cut_off_passes_over_a_proclaimed_day():
    evening, five = datetime(2026, 11, 20, 18, 0, tzinfo=UTC), time(17)
    reckoned = due("R6_ARREST", evening, enhanced=True, after_hours_from=five, overrides=PROCLAIMED)
    assert reckoned.due_on == WEDNESDAY  # counted from Tuesday, since Monday is none
    holiday = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    reckoned = due("R6_ARREST", holiday, enhanced=True, after_hours_from=five, overrides=PROCLAIMED)
    assert reckoned.due_on == TUESDAY  # nobody's working day is over


def test_two_stages_of_days_that_were_loaded_here_need_no_packaged_year():
    year = last_year() + 1
    loaded = Overrides(
        added=frozenset(date(year, 12, 24 + n) for n in range(8)), years=frozenset({year})
    )
    stages = two_stage_expected("R8_BAILOUT", date(year, 6, 4), enhanced=True, overrides=loaded)
    assert stages is not None
    assert stages.second.due_on is not None
    assert stages.second.due_on.year == year


def test_a_clock_beside_the_code_begins_to_count_on_its_own_day():
    first = next(scheme for scheme in OTHER_CLOCKS if scheme.name == "PSR").in_force_on
    assert due("PSR_PAY", first, enhanced=False).due_on is not None
    with pytest.raises(RuleBroken, match="when it began to count"):
        due("PSR_PAY", first - timedelta(days=1), enhanced=False)


def test_two_stages_of_a_standard_victim_take_the_longer_limit():
    stages = two_stage_expected("R8_BAILOUT", FRIDAY, enhanced=False)
    assert stages is not None
    assert stages.second.amount == 5
    assert stages.second.due_on == date(2026, 12, 4)


def test_two_stages_of_a_moment_begin_on_its_day_in_london():
    stages = two_stage_expected("R8_BAILOUT", LATE_EVENING, enhanced=True)
    assert stages is not None
    assert stages.first.event_local == LATE_EVENING
    assert stages.first.due_on == date(2026, 7, 24)
    assert stages.second.due_on == date(2026, 7, 27)


def test_the_first_contact_counts_from_its_day_in_london_past_a_proclaimed_day():
    reckoned = first_contact_due(LATE_EVENING, working_days=2)
    assert reckoned.event_local == LATE_EVENING
    assert (reckoned.amount, reckoned.due_on) == (2, date(2026, 7, 21))
    assert first_contact_due(FRIDAY, working_days=1, overrides=PROCLAIMED).due_on == TUESDAY


def test_a_reminder_comes_on_the_working_day_before_and_on_the_day():
    assert reminder_days(TUESDAY) == (MONDAY, TUESDAY)
    assert reminder_days(TUESDAY, PROCLAIMED) == (FRIDAY, TUESDAY)


def test_a_receipt_counts_under_the_code_of_what_happened():
    """The 2015 Code has 5 days for a warrant, whoever received it (domain.md rule 1.1)."""
    happened, received = date(2021, 3, 31), date(2021, 4, 6)
    known = due_if_known("R8_WARRANT", received, enhanced=True, happened=happened)
    assert (known.code, known.event_local) == ("2015", received)
    assert known == due("R8_WARRANT", received, enhanced=True, happened=happened)
    assert known.due_on == date(2021, 4, 13)


@pytest.mark.parametrize(("enhanced", "amount"), [(True, 1), (False, 5)])
def test_beyond_the_calendar_all_is_said_but_the_day(enhanced: bool, amount: int):
    happened = datetime(last_year(), 12, 29, 23, 30, tzinfo=UTC)
    received = datetime(last_year() + 1, 1, 2, 9, tzinfo=UTC)
    with pytest.raises(CalendarEnds):
        due("r8_bailout", received, enhanced=enhanced, happened=happened)
    reckoned = due_if_known(" r8_bailout ", received, enhanced=enhanced, happened=happened)
    assert reckoned.rule.key == "R8_BAILOUT"
    assert (reckoned.code, reckoned.amount) == ("2020", amount)
    assert (reckoned.unit, reckoned.event_local) == (Unit.WORKING_DAYS, received)
    assert reckoned.due_on is None


def test_a_rule_that_no_code_of_the_day_has_is_refused_beyond_the_calendar_too():
    beyond = date(last_year() + 1, 1, 2)
    with pytest.raises(RuleBroken, match=r"^The 2020 Code has no rule R99: see the table"):
        due_if_known("R99", beyond, enhanced=True, happened=beyond)

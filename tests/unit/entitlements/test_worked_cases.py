"""The worked cases of the Code (domain.md 10.1 and 10.2), in one table."""

from datetime import UTC, date, datetime, time

import pytest

from beacon.core import clock
from beacon.core.bank_holidays import CalendarEnds, Overrides, is_bank_holiday
from beacon.core.errors import RuleBroken
from beacon.entitlements import rules
from beacon.entitlements.codes import CODES, LOCAL_STANDARDS
from beacon.entitlements.rules import due, two_stage_expected
from beacon.entitlements.terms import DutyState, Milestone, Unit
from tests.worked_cases import CASES

is_bank_holiday(date(2024, 1, 1))  # the calendar is read once, not within a test's time


@pytest.mark.parametrize(
    ("rule", "enhanced", "event", "day"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_worked_case_is_due_on_its_day(rule: str, enhanced: bool, event: str, day: str):
    moment = clock.parse_instant(event)
    assert due(rule, moment, enhanced=enhanced).due_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("rule", "enhanced", "event", "day"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_none_of_the_worked_cases_is_moved_by_a_cut_off_at_five(
    rule: str, enhanced: bool, event: str, day: str
):
    moment = clock.parse_instant(event)
    reckoned = due(rule, moment, enhanced=enhanced, after_hours_from=time(17))
    assert reckoned.due_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("event", "day"),
    [
        ("2026-11-20T16:59", date(2026, 11, 23)),
        ("2026-11-20T17:00", date(2026, 11, 24)),
        ("2026-11-21T18:00", date(2026, 11, 23)),
    ],
)
def test_a_cut_off_moves_only_what_comes_after_hours_on_a_working_day(event: str, day: date):
    moment = clock.parse_instant(event)
    assert due("R6_ARREST", moment, enhanced=True, after_hours_from=time(17)).due_on == day


def test_without_a_cut_off_the_hour_does_not_matter():
    late = clock.parse_instant("2026-11-20T23:59")
    assert due("R6_ARREST", late, enhanced=True).due_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 10, 23, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 27)),
    ],
)
def test_the_day_of_the_event_is_londons_about_the_change_of_clocks(moment: datetime, day: date):
    assert due("R6_ARREST", moment, enhanced=True).due_on == day


def test_an_event_known_by_its_day_alone_is_counted_from_that_day():
    reckoned = due("r6_arrest ", date(2026, 11, 20), enhanced=False)
    assert reckoned.due_on == date(2026, 11, 27)
    assert reckoned.event_local == date(2026, 11, 20)


def test_a_due_date_says_how_it_was_reckoned():
    reckoned = due("R6_ARREST", datetime(2026, 3, 30, 23, 15, tzinfo=UTC), enhanced=True)
    assert (reckoned.rule.key, reckoned.code, reckoned.amount, reckoned.unit) == (
        "R6_ARREST",
        "2020",
        1,
        Unit.WORKING_DAYS,
    )
    assert reckoned.event_local == datetime(2026, 3, 31, 0, 15, tzinfo=clock.LONDON)


def test_a_rule_without_a_limit_has_no_due_date():
    reckoned = due("R7_VPS", date(2026, 11, 20), enhanced=True)
    assert (reckoned.due_on, reckoned.amount, reckoned.unit) == (None, None, Unit.NONE)


def test_calendar_days_are_counted_as_such():
    assert due("R9_ULS", date(2026, 12, 1), enhanced=False).due_on == date(2026, 12, 29)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        due("R6_ARREST", datetime(2026, 11, 20, 9, 0), enhanced=True)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2015, 11, 16), "2015"),
        (date(2021, 3, 31), "2015"),
        (date(2021, 4, 1), "2020"),
        (date(2026, 11, 22), "2020"),
    ],
)
def test_an_event_is_judged_by_the_code_of_its_day(day: date, code: str):
    assert rules.code_on(day).name == code


def test_the_change_of_codes_is_at_midnight_in_london():
    eve = datetime(2021, 3, 31, 22, 59, tzinfo=UTC)
    new = datetime(2021, 3, 31, 23, 0, tzinfo=UTC)
    codes = [due("R6_ARREST", moment, enhanced=True).code for moment in (eve, new)]
    assert codes == ["2015", "2020"]


def test_what_happened_under_one_code_and_was_heard_of_under_the_next_keeps_the_first():
    happened, heard = date(2021, 3, 30), date(2021, 4, 6)
    reckoned = due("R8_WARRANT", heard, happened=happened, enhanced=True)
    assert (reckoned.code, reckoned.due_on) == ("2015", date(2021, 4, 13))


@pytest.mark.parametrize("rule", ["R6_ARREST", "R7_VPS", "VRR_ACK", "SM_MC"])
def test_before_the_first_code_held_nothing_is_reckoned(rule: str):
    with pytest.raises(RuleBroken, match="16 November 2015"):
        due(rule, date(2015, 11, 15), enhanced=False)


def test_no_bank_owed_repayment_before_the_scheme_began():
    with pytest.raises(RuleBroken, match="7 October 2024"):
        due("PSR_PAY", date(2024, 10, 6), enhanced=False)


def test_an_unknown_rule_is_refused_by_name():
    with pytest.raises(RuleBroken, match="has no rule R6_WEATHER"):
        due("R6_WEATHER", date(2026, 11, 20), enhanced=False)


def test_the_2015_code_does_not_know_of_release_under_investigation():
    with pytest.raises(RuleBroken, match="2015 Code has no rule R6_RUI"):
        due("R6_RUI", date(2018, 5, 1), enhanced=False)


@pytest.mark.parametrize(
    ("rule", "enhanced", "day"),
    [
        ("R3_EXPECT", False, date(2019, 5, 8)),
        ("R4_REFER", False, date(2019, 5, 2)),
        ("R6_NOINV", True, date(2019, 5, 8)),
        ("R6_ARREST", True, date(2019, 5, 1)),
        ("R8_WARRANT", True, date(2019, 5, 8)),
        ("R11_VCS", True, date(2019, 5, 30)),
        ("R12_COMPLAINT", False, date(2019, 5, 15)),
    ],
)
def test_the_2015_code_counts_by_its_own_limits(rule: str, enhanced: bool, day: date):
    assert due(rule, date(2019, 4, 30), enhanced=enhanced).due_on == day


def test_beyond_the_calendar_no_date_is_guessed():
    with pytest.raises(CalendarEnds):
        due("R6_ARREST", date(2041, 1, 2), enhanced=False)
    with pytest.raises(CalendarEnds):
        due("R9_ULS", date.max, enhanced=False)


def test_a_proclaimed_bank_holiday_moves_a_new_due_date():
    proclaimed = Overrides(added=frozenset({date(2026, 11, 23)}))
    reckoned = due("R6_ARREST", date(2026, 11, 20), enhanced=True, overrides=proclaimed)
    assert reckoned.due_on == date(2026, 11, 24)


def test_where_receipt_is_unknown_the_latest_lawful_days_are_expected():
    stages = two_stage_expected("R9_OUTCOME", date(2025, 4, 16), enhanced=True)
    assert stages is not None
    assert (stages.first.due_on, stages.second.due_on) == (date(2025, 4, 25), date(2025, 4, 28))


def test_a_bail_hearing_gives_the_second_stage_its_own_limit():
    stages = two_stage_expected("R8_BAILOUT", date(2025, 4, 16), enhanced=False)
    assert stages is not None
    assert (stages.second.amount, stages.second.due_on) == (5, date(2025, 5, 2))


def test_a_promise_of_one_stage_expects_no_second():
    assert two_stage_expected("R6_ARREST", date(2025, 4, 16), enhanced=True) is None


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), DutyState.MET),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), DutyState.MET_LATE),
        (date(2026, 7, 1), DutyState.MET),
        (date(2026, 7, 2), DutyState.MET_LATE),
    ],
)
def test_telling_by_the_end_of_the_day_in_london_keeps_the_promise(
    told: datetime | date, state: DutyState
):
    assert rules.telling_state(date(2026, 7, 1), told) is state


def test_telling_where_there_is_no_limit_is_always_in_time():
    assert rules.telling_state(None, date(2026, 7, 1)) is DutyState.MET


@pytest.mark.parametrize(
    ("day", "reminded"),
    [
        (date(2026, 11, 24), (date(2026, 11, 23), date(2026, 11, 24))),
        (date(2026, 11, 23), (date(2026, 11, 20), date(2026, 11, 23))),
        (date(2026, 4, 7), (date(2026, 4, 2), date(2026, 4, 7))),
    ],
)
def test_the_manager_is_reminded_the_working_day_before_and_on_the_day(
    day: date, reminded: tuple[date, date]
):
    assert rules.reminder_days(day) == reminded


@pytest.mark.parametrize(
    ("working_days", "day"), [(1, date(2026, 11, 24)), (5, date(2026, 11, 30))]
)
def test_first_contact_is_our_own_standard_and_says_so(working_days: int, day: date):
    received = clock.parse_instant("2026-11-23T09:00Z")
    reckoned = rules.first_contact_due(received, working_days=working_days)
    assert (reckoned.due_on, reckoned.code, reckoned.rule.right) == (day, "standard", None)


def test_no_local_standard_stands_among_the_duties_of_a_code():
    keys = {key for code in CODES.values() for key in code.rules}
    assert keys.isdisjoint(LOCAL_STANDARDS)


def test_a_charge_opens_one_duty():
    opened = [rule.key for rule in rules.duties_for(Milestone.CHARGED, date(2026, 11, 23))]
    assert opened == ["R6_CHARGE"]


def test_a_report_opens_the_referral_alone_but_promises_more():
    day = date(2026, 11, 23)
    opened = [rule.key for rule in rules.duties_for(Milestone.CRIME_REPORTED, day)]
    promised = [rule.key for rule in rules.rules_for(Milestone.CRIME_REPORTED, day)]
    assert opened == ["R4_REFER"]
    assert {"R2_RECORD", "R3_WRITTEN", "R4_NEEDS", "R5_COMP", "R7_VPS"} < set(promised)


def test_a_sentence_opens_what_is_owed_for_every_sentence_and_no_more():
    opened = [rule.key for rule in rules.duties_for(Milestone.SENTENCED, date(2026, 11, 23))]
    assert opened == ["R9_SENTENCE"]

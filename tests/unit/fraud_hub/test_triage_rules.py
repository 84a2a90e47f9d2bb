"""Levels, same-day calls, repeats and the alarm of recovery fraud (domain.md 4.2, 4.3, 4.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from beacon.fraud_hub import rules
from beacon.fraud_hub.rules import IntakeFacts, Report
from beacon.fraud_hub.terms import CALL_THE_SAME_DAY, FACTOR_LABELS, Because, Factor, Level

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LARGE = 5_000_00
FACTS = {
    "still_paying": (True, Factor.STILL_PAYING),
    "remote_access": (True, Factor.REMOTE_ACCESS),
    "vulnerable": (True, Factor.REPORTED),
    "fraud_code": ("NFIB1D", Factor.ROMANCE),
    "born": (date(1951, 11, 23), Factor.AGE_OR_ALONE),
    "language": ("Romanian", Factor.LANGUAGE),
    "domestic_abuse": (True, Factor.ABUSE),
    "repeats": (True, Factor.REPEAT),
}


@pytest.mark.parametrize("name", list(FACTS))
def test_each_intake_fact_ticks_its_factor_and_no_other(name):
    fact, factor = FACTS[name]
    assert rules.proposed(IntakeFacts(**{name: fact}), TODAY) == (factor,)


def test_a_report_that_says_nothing_ticks_nothing():
    assert rules.proposed(IntakeFacts(language="English", still_paying=False), TODAY) == ()


def test_seventy_five_begins_on_the_birthday():
    assert rules.proposed(IntakeFacts(born=date(1951, 11, 24)), TODAY) == ()


def test_the_tick_list_is_that_of_the_notes_with_one_for_the_report():
    assert len(FACTOR_LABELS) == len(Factor) == 17
    assert set(FACTOR_LABELS) == set(Factor)


@pytest.mark.parametrize("factor", list(Factor))
def test_any_sign_is_level_2_and_only_five_ask_for_the_same_day(factor):
    judged = rules.judge((factor,), None, large_pence=LARGE)
    assert (judged.level, judged.because) == (Level.TWO, (Because.FACTOR,))
    assert bool(judged.same_day) is (factor in CALL_THE_SAME_DAY)


@pytest.mark.parametrize(
    ("lost", "level", "because"),
    [
        (None, Level.ONE, Because.NO_SIGN),
        (LARGE - 1, Level.ONE, Because.NO_SIGN),
        (LARGE, Level.TWO, Because.LOSS),
    ],
)
def test_the_loss_alone_makes_a_report_complex(lost, level, because):
    judged = rules.judge((), lost, large_pence=LARGE)
    assert (judged.level, judged.because, judged.same_day) == (level, (because,), ())


@given(some.sets(some.sampled_from(Factor)), some.integers(0, 10**9))
def test_one_more_tick_never_lowers_a_level_or_an_urgency(factors, lost):
    judged = rules.judge(factors, lost, large_pence=LARGE)
    for more in Factor:
        now = rules.judge(factors | {more}, lost, large_pence=LARGE)
        assert now.level >= judged.level
        assert set(now.same_day) >= set(judged.same_day)


def report(number: int, days_ago: int = 0, code: str = "NFIB3A", words: str = "") -> Report:
    return Report(number, NOW - timedelta(days=days_ago), code, words)


def test_two_in_twelve_months_are_counted_and_older_or_later_ones_are_not():
    this = report(2, 10)
    assert rules.in_a_year(this, [this]) == 1
    assert rules.in_a_year(this, [this, report(1, 374)]) == 2
    assert rules.in_a_year(this, [this, report(1, 375)]) == 1
    assert rules.in_a_year(this, [this, report(3, 0)]) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NFIB1E", ""),
        ("nfib1e", "Fraud recovery"),
        ("NFIB90", "Caller said he would get the money back for a fee"),
        ("NFIB90", "Paid £500 upfront fee to recover lost funds"),
        ("NFIB90", "Asked to pay a tax to release her savings"),
        ("NFIB90", "Contacted by a recovery agent"),
    ],
)
def test_fees_to_get_money_back_raise_the_alarm_on_who_was_a_victim_before(code, words):
    this = report(2, 0, code, words)
    assert rules.recovery_alarm(this, [report(1, 400), this]) == (1,)
    assert rules.recovery_alarm(this, [this]) == ()
    assert rules.recovery_alarm(this, [this, report(3, -1)]) == ()


@pytest.mark.parametrize(
    "words",
    ["", "Online shopping", "Bank will not give her money back", "Recovering from an operation"],
)
def test_other_words_raise_none(words):
    assert rules.recovery_alarm(report(2, 0, "NFIB3A", words), [report(1, 30)]) == ()

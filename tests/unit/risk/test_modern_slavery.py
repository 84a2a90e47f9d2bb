"""The National Referral Mechanism, read row by row (domain.md 3.3)."""

from datetime import date

import pytest

from beacon.core.bank_holidays import is_bank_holiday
from beacon.risk import rules
from beacon.risk.terms import SlaveryConsent, SlaveryRoute

is_bank_holiday(date(2024, 1, 1))  # the calendar is read once, not within a test's time

# the age claimed, the age assessed, under 18 by the date of birth -> a child
AGES = [
    (17, None, False, True),
    (18, None, False, False),
    (None, None, False, False),
    (None, None, True, True),
    (17, 18, False, False),
    (19, 17, False, True),
    (18, 18, True, True),
]


@pytest.mark.parametrize(("claimed", "assessed", "born", "child"), AGES)
def test_a_child_is_known_by_birth_or_by_the_age_best_known(claimed, assessed, born, child):
    assert rules.is_under_18(claimed, assessed, born_under_18=born) is child


@pytest.mark.parametrize(
    ("consent", "route"),
    [
        (SlaveryConsent.GIVEN, SlaveryRoute.NRM),
        (SlaveryConsent.REFUSED, SlaveryRoute.DUTY_TO_NOTIFY),
        (SlaveryConsent.UNDER_18, SlaveryRoute.NRM),
    ],
)
def test_a_refusal_leaves_the_duty_to_notify_and_a_child_is_always_referred(consent, route):
    assert rules.route(consent) is route


# sent -> five working days later
@pytest.mark.parametrize(
    ("sent", "expected"),
    [("2026-11-23", "2026-11-30"), ("2026-12-21", "2026-12-30"), ("2026-11-21", "2026-11-27")],
)
def test_a_reasonable_grounds_decision_is_expected_in_five_working_days(sent, expected):
    found = rules.reasonable_grounds_expected(date.fromisoformat(sent))
    assert found.on == date.fromisoformat(expected)
    assert "memory" in found.doubt


# decided -> the last day of the recovery period, at the least
@pytest.mark.parametrize(
    ("decided", "until"),
    [("2026-11-02", "2026-12-02"), ("2023-01-30", "2023-03-01"), ("2023-01-29", "2023-03-15")],
)
def test_the_recovery_period_is_thirty_days_and_was_forty_five(decided, until):
    assert rules.recovery_until(date.fromisoformat(decided)).on == date.fromisoformat(until)

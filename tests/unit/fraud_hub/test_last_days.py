"""By when to claim, to be answered and to go to the ombudsman; what can still be tried (4.8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core.working_days import is_working_day
from beacon.fraud_hub import rules
from beacon.fraud_hub.rules import Payment, Replies, Way
from beacon.fraud_hub.terms import PaymentMethod, Route, Scheme

DAYS = st.dates(date(2019, 5, 28), date(2026, 12, 31))
CLAIMED = date(2025, 4, 16)  # domain.md 10.2


def a_payment(**known: object) -> Payment:
    usual: dict[str, object] = {
        "paid_on": date(2026, 11, 2),
        "method": PaymentMethod.FASTER_PAYMENT,
        "amount_pence": 500_00,
    }
    return Payment(**usual | known)  # type: ignore[arg-type]


def by_route(payment: Payment, **known: object) -> dict[Route, Way]:
    return {way.route: way for way in rules.ways_for(payment, **known)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "warning"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None)],
)
def test_the_nearest_warning_alone_stands(left: int, warning: int | None):
    last_on = date(2027, 3, 2)
    assert rules.warning_of(last_on, last_on - timedelta(days=left)) == warning


@given(DAYS, st.integers(-10, 80))
def test_a_warning_stands_from_its_day_until_the_next(last_on: date, left: int):
    today = last_on - timedelta(days=left)
    stands = rules.warning_of(last_on, today)
    begun = [day for day in rules.warn_on(last_on) if day <= today <= last_on]
    assert (stands is not None) == bool(begun)
    if stands is not None:
        assert max(begun) == last_on - timedelta(days=stands)


def test_days_on_which_the_clock_stood_still_move_the_answer_and_not_the_last_day():
    assert rules.replies(Scheme.PSR, CLAIMED) == Replies(date(2025, 4, 25), date(2025, 6, 10))
    stopped = rules.replies(Scheme.PSR, CLAIMED, stopped_days=3)
    assert stopped == Replies(date(2025, 4, 30), date(2025, 6, 10))
    assert rules.replies(Scheme.PSR, CLAIMED, stopped_days=30).expected_on == date(2025, 6, 10)
    assert rules.replies(Scheme.PSR, CLAIMED, stopped_days=31).expected_on == date(2025, 6, 10)


@given(st.sampled_from([Scheme.PSR, Scheme.CRM, Scheme.UNAUTHORISED]), DAYS, st.integers(0, 60))
def test_an_answer_falls_on_a_working_day_and_never_after_the_last(
    scheme: Scheme, made_on: date, stopped: int
):
    found = rules.replies(scheme, made_on, stopped_days=stopped)
    assert made_on < found.expected_on <= found.final_on
    assert is_working_day(found.expected_on)
    assert is_working_day(found.final_on)


def test_stopped_days_are_working_days():
    friday, wednesday = date(2025, 5, 2), date(2025, 5, 7)  # the Monday is a bank holiday
    assert rules.days_stopped(friday, wednesday) == 2
    assert rules.days_stopped(friday, friday) == 0


@pytest.mark.parametrize("scheme", [Scheme.PSR, Scheme.CRM, Scheme.UNAUTHORISED])
def test_a_complaint_about_a_payment_is_answered_in_fifteen_working_days(scheme: Scheme):
    found = rules.complaint_replies(scheme, date(2026, 11, 19))
    assert found == Replies(date(2026, 12, 10), date(2027, 1, 12))


@pytest.mark.parametrize("scheme", [Scheme.CHARGEBACK, Scheme.SECTION_75, Scheme.NONE])
def test_any_other_complaint_has_eight_weeks(scheme: Scheme):
    found = rules.complaint_replies(scheme, date(2026, 11, 19))
    assert found == Replies(date(2027, 1, 14), date(2027, 1, 14))


def ombudsman_from(scheme: Scheme, **known: date | None) -> date | None:
    given_days = {"final_response_on": None, "complained_on": None} | known
    return rules.ombudsman_from(scheme, **given_days)


def test_the_ombudsman_takes_it_from_the_final_response_or_when_the_time_is_over():
    on = date(2026, 11, 19)
    assert ombudsman_from(Scheme.PSR) is None
    assert ombudsman_from(Scheme.PSR, final_response_on=on) == on
    assert ombudsman_from(Scheme.PSR, complained_on=on) == date(2026, 12, 11)
    assert ombudsman_from(Scheme.CHARGEBACK, complained_on=on) == date(2027, 1, 15)
    later = date(2026, 11, 25)
    assert ombudsman_from(Scheme.PSR, complained_on=on, final_response_on=later) == later


@pytest.mark.parametrize(
    ("referred_on", "pence", "is_sure"),
    [
        (date(2023, 3, 31), None, False),
        (date(2023, 4, 1), 415_000_00, True),
        (date(2024, 3, 31), 415_000_00, True),
        (date(2024, 4, 1), 430_000_00, True),
        (date(2025, 3, 31), 430_000_00, True),
        (date(2025, 4, 1), 445_000_00, False),
        (date(2026, 3, 31), 445_000_00, False),
        (date(2026, 4, 1), None, False),  # not found: never guessed
    ],
)
def test_the_most_that_may_be_awarded_goes_by_the_day_of_the_referral(
    referred_on: date, pence: int | None, is_sure: bool
):
    found = rules.award_limit(referred_on, date(2019, 4, 1))
    assert (found.pence, found.is_sure) == (pence, is_sure)


def test_of_older_acts_the_limit_is_not_known():
    found = rules.award_limit(date(2024, 6, 1), date(2019, 3, 31))
    assert (found.pence, found.is_sure) == (None, False)


def test_what_can_still_be_tried_for_a_transfer():
    ways = by_route(a_payment())
    assert list(ways) == [
        Route.BANK_RECALL,
        Route.BANK_GOODWILL,
        Route.FOS_AWARD,
        Route.COURT_COMPENSATION,
        Route.POCA,
        Route.CIVIL,
    ]
    assert ways[Route.FOS_AWARD].last_on is None
    assert ways[Route.CIVIL].last_on == date(2032, 11, 2)
    assert [route for route, way in ways.items() if not way.is_sure] == [Route.CIVIL]


def test_after_a_final_response_the_ombudsman_has_a_last_day():
    way = by_route(a_payment(), final_response_on=date(2026, 8, 31))[Route.FOS_AWARD]
    assert way.last_on == date(2027, 2, 28)
    assert not way.is_over(date(2027, 2, 28))
    assert way.is_over(date(2027, 3, 1))
    assert not by_route(a_payment())[Route.POCA].is_over(date(2099, 1, 1))


def test_beside_section_75_there_is_a_chargeback_with_its_own_last_day():
    ways = by_route(a_payment(method=PaymentMethod.CARD_CREDIT))
    assert ways[Route.CHARGEBACK].last_on == date(2027, 3, 2)
    assert not ways[Route.CHARGEBACK].is_sure
    assert Route.MERCHANT_REFUND in ways
    assert Route.BANK_RECALL not in ways
    alone = by_route(a_payment(method=PaymentMethod.CARD_DEBIT))
    assert Route.CHARGEBACK not in alone  # it is the scheme itself
    assert Route.MERCHANT_REFUND in alone


@pytest.mark.parametrize("method", [PaymentMethod.CASH, PaymentMethod.GIFT_CARD])
def test_for_what_no_firm_paid_only_the_law_is_left(method: PaymentMethod):
    ways = by_route(a_payment(method=method))
    assert list(ways) == [Route.COURT_COMPENSATION, Route.POCA, Route.CIVIL]


def test_who_did_not_buy_anything_is_not_sent_to_a_seller():
    ways = by_route(a_payment(method=PaymentMethod.CARD_DEBIT, authorised=False))
    assert Route.MERCHANT_REFUND not in ways
    assert Route.BANK_GOODWILL in ways


GOODWILL = Way(
    route=Route.BANK_GOODWILL,
    words="Ask the firm to pay as goodwill, with what it could have noticed and done.",
)
COMPLAIN = Way(
    route=Route.FOS_AWARD,
    words=(
        "Complain to the firm first. The ombudsman takes it after its final response, or when the "
        "time to answer a complaint is over."
    ),
)
BY_LAW = (
    Way(
        route=Route.COURT_COMPENSATION,
        words="Where somebody is charged, ask the officer to put compensation to the court.",
    ),
    Way(
        route=Route.POCA,
        words="Where money is confiscated, ask that it is paid as compensation.",
    ),
    Way(
        route=Route.CIVIL,
        words="A claim in the civil court, with a solicitor’s advice on costs and on the time.",
        last_on=date(2032, 11, 2),
        is_sure=False,
    ),
)


def test_the_ways_of_a_transfer_in_the_words_that_are_shown():
    recall = Way(
        route=Route.BANK_RECALL,
        words="Ask the sending firm to recall it today: it may still lie in the receiving account.",
    )
    assert rules.ways_for(a_payment()) == (recall, GOODWILL, COMPLAIN, *BY_LAW)
    go = Way(
        route=Route.FOS_AWARD,
        words="Go to the Financial Ombudsman Service within six months of the final response.",
        last_on=date(2027, 5, 18),
    )
    answered = rules.ways_for(a_payment(), final_response_on=date(2026, 11, 18))
    assert answered == (recall, GOODWILL, go, *BY_LAW)


def test_the_ways_of_a_card_in_the_words_that_are_shown():
    seller = Way(route=Route.MERCHANT_REFUND, words="Ask the seller for the money, in writing.")
    chargeback = Way(
        route=Route.CHARGEBACK,
        words="Ask the card’s issuer for a chargeback beside Section 75.",
        last_on=date(2027, 3, 2),
        is_sure=False,
    )
    by_credit = rules.ways_for(a_payment(method=PaymentMethod.CARD_CREDIT))
    assert by_credit == (chargeback, seller, GOODWILL, COMPLAIN, *BY_LAW)
    by_debit = rules.ways_for(a_payment(method=PaymentMethod.CARD_DEBIT))
    assert by_debit == (seller, GOODWILL, COMPLAIN, *BY_LAW)

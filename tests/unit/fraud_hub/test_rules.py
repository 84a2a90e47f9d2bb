"""Which scheme pays a payment back, how much, and by when: the printed table, checked."""

from __future__ import annotations

from datetime import date

import pytest

from beacon.core.working_days import add_working_days
from beacon.entitlements.rules import due
from beacon.fraud_hub import rules
from beacon.fraud_hub.rules import Payment
from beacon.fraud_hub.terms import (
    MONEY_BACK,
    PREVENTED,
    Contribution,
    EntryKind,
    PaymentMethod,
    Route,
    Scheme,
)

TRANSFER, CHAPS = PaymentMethod.FASTER_PAYMENT, PaymentMethod.CHAPS
CREDIT, DEBIT = PaymentMethod.CARD_CREDIT, PaymentMethod.CARD_DEBIT
NOV = date(2026, 11, 2)


def a_payment(**known: object) -> Payment:
    usual: dict[str, object] = {"paid_on": NOV, "method": TRANSFER, "amount_pence": 500_00}
    return Payment(**usual | known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "paid_on", "scheme"),
    [
        (TRANSFER, date(2024, 10, 7), Scheme.PSR),
        (CHAPS, date(2024, 10, 7), Scheme.PSR),
        (TRANSFER, date(2024, 10, 6), Scheme.CRM),
        (TRANSFER, date(2019, 5, 28), Scheme.CRM),
        (TRANSFER, date(2019, 5, 27), Scheme.NONE),
        (CREDIT, NOV, Scheme.SECTION_75),
        (DEBIT, NOV, Scheme.CHARGEBACK),
        (PaymentMethod.CASH, NOV, Scheme.NONE),
        (PaymentMethod.CHEQUE, NOV, Scheme.NONE),
        (PaymentMethod.CRYPTO, NOV, Scheme.NONE),
        (PaymentMethod.INTERNATIONAL, NOV, Scheme.NONE),
        (PaymentMethod.GIFT_CARD, NOV, Scheme.NONE),
    ],
)
def test_the_scheme_goes_by_the_day_and_the_method_of_the_payment(
    method: PaymentMethod, paid_on: date, scheme: Scheme
):
    assert rules.scheme_for(a_payment(method=method, paid_on=paid_on)) is scheme


@pytest.mark.parametrize(
    ("pence", "schemes"),
    [
        (100_00, (Scheme.CHARGEBACK,)),
        (100_01, (Scheme.SECTION_75, Scheme.CHARGEBACK)),
        (30_000_00, (Scheme.SECTION_75, Scheme.CHARGEBACK)),
        (30_000_01, (Scheme.CHARGEBACK,)),
    ],
)
def test_section_75_is_for_more_than_a_hundred_pounds_up_to_thirty_thousand(
    pence: int, schemes: tuple[Scheme, ...]
):
    assert rules.schemes_for(a_payment(method=CREDIT, amount_pence=pence)) == schemes


@pytest.mark.parametrize("method", [TRANSFER, CHAPS, CREDIT, DEBIT, PaymentMethod.INTERNATIONAL])
def test_a_payment_the_victim_did_not_make_is_refunded_as_unauthorised(method: PaymentMethod):
    assert rules.scheme_for(a_payment(method=method, authorised=False)) is Scheme.UNAUTHORISED


def test_cash_taken_without_leave_has_no_scheme():
    payment = a_payment(method=PaymentMethod.CASH, authorised=False)
    assert rules.schemes_for(payment) == ()


@pytest.mark.parametrize(
    ("made_on", "expected_on", "final_on"),
    [
        (date(2025, 4, 16), date(2025, 4, 25), date(2025, 6, 10)),  # domain.md 10.2
        (date(2026, 11, 23), date(2026, 11, 30), date(2027, 1, 14)),
        (date(2024, 12, 20), date(2024, 12, 31), date(2025, 2, 12)),
    ],
)
def test_a_psr_claim_is_paid_in_five_working_days_and_decided_in_thirty_five(
    made_on: date, expected_on: date, final_on: date
):
    found = rules.replies(Scheme.PSR, made_on)
    assert (found.expected_on, found.final_on) == (expected_on, final_on)


def test_the_psr_times_are_those_of_the_clocks_beside_the_code():
    made_on = date(2025, 4, 16)
    found = rules.replies(Scheme.PSR, made_on)
    assert found.expected_on == due("PSR_PAY", made_on, enhanced=False).due_on
    assert found.final_on == due("PSR_FINAL", made_on, enhanced=False).due_on


def test_a_crm_claim_is_decided_in_fifteen_working_days():
    assert rules.replies(Scheme.CRM, NOV).expected_on == add_working_days(NOV, 15)


def test_an_unauthorised_payment_is_refunded_by_the_next_working_day():
    assert rules.replies(Scheme.UNAUTHORISED, date(2026, 11, 20)).expected_on == date(2026, 11, 23)


@pytest.mark.parametrize("scheme", [Scheme.CHARGEBACK, Scheme.SECTION_75, Scheme.NONE])
def test_where_a_scheme_has_no_time_a_complaint_has_eight_weeks(scheme: Scheme):
    found = rules.replies(scheme, date(2026, 11, 2))
    assert (found.expected_on, found.final_on) == (date(2026, 12, 28), date(2026, 12, 28))


@pytest.mark.parametrize(
    ("scheme", "last_paid_on", "claim_by"),
    [
        (Scheme.PSR, date(2024, 10, 7), date(2025, 11, 7)),
        (Scheme.PSR, date(2026, 1, 31), date(2027, 2, 28)),  # the month has no 31st
        (Scheme.UNAUTHORISED, date(2026, 1, 15), date(2027, 2, 15)),
        (Scheme.CHARGEBACK, date(2026, 11, 2), date(2027, 3, 2)),
        (Scheme.CRM, NOV, None),
        (Scheme.SECTION_75, NOV, None),
        (Scheme.NONE, NOV, None),
    ],
)
def test_the_last_day_to_claim_goes_by_the_scheme(
    scheme: Scheme, last_paid_on: date, claim_by: date | None
):
    assert rules.claim_by(scheme, last_paid_on) == claim_by


@pytest.mark.parametrize(
    ("scheme", "claim_by"),
    [
        (Scheme.SECTION_75, date(2027, 3, 2)),  # of the chargeback beside it, from the payment
        (Scheme.CHARGEBACK, date(2027, 3, 2)),
        (Scheme.PSR, date(2027, 12, 20)),  # from the last payment of the fraud
        (Scheme.UNAUTHORISED, date(2027, 12, 2)),
        (Scheme.CRM, None),
        (Scheme.NONE, None),
    ],
)
def test_the_first_last_day_is_the_soonest_of_all_that_a_payment_may_be_claimed_under(
    scheme: Scheme, claim_by: date | None
):
    assert rules.first_claim_by(scheme, date(2026, 11, 2), date(2026, 11, 20)) == claim_by


def test_a_deadline_is_warned_of_sixty_thirty_and_seven_days_before():
    assert rules.warn_on(date(2027, 3, 2)) == (
        date(2027, 1, 1),
        date(2027, 1, 31),
        date(2027, 2, 23),
    )


def test_the_ombudsman_may_be_asked_for_six_months():
    assert rules.ombudsman_by(date(2026, 8, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("scheme", "pence", "most"),
    [
        (Scheme.PSR, 85_000_00, 85_000_00),
        (Scheme.PSR, 85_000_01, 85_000_00),
        (Scheme.CRM, 90_000_00, 90_000_00),
        (Scheme.NONE, 100_00, None),
    ],
)
def test_psr_pays_eighty_five_thousand_pounds_at_most(scheme: Scheme, pence: int, most: int | None):
    assert rules.most_payable(scheme, pence) == most


@pytest.mark.parametrize(("vulnerable", "pence"), [(True, 0), (False, 100_00), (None, 100_00)])
def test_no_excess_is_kept_from_a_vulnerable_customer(vulnerable: bool | None, pence: int):
    assert rules.excess(Scheme.PSR, vulnerable=vulnerable) == pence


def refused(payment: Payment, route: Route, amount_pence: int, already: int = 0) -> str | None:
    found = rules.why_not_recovered(
        payment, route=route, amount_pence=amount_pence, already=already, by_route=already
    )
    return found[1] if found else None


def test_what_comes_back_may_reach_the_loss_and_not_a_penny_more():
    payment = a_payment(amount_pence=500_00)
    assert refused(payment, Route.BANK_GOODWILL, 200_00, already=300_00) is None
    assert refused(payment, Route.BANK_GOODWILL, 200_01, already=300_00) == "amount"


def test_interest_may_be_more_than_the_loss():
    assert refused(a_payment(amount_pence=1_00), Route.INTEREST_COMPENSATION, 500_00) is None


def test_a_route_that_does_not_fit_the_payment_is_refused_at_its_box():
    assert refused(a_payment(method=DEBIT), Route.PSR_REIMBURSEMENT, 1_00) == "route"
    assert refused(a_payment(), Route.CRM_REIMBURSEMENT, 1_00) == "route"
    assert refused(a_payment(method=CREDIT), Route.CHARGEBACK, 1_00) is None


def test_psr_money_stops_at_its_cap_and_goodwill_does_not():
    large = a_payment(amount_pence=100_000_00)
    assert refused(large, Route.PSR_REIMBURSEMENT, 85_000_01) == "amount"
    assert refused(large, Route.PSR_REIMBURSEMENT, 85_000_00) is None
    assert refused(large, Route.BANK_GOODWILL, 100_000_00) is None


def test_only_advocated_and_advised_money_counts_as_through_beacon():
    assert [one for one in Contribution if one.counts] == ["advocated", "advised"]


def test_every_route_is_offered_by_exactly_one_form():
    assert sorted((*MONEY_BACK, *PREVENTED)) == sorted(Route)


def test_an_estimate_is_neither_recovered_nor_prevented():
    assert Route.ESTIMATED_FUTURE.kind is EntryKind.ESTIMATED
    assert Route.INTEREST_COMPENSATION.kind is EntryKind.INTEREST

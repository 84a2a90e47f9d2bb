"""A worked case: five payments of one fraud across two schemes, by card and in cash (4.8, 10.2)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.entitlements.rules import due
from beacon.fraud_hub import queries
from beacon.fraud_hub.queries import LossRow
from beacon.fraud_hub.terms import Destination, Known, Payer, PaymentMethod, Route, Scheme
from tests.factories import TEST
from tests.work.fraud_hub.builders import a_bank, a_claim, a_fraud_case, a_loss

CLAIMED = date(2025, 4, 16)  # the example of domain.md 10.2
FACTS = {
    "destination": Destination.UK_ACCOUNT,
    "payer": Payer.CONSUMER,
    "in_pounds": Known.YES,
    "is_dispute": Known.NO,
    "sending_bank": "Sample Bank",
}
PAYMENTS = (
    {"paid_on": date(2024, 10, 6), "amount_pence": 12_000_00, **FACTS},
    {"paid_on": date(2024, 10, 7), "amount_pence": 90_000_00, **FACTS},
    {"paid_on": date(2025, 1, 31), "amount_pence": 4_000_00, **FACTS},
    {"paid_on": date(2025, 2, 3), "amount_pence": 900_00, "method": PaymentMethod.CARD_CREDIT},
    {"paid_on": date(2025, 2, 4), "amount_pence": 2_500_00, "method": PaymentMethod.CASH},
)


@pytest.fixture(autouse=True)
def the_day(app: Flask):
    with clock.fixed(datetime(2025, 4, 16, 11, 0, tzinfo=UTC)):
        a_bank()
        yield


def a_worked_case(**known: object) -> CaseFile:
    case = a_fraud_case(reported_pence=109_400_00, **known)
    for facts in PAYMENTS:
        a_loss(case, **facts)
    return case


def rows_of(case: CaseFile) -> list[LossRow]:
    found = queries.get_fraud_case(TEST, case.reference)
    return queries.money_of(TEST, found.case, found.report).standing


def test_each_payment_has_the_scheme_of_its_day_and_its_method():
    assert [row.loss.scheme for row in rows_of(a_worked_case())] == [
        Scheme.CRM,
        Scheme.PSR,
        Scheme.PSR,
        Scheme.SECTION_75,
        Scheme.NONE,
    ]


def test_each_has_its_limits_and_its_last_day_to_claim():
    crm, first, second, card, cash = rows_of(a_worked_case())
    assert (crm.most_pence, crm.excess_pence, crm.claim_by) == (12_000_00, 0, None)
    assert (first.most_pence, first.excess_pence) == (85_000_00, 100_00)
    assert (second.most_pence, second.excess_pence) == (4_000_00, 100_00)
    # Thirteen months from the last payment under the scheme: February has no 31st.
    assert first.claim_by == second.claim_by == date(2026, 2, 28)
    # Section 75 has no day of its own; that of the chargeback beside it is the soonest.
    assert (card.most_pence, card.claim_by) == (900_00, date(2025, 6, 3))
    assert card.choice.others == (Scheme.CHARGEBACK,)
    chargeback = next(way for way in card.ways if way.route is Route.CHARGEBACK)
    assert chargeback.last_on == date(2025, 6, 3)
    assert (cash.most_pence, cash.claim_by, cash.replies) == (None, None, None)


def test_one_claim_pays_eighty_five_thousand_pounds_for_all_its_payments_together():
    found = queries.get_fraud_case(TEST, a_worked_case().reference)
    money = queries.money_of(TEST, found.case, found.report)
    assert money.over_the_cap_pence == 9_000_00


def test_nothing_is_kept_back_from_a_vulnerable_customer():
    assert {row.excess_pence for row in rows_of(a_worked_case(vulnerable=True))} == {0}


def test_the_directory_says_whether_the_firm_had_signed_and_nothing_is_left_to_ask():
    crm, first, *_ = rows_of(a_worked_case())
    assert crm.loss.had_signed is Known.YES
    assert (crm.choice.to_ask, first.choice.to_ask) == ((), ())


def test_answers_are_due_in_working_days_as_the_clocks_beside_the_code_say():
    case = a_worked_case()
    crm, psr, _, card, cash = (a_claim(case, row.loss, made_on=CLAIMED) for row in rows_of(case))
    assert psr.reply_expected_on == date(2025, 4, 25)  # Good Friday and Easter Monday between
    assert psr.final_reply_on == date(2025, 6, 10)  # with two bank holidays of May
    assert psr.reply_expected_on == due("PSR_PAY", CLAIMED, enhanced=False).due_on
    assert psr.final_reply_on == due("PSR_FINAL", CLAIMED, enhanced=False).due_on
    assert (crm.reply_expected_on, crm.final_reply_on) == (date(2025, 5, 12), date(2025, 6, 10))
    assert card.reply_expected_on == cash.reply_expected_on == date(2025, 6, 11)  # eight weeks

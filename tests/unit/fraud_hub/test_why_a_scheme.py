"""Why a payment falls under a scheme or under none, in the words that are read to a bank (4.8)."""

from __future__ import annotations

from datetime import date

import pytest

from beacon.fraud_hub import rules
from beacon.fraud_hub.rules import Choice, Payment
from beacon.fraud_hub.terms import Destination, Known, Payer, PaymentMethod, Scheme

TRANSFER, CHAPS = PaymentMethod.FASTER_PAYMENT, PaymentMethod.CHAPS
CREDIT, DEBIT = PaymentMethod.CARD_CREDIT, PaymentMethod.CARD_DEBIT
LAST_OF_CRM, FIRST_OF_PSR = date(2024, 10, 6), date(2024, 10, 7)
BEFORE_CRM, FIRST_OF_CRM = date(2019, 5, 27), date(2019, 5, 28)
ASKED_OF_TRANSFER = (
    "Did it go straight to somebody else’s account in the UK?",
    "Was it paid in pounds?",
    "Did they pay as a person, a micro-enterprise or a small charity?",
    "Is it a fraud, and no dispute about goods or services?",
)
SIGNED = "Had the firm it left from signed the CRM Code by that day?"
PRICE = "What did the whole thing cost? Section 75 goes by its price, not by this payment."
KNOWN = {
    "destination": Destination.UK_ACCOUNT,
    "payer": Payer.CONSUMER,
    "in_pounds": Known.YES,
    "is_dispute": Known.NO,
    "had_signed": Known.YES,
}


def a_payment(**known: object) -> Payment:
    usual: dict[str, object] = {
        "paid_on": FIRST_OF_PSR,
        "method": TRANSFER,
        "amount_pence": 500_00,
    }
    return Payment(**usual | known)  # type: ignore[arg-type]


def chosen(**known: object) -> Choice:
    return rules.choice_for(a_payment(**known))


def test_a_transfer_of_the_first_day_of_the_psr_rules():
    assert chosen() == Choice(
        scheme=Scheme.PSR,
        others=(),
        because=(
            f"It was paid by {TRANSFER.label} on 7 October 2024, on or after 7 October 2024.",
        ),
        why_not=(),
        to_ask=ASKED_OF_TRANSFER,
    )


def test_a_transfer_of_which_everything_is_known_leaves_nothing_to_ask():
    assert chosen(method=CHAPS, **KNOWN) == Choice(
        scheme=Scheme.PSR,
        others=(),
        because=(
            "It was paid by CHAPS on 7 October 2024, on or after 7 October 2024.",
            "It went to somebody else’s account in the UK.",
            "It was paid in pounds.",
            "The payer is: a person, for themselves.",
        ),
        why_not=(),
        to_ask=(),
    )


def test_a_transfer_of_the_last_day_before_the_psr_rules():
    before = "Not the PSR’s rules: 6 October 2024 is before 7 October 2024."
    span = "between 28 May 2019 and 6 October 2024."
    made = f"It was paid by Bank transfer (Faster Payment) on 6 October 2024, {span}"
    assert chosen(paid_on=LAST_OF_CRM) == Choice(
        scheme=Scheme.CRM,
        others=(),
        because=(made,),
        why_not=(before,),
        to_ask=(*ASKED_OF_TRANSFER, SIGNED),
    )
    known = chosen(paid_on=LAST_OF_CRM, **KNOWN)
    assert known.because[0] == made
    assert known.because[-1] == "The firm it left from had signed the CRM Code."
    assert len(known.because) == 5
    assert known.to_ask == ()


@pytest.mark.parametrize(
    ("paid_on", "signed", "scheme"),
    [
        (FIRST_OF_CRM, Known.YES, Scheme.CRM),
        (FIRST_OF_CRM, Known.NOT_KNOWN, Scheme.CRM),
        (FIRST_OF_CRM, Known.NO, Scheme.NONE),
        (LAST_OF_CRM, Known.NO, Scheme.NONE),
        (BEFORE_CRM, Known.YES, Scheme.NONE),
        (FIRST_OF_PSR, Known.NO, Scheme.PSR),  # the PSR's rules ask no firm whether it signed
    ],
)
def test_the_crm_code_binds_only_its_signatories(paid_on: date, signed: Known, scheme: Scheme):
    assert rules.scheme_for(a_payment(paid_on=paid_on, had_signed=signed)) is scheme


def test_a_firm_that_had_not_signed_is_said_so():
    assert chosen(paid_on=LAST_OF_CRM, had_signed=Known.NO) == Choice(
        scheme=Scheme.NONE,
        others=(),
        because=(),
        why_not=(
            "Not the PSR’s rules: 6 October 2024 is before 7 October 2024.",
            "Not the CRM Code: the firm it left from had not signed it.",
        ),
        to_ask=(),
    )


def test_a_transfer_before_the_crm_code_is_said_to_be_before_both():
    assert chosen(paid_on=BEFORE_CRM).why_not == (
        "Not the PSR’s rules: 27 May 2019 is before 7 October 2024.",
        "Not the CRM Code: 27 May 2019 is before 28 May 2019.",
    )


@pytest.mark.parametrize("paid_on", [FIRST_OF_PSR, LAST_OF_CRM])
@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ({"destination": Destination.OWN_ACCOUNT}, "It went to another account of their own."),
        ({"destination": Destination.CRYPTO}, "It went to a cryptocurrency exchange."),
        ({"destination": Destination.ABROAD}, "It went to an account abroad."),
        ({"is_dispute": Known.YES}, "It is a civil dispute about goods or services."),
        ({"in_pounds": Known.NO}, "It was not paid in pounds."),
        (
            {"payer": Payer.LARGER_BUSINESS},
            "The payer is no consumer, micro-enterprise or small charity.",
        ),
    ],
)
def test_what_lies_outside_both_schemes_is_under_none_and_why(
    paid_on: date, fact: dict[str, object], sentence: str
):
    found = chosen(paid_on=paid_on, **fact)
    assert (found.scheme, found.because, found.to_ask) == (Scheme.NONE, (), ())
    assert found.why_not[0] == sentence
    assert rules.why_outside(a_payment(**fact)) == (sentence,)


@pytest.mark.parametrize(
    ("paid_on", "more"),
    [
        (FIRST_OF_PSR, ()),
        (FIRST_OF_CRM, ("Not the PSR’s rules: 28 May 2019 is before 7 October 2024.",)),
    ],
)
def test_on_its_first_day_a_scheme_is_not_said_to_have_begun_later(
    paid_on: date, more: tuple[str, ...]
):
    found = chosen(paid_on=paid_on, destination=Destination.CRYPTO)
    assert found.why_not == ("It went to a cryptocurrency exchange.", *more)


def test_every_reason_is_given_where_there_are_several():
    assert rules.why_outside(
        a_payment(destination=Destination.ABROAD, in_pounds=Known.NO, is_dispute=Known.YES)
    ) == (
        "It went to an account abroad.",
        "It is a civil dispute about goods or services.",
        "It was not paid in pounds.",
    )


@pytest.mark.parametrize("payer", [Payer.CONSUMER, Payer.MICRO_ENTERPRISE, Payer.CHARITY])
def test_persons_micro_enterprises_and_small_charities_are_covered(payer: Payer):
    assert chosen(payer=payer, **{k: v for k, v in KNOWN.items() if k != "payer"}).to_ask == ()
    assert rules.scheme_for(a_payment(payer=payer)) is Scheme.PSR


def test_a_dear_thing_by_credit_card_is_under_section_75_with_a_chargeback_beside_it():
    found = chosen(method=CREDIT, amount_pence=100_01)
    assert found == Choice(
        scheme=Scheme.SECTION_75,
        others=(Scheme.CHARGEBACK,),
        because=(
            "It was paid by credit card, for something that cost over £100 and up to £30,000.",
            "The card’s issuer answers for the seller: Consumer Credit Act 1974.",
        ),
        why_not=(),
        to_ask=(PRICE,),
    )


@pytest.mark.parametrize(
    ("amount_pence", "price_pence", "scheme"),
    [
        (50_00, 30_000_00, Scheme.SECTION_75),  # a deposit on something dear
        (50_00, 100_00, Scheme.CHARGEBACK),
        (20_000_00, 30_000_01, Scheme.CHARGEBACK),
    ],
)
def test_section_75_goes_by_the_price_of_the_whole(
    amount_pence: int, price_pence: int, scheme: Scheme
):
    found = chosen(method=CREDIT, amount_pence=amount_pence, price_pence=price_pence)
    assert (found.scheme, found.to_ask) == (scheme, ())


def test_a_cheap_thing_by_credit_card_is_told_why_it_is_not_under_section_75():
    assert chosen(method=CREDIT, amount_pence=100_00) == Choice(
        scheme=Scheme.CHARGEBACK,
        others=(),
        because=("It was paid by card.", "The card’s own scheme can take it back."),
        why_not=("Not Section 75: the price was not over £100 and up to £30,000.",),
        to_ask=(PRICE,),
    )


def test_a_debit_card_has_a_chargeback_alone():
    found = chosen(method=DEBIT)
    assert (found.scheme, found.others, found.to_ask) == (Scheme.CHARGEBACK, (), ())
    assert found.why_not == ("Not Section 75: it was a debit card.",)


@pytest.mark.parametrize(
    "method",
    [
        PaymentMethod.CASH,
        PaymentMethod.CHEQUE,
        PaymentMethod.CRYPTO,
        PaymentMethod.INTERNATIONAL,
        PaymentMethod.GIFT_CARD,
        PaymentMethod.OTHER,
    ],
)
def test_other_methods_are_in_neither_scheme(method: PaymentMethod):
    assert chosen(method=method) == Choice(
        scheme=Scheme.NONE,
        others=(),
        because=(),
        why_not=(f"{method.label} is in neither the PSR’s rules nor the CRM Code.",),
        to_ask=(),
    )


def test_what_somebody_else_paid_is_unauthorised_whatever_else_is_known():
    found = chosen(authorised=False, destination=Destination.CRYPTO)
    assert found == Choice(
        scheme=Scheme.UNAUTHORISED,
        others=(),
        because=(
            "They did not make or approve the payment.",
            "The Payment Services Regulations 2017 ask the firm to refund it.",
        ),
        why_not=(),
        to_ask=(),
    )
    assert chosen(method=CREDIT, authorised=False).to_ask == ()


def test_what_no_firm_paid_is_no_unauthorised_payment():
    found = chosen(method=PaymentMethod.CASH, authorised=False)
    assert (found.scheme, found.because) == (Scheme.NONE, ())
    assert found.why_not == ("No firm made this payment: Cash.",)


@pytest.mark.parametrize(
    ("paid_on", "scheme"),
    [(date(2018, 1, 13), Scheme.UNAUTHORISED), (date(2018, 1, 12), Scheme.NONE)],
)
def test_the_regulations_of_2017_count_from_the_day_they_came_into_force(
    paid_on: date, scheme: Scheme
):
    assert rules.scheme_for(a_payment(authorised=False, paid_on=paid_on)) is scheme


def test_an_older_unauthorised_payment_is_said_to_be_older():
    found = chosen(authorised=False, paid_on=date(2018, 1, 12))
    assert found.why_not == (
        "Not the regulations of 2017: 12 January 2018 is before 13 January 2018.",
    )


def test_the_terms_are_those_of_the_printed_table():
    psr, crm = rules.TERMS[Scheme.PSR], rules.TERMS[Scheme.CRM]
    assert (psr.reply_days, psr.final_days, psr.claim_months) == (5, 35, 13)
    assert (psr.most_pence, psr.excess_pence, psr.may_stop) == (85_000_00, 100_00, True)
    assert (crm.reply_days, crm.final_days, crm.claim_months, crm.most_pence) == (
        15,
        35,
        None,
        None,
    )
    assert [scheme for scheme in Scheme if rules.TERMS[scheme].may_stop] == [Scheme.PSR]
    services = {scheme for scheme in Scheme if rules.TERMS[scheme].is_payment_service}
    assert services == {Scheme.PSR, Scheme.CRM, Scheme.UNAUTHORISED}


@pytest.mark.parametrize("scheme", [one for one in Scheme if one is not Scheme.PSR])
def test_only_the_psr_rules_have_an_excess(scheme: Scheme):
    assert rules.excess(scheme, vulnerable=False) == 0


@pytest.mark.parametrize(("pence", "most"), [(30_000_00, 30_000_00), (40_000_00, 30_000_00)])
def test_section_75_pays_thirty_thousand_pounds_at_most(pence: int, most: int):
    assert rules.most_payable(Scheme.SECTION_75, pence) == most


def test_what_was_written_from_memory_is_named():
    assert set(rules.TO_VERIFY) == {
        Scheme.CRM,
        Scheme.UNAUTHORISED,
        Scheme.CHARGEBACK,
        Scheme.SECTION_75,
    }

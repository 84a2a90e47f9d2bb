"""Losses, claims and money back: to the penny, once, and never more than was lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.terms import ClaimStatus, Contribution, PaymentMethod, Route, Scheme
from tests.factories import TEST
from tests.work.fraud_hub.builders import (
    a_claim,
    a_fraud_case,
    a_loss,
    loss_facts,
    money_back,
    money_facts,
    prevented,
    reversed_entry,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def rows(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_loss_keeps_the_scheme_of_its_day_and_its_account_sealed():
    loss = a_loss(a_fraud_case(), sending_account="20-00-00 55779911", receiving_bank="Sample Bank")
    assert loss.scheme is Scheme.PSR
    assert loss.sending_account == "20-00-00 55779911"
    kept = db.session.execute(sa.text("SELECT sending_account_sealed FROM loss")).scalar_one()
    assert b"55779911" not in bytes(kept)


@pytest.mark.parametrize(
    ("known", "field"),
    [({"amount_pence": 0}, "amount"), ({"paid_on": date(2026, 11, 24)}, "paid_on")],
)
def test_a_loss_of_nothing_or_of_tomorrow_is_refused(known: dict[str, object], field: str):
    case = a_fraud_case()
    with pytest.raises(RuleBroken) as refusal:
        a_loss(case, **known)
    assert refusal.value.field == field
    assert rows(Loss) == 0


def test_one_form_sent_twice_makes_one_loss():
    case, token = a_fraud_case(), commands.new_token()
    first = commands.record_loss(case, loss_facts(), token=token, actor=TEST)
    again = commands.record_loss(case, loss_facts(), token=token, actor=TEST)
    assert first.id == again.id
    assert rows(Loss) == 1


def test_one_form_sent_twice_makes_one_entry():
    case = a_fraud_case()
    loss, token = a_loss(case), commands.new_token()
    facts = money_facts(loss)
    first = commands.record_recovered(case, facts, token=token, actor=TEST)
    again = commands.record_recovered(case, facts, token=token, actor=TEST)
    assert first.id == again.id
    assert rows(LedgerEntry) == 1


def test_a_token_of_another_case_makes_nothing():
    token = commands.new_token()
    commands.record_loss(a_fraud_case(), loss_facts(), token=token, actor=TEST)
    other = a_fraud_case()
    with pytest.raises(RuleBroken, match="Open this page again"):
        commands.record_loss(other, loss_facts(), token=token, actor=TEST)


def test_a_claim_keeps_the_days_on_which_an_answer_is_expected():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case), made_on=date(2026, 11, 9), firm="Sample Bank")
    assert claim.reply_expected_on == date(2026, 11, 16)
    assert claim.final_reply_on == date(2026, 12, 30)
    assert claim.firm == "Sample Bank"


def test_no_payment_is_claimed_twice_at_once():
    case = a_fraud_case()
    loss = a_loss(case)
    a_claim(case, loss, amount_pence=600_00)
    with pytest.raises(RuleBroken, match="Only £400.00") as refusal:
        a_claim(case, loss, amount_pence=400_01)
    assert refusal.value.field == "amount"


def test_a_refused_claim_may_be_appealed_and_another_made():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    on = date(2026, 11, 18)
    reply = commands.ReplyFacts(answer=ClaimStatus.REFUSED, on=on)
    commands.record_reply(claim, reply, actor=TEST)
    assert claim.ombudsman_by == date(2027, 5, 18)
    appeal = commands.ReplyFacts(answer=ClaimStatus.APPEALED, on=date(2026, 11, 19))
    commands.record_reply(claim, appeal, actor=TEST)
    assert claim.status.awaits_a_reply
    assert (claim.reply_expected_on, claim.final_reply_on) == (
        date(2026, 12, 10),  # fifteen working days, and thirty-five
        date(2027, 1, 12),
    )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"answer": ClaimStatus.APPEALED}, "answer"),
        ({"answer": ClaimStatus.RECEIVED}, "answer"),
        ({"answer": ClaimStatus.AGREED}, "agreed"),
        ({"answer": ClaimStatus.AGREED, "agreed_pence": 1_000_01}, "agreed"),
        ({"answer": ClaimStatus.REFUSED, "on": date(2026, 11, 8)}, "on"),
        ({"answer": ClaimStatus.REFUSED, "on": date(2026, 11, 24)}, "on"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_box(facts: dict[str, object], field: str):
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case))
    usual: dict[str, object] = {"on": date(2026, 11, 18)}
    with pytest.raises(RuleBroken) as refusal:
        commands.record_reply(claim, commands.ReplyFacts(**usual | facts), actor=TEST)
    assert refusal.value.field == field


def test_what_was_agreed_is_not_money_until_it_is_received():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    agreed = commands.ReplyFacts(
        answer=ClaimStatus.AGREED, on=date(2026, 11, 16), agreed_pence=1_000_00
    )
    commands.record_reply(claim, agreed, actor=TEST)
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 0
    money_back(case, loss, route=Route.PSR_REIMBURSEMENT, amount_pence=1_000_00)
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 1_000_00
    assert db.session.get_one(BankClaim, claim.id).status is ClaimStatus.RECEIVED


def test_more_than_the_loss_never_comes_back():
    case = a_fraud_case()
    loss = a_loss(case)
    money_back(case, loss, amount_pence=999_99)
    with pytest.raises(RuleBroken, match="Only £0.01") as refusal:
        money_back(case, loss, amount_pence=2)
    assert refusal.value.field == "amount"
    money_back(case, loss, amount_pence=1)
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 1_000_00


def test_interest_beyond_the_loss_is_taken_and_not_counted_as_recovered():
    case = a_fraud_case()
    loss = a_loss(case)
    money_back(case, loss, amount_pence=1_000_00)
    money_back(case, loss, amount_pence=75_00, route=Route.INTEREST_COMPENSATION)
    totals = queries.hub_totals(TEST, *YEAR)
    assert (totals.recovered_pence, totals.interest_pence) == (1_000_00, 75_00)


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"amount_pence": 0}, "amount"),
        ({"received_on": date(2026, 11, 1)}, "received_on"),
        ({"received_on": date(2026, 11, 24)}, "received_on"),
        ({"evidence": " - "}, "evidence"),
        ({"route": Route.BANK_BLOCKED}, "route"),
        ({"route": Route.CHARGEBACK}, "route"),
        ({"loss_id": None}, "loss"),
    ],
)
def test_money_that_cannot_be_is_refused_at_its_box(known: dict[str, object], field: str):
    case = a_fraud_case()
    loss = a_loss(case)
    with pytest.raises(RuleBroken) as refusal:
        money_back(case, loss, **known)
    assert refusal.value.field == field
    assert rows(LedgerEntry) == 0


def test_money_is_logged_against_a_payment_of_the_same_case_only():
    elsewhere = a_loss(a_fraud_case())
    case = a_fraud_case()
    with pytest.raises(RuleBroken, match="Choose the payment"):
        money_back(case, elsewhere)


@pytest.mark.parametrize("written", ["FPR-77", "fpr 77", " F.P.R.77 "])
def test_one_reference_is_logged_once_however_it_is_written(written: str):
    first, second = a_fraud_case(), a_fraud_case()
    money_back(first, a_loss(first), evidence="FPR-77")
    loss = a_loss(second)
    with pytest.raises(RuleBroken, match="already logged") as refusal:
        money_back(second, loss, evidence=written)
    assert refusal.value.field == "evidence"
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 400_00


def test_a_reversal_is_a_new_negative_row_and_frees_the_reference():
    case = a_fraud_case()
    loss = a_loss(case)
    entry = money_back(case, loss, evidence="FPR-77")
    back = reversed_entry(entry)
    assert (back.amount_pence, back.reverses_id) == (-400_00, entry.id)
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 0
    money_back(case, loss, evidence="FPR-77")
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 400_00
    with pytest.raises(RuleBroken, match="already logged"):
        money_back(case, loss, evidence="FPR-77")


def test_an_entry_is_reversed_once_and_a_reversal_never():
    case = a_fraud_case()
    entry = money_back(case, a_loss(case))
    back = reversed_entry(entry)
    with pytest.raises(RuleBroken, match="already reversed"):
        reversed_entry(entry)
    with pytest.raises(RuleBroken, match="cannot be reversed"):
        reversed_entry(back)


def test_a_claim_waits_again_when_its_money_is_taken_back():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    facts = {"route": Route.PSR_REIMBURSEMENT, "amount_pence": 1_000_00}
    entry = money_back(case, loss, **facts)
    assert db.session.get_one(BankClaim, claim.id).status is ClaimStatus.RECEIVED
    reversed_entry(entry)
    assert db.session.get_one(BankClaim, claim.id).status is ClaimStatus.CLAIMED


def test_a_claim_lives_until_its_parts_come_to_what_was_claimed():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    parts = [money_back(case, loss, amount_pence=400_00)]
    assert (claim.status, claim.is_live) == (ClaimStatus.CLAIMED, True)
    with pytest.raises(RuleBroken, match="Only £0.00"):
        a_claim(case, loss, amount_pence=1)  # the rest is asked for already
    parts.append(money_back(case, loss, amount_pence=599_99))
    assert claim.status is ClaimStatus.CLAIMED
    parts.append(money_back(case, loss, amount_pence=1))
    assert {part.claim_id for part in parts} == {claim.id}
    assert (claim.status, claim.is_live) == (ClaimStatus.RECEIVED, False)
    reversed_entry(parts[0])
    assert claim.status is ClaimStatus.CLAIMED


def test_what_came_for_a_claim_is_not_taken_off_the_payment_twice():
    case = a_fraud_case()
    loss = a_loss(case)
    first = a_claim(case, loss, amount_pence=600_00)
    money_back(case, loss, amount_pence=200_00)
    with pytest.raises(RuleBroken, match="Only £400.00"):
        a_claim(case, loss, amount_pence=400_01)
    second = a_claim(case, loss, amount_pence=400_00)
    fits = money_back(case, loss, amount_pence=400_00)
    assert fits.claim_id == first.id
    assert (first.status, second.status) == (ClaimStatus.RECEIVED, ClaimStatus.CLAIMED)


def test_an_answer_that_comes_after_its_money_finds_the_claim_paid():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    money_back(case, loss)
    agreed = {"answer": ClaimStatus.AGREED, "on": date(2026, 11, 20)}
    commands.record_reply(claim, commands.ReplyFacts(**agreed, agreed_pence=400_00), actor=TEST)
    assert (claim.status, claim.is_live) == (ClaimStatus.RECEIVED, True)  # £600 may be fought for
    appeal = commands.ReplyFacts(answer=ClaimStatus.APPEALED, on=date(2026, 11, 21))
    commands.record_reply(claim, appeal, actor=TEST)
    later = money_back(case, loss, amount_pence=100_00)
    assert (later.claim_id, claim.status) == (claim.id, ClaimStatus.APPEALED)
    last = money_back(case, loss, amount_pence=500_00)
    assert (last.claim_id, claim.status) == (claim.id, ClaimStatus.RECEIVED)
    reversed_entry(last)
    assert claim.status is ClaimStatus.APPEALED


def test_more_than_was_agreed_is_still_of_the_same_claim():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    agreed = {"answer": ClaimStatus.AGREED, "on": date(2026, 11, 16)}
    commands.record_reply(claim, commands.ReplyFacts(**agreed, agreed_pence=500_00), actor=TEST)
    money_back(case, loss)
    assert claim.status is ClaimStatus.AGREED
    money_back(case, loss, amount_pence=100_00)
    assert claim.status is ClaimStatus.RECEIVED
    assert money_back(case, loss, amount_pence=50_00).claim_id == claim.id


def test_a_refund_by_the_seller_leaves_the_claim_to_the_bank_open():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    money_back(case, loss, route=Route.MERCHANT_REFUND)
    assert db.session.get_one(BankClaim, claim.id).status is ClaimStatus.CLAIMED


def test_a_loss_taken_back_counts_no_more():
    case = a_fraud_case(reported_pence=900_00)
    loss = a_loss(case)
    commands.withdraw_loss(loss, reason="Logged twice", actor=TEST)
    assert queries.hub_totals(TEST, *YEAR).lost_pence == 900_00
    with pytest.raises(RuleBroken, match="already taken"):
        commands.withdraw_loss(loss, reason="Logged twice", actor=TEST)
    with pytest.raises(RuleBroken, match="taken back"):
        money_back(case, loss)


def test_a_loss_with_money_back_stays_until_that_is_reversed():
    case = a_fraud_case()
    loss = a_loss(case)
    entry = money_back(case, loss)
    with pytest.raises(RuleBroken, match="Reverse those"):
        commands.withdraw_loss(loss, reason="Wrong", actor=TEST)
    reversed_entry(entry)
    commands.withdraw_loss(loss, reason="Wrong", actor=TEST)
    assert not db.session.get_one(Loss, loss.id).stands


def test_an_estimate_says_how_it_was_made_and_is_in_no_total():
    case = a_fraud_case()
    with pytest.raises(RuleBroken) as refusal:
        prevented(case, route=Route.ESTIMATED_FUTURE)
    assert refusal.value.field == "method"
    prevented(case, route=Route.ESTIMATED_FUTURE, method="Six months at £40 a week")
    prevented(case)
    totals = queries.hub_totals(TEST, *YEAR)
    assert (totals.prevented_pence, totals.estimated_pence) == (250_00, 250_00)


def test_every_order_is_written_down_without_its_content():
    case = a_fraud_case()
    loss = a_loss(case, receiving_account="20-00-00 55779911")
    reversed_entry(money_back(case, loss, evidence="FPR-77"))
    written = db.session.execute(
        sa.select(AuditEntry.action, AuditEntry.facts)
        .where(AuditEntry.action.like("fraud.%"))
        .order_by(AuditEntry.seq)
    ).all()
    assert [row.action for row in written][-3:] == [
        "fraud.loss_logged",
        "fraud.money_logged",
        "fraud.entry_reversed",
    ]
    told = " ".join(row.facts for row in written)
    assert not [content for content in ("FPR-77", "55779911", "20-00-00") if content in told]


def test_the_database_itself_refuses_a_negative_entry_that_reverses_nothing():
    case = a_fraud_case()
    entry = money_back(case, a_loss(case))
    wrong = LedgerEntry(
        case_id=case.id,
        loss_id=entry.loss_id,
        kind=entry.kind,
        route=entry.route,
        contribution=Contribution.NONE,
        amount_pence=-1,
        happened_on=date(2026, 11, 20),
        verified_by_name="Nobody",
        token=commands.new_token(),
    )
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(wrong)


def test_a_large_payment_may_be_paid_by_scheme_and_goodwill_together():
    case = a_fraud_case()
    loss = a_loss(case, amount_pence=100_000_00, method=PaymentMethod.CHAPS)
    money_back(case, loss, route=Route.PSR_REIMBURSEMENT, amount_pence=85_000_00)
    with pytest.raises(RuleBroken, match="no more than £85,000"):
        money_back(case, loss, route=Route.PSR_REIMBURSEMENT, amount_pence=1)
    money_back(case, loss, amount_pence=15_000_00)
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 100_000_00

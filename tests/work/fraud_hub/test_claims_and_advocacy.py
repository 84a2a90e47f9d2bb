"""What is done for a claim: its log, stopped clocks, refusal, appeal, ombudsman, letters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import BankClaim, ClaimEvent, ClaimLetter, Loss
from beacon.fraud_hub.terms import (
    Channel,
    ClaimsOf,
    ClaimStatus,
    EventKind,
    LetterKind,
    OmbudsmanStep,
    PaymentMethod,
    RefusalGround,
    Route,
    Scheme,
)
from tests.factories import TEST
from tests.work.fraud_hub.builders import (
    a_bank,
    a_claim,
    a_fraud_case,
    a_letter,
    a_loss,
    loss_facts,
    money_back,
    reversed_entry,
)

REFUSED_ON = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        yield


def claimed(**known: Any) -> BankClaim:
    case = a_fraud_case()
    return a_claim(case, a_loss(case, **known.pop("loss", {})), **known)


def answered(claim: BankClaim, answer: ClaimStatus = ClaimStatus.REFUSED, **known: Any) -> None:
    usual = {"on": REFUSED_ON, "ground": RefusalGround.GROSS_NEGLIGENCE}
    facts = commands.ReplyFacts(answer=answer, **usual | known)
    commands.record_reply(claim, facts, actor=TEST)


def contact(**known: Any) -> commands.ContactFacts:
    usual = {"channel": Channel.CALL_OUT, "on": date(2026, 11, 20), "words": "They look at it."}
    return commands.ContactFacts(**usual | known)


def spoken(claim: BankClaim, **known: Any) -> ClaimEvent:
    return commands.log_contact(claim, contact(**known), token=commands.new_token(), actor=TEST)


def sent_to_ombudsman(claim: BankClaim, on: date, **known: Any) -> None:
    facts = commands.OmbudsmanFacts(step=known.pop("step", OmbudsmanStep.SENT), on=on, **known)
    commands.to_ombudsman(claim, facts, actor=TEST)


def log_of(claim: BankClaim) -> list[EventKind]:
    view = queries.claim_view(TEST, claim)
    return [event.kind for event in view.events]


def refused(field: str, order: Any, *args: Any, **known: Any) -> str:
    with pytest.raises(RuleBroken) as no:
        order(*args, **known)
    assert no.value.field == field
    return no.value.message


def test_a_payment_before_the_fraud_or_after_its_report_is_asked_about():
    case = a_fraud_case()
    late = loss_facts(paid_on=date(2026, 11, 23), dates_are_right=False)
    with clock.fixed(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        tomorrow = loss_facts(paid_on=date(2026, 11, 24), dates_are_right=False)
        words = refused(
            "dates_are_right",
            commands.record_loss,
            case,
            tomorrow,
            token=commands.new_token(),
            actor=TEST,
        )
        assert words.startswith("It was reported on 23 November 2026, before this payment.")
        right = loss_facts(paid_on=date(2026, 11, 24), dates_are_right=True)
        assert commands.record_loss(case, right, token=commands.new_token(), actor=TEST).id
    assert commands.record_loss(case, late, token=commands.new_token(), actor=TEST).id


def test_a_payment_before_the_offence_is_asked_about():
    case = a_fraud_case()
    with transaction():
        case.crime.offence_on = date(2026, 11, 2)
    before = loss_facts(paid_on=date(2026, 11, 1), dates_are_right=False)
    words = refused(
        "dates_are_right",
        commands.record_loss,
        case,
        before,
        token=commands.new_token(),
        actor=TEST,
    )
    assert words.startswith("The fraud began on 2 November 2026, after this payment.")
    on_the_day = loss_facts(paid_on=date(2026, 11, 2), dates_are_right=False)
    assert commands.record_loss(case, on_the_day, token=commands.new_token(), actor=TEST).id


def test_a_price_below_the_payment_is_refused():
    case = a_fraud_case()
    facts = loss_facts(method=PaymentMethod.CARD_CREDIT, amount_pence=500_00, price_pence=499_99)
    refused("price", commands.record_loss, case, facts, token=commands.new_token(), actor=TEST)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == 0


def test_a_claim_after_its_last_day_is_asked_for_its_reason():
    case = a_fraud_case()
    loss = a_loss(case, paid_on=date(2025, 10, 20))
    with clock.fixed(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        words = refused(
            "late_because",
            a_claim,
            case,
            loss,
            made_on=date(2026, 11, 21),
        )
        assert words.startswith("The last day to claim this payment was 20 November 2026.")
        claim = a_claim(case, loss, made_on=date(2026, 11, 21), late_because="They agreed to look")
        assert claim.late_because == "They agreed to look"
    in_time = a_claim(case, a_loss(case, paid_on=date(2025, 10, 23)), made_on=date(2026, 11, 23))
    assert in_time.late_because == ""


def test_the_thirteen_months_run_from_the_last_payment_of_the_fraud():
    case = a_fraud_case()
    old = a_loss(case, paid_on=date(2025, 1, 6))
    refused("late_because", a_claim, case, old, made_on=date(2026, 11, 9))
    a_loss(case, paid_on=date(2026, 11, 2))
    assert a_claim(case, old, made_on=date(2026, 11, 9)).id


def test_a_claim_names_a_firm_of_the_directory_or_another():
    bank = a_bank("Example Building Society")
    claim = claimed(bank_id=bank.id)
    assert (claim.bank, claim.firm) == (bank, "Example Building Society")
    assert claimed(firm="A firm nobody knows").bank is None
    given_up = a_bank("Old Bank", is_active=False)
    case = a_fraud_case()
    refused("bank", a_claim, case, a_loss(case), bank_id=given_up.id)


def test_every_step_is_in_the_log_and_the_newest_stands_first():
    claim = claimed()
    spoken(claim, spoke_to="Kim of the fraud team", next_step="Ring", next_on=date(2026, 11, 30))
    assert claim.next_on == date(2026, 11, 30)
    answered(claim)
    assert claim.next_on == date(2026, 11, 30)  # an answer does not settle what was planned
    answered(claim, ClaimStatus.APPEALED, on=date(2026, 11, 19))
    spoken(claim, on=date(2026, 11, 21))
    assert claim.next_on is None
    assert log_of(claim) == [
        EventKind.SPOKE,
        EventKind.APPEALED,
        EventKind.REFUSED,
        EventKind.SPOKE,
        EventKind.CLAIMED,
    ]


def test_a_contact_sent_twice_is_written_once():
    claim, token = claimed(), commands.new_token()
    first, again = (
        commands.log_contact(claim, contact(), token=token, actor=TEST) for _ in range(2)
    )
    assert first.id == again.id
    with pytest.raises(RuleBroken):
        commands.log_contact(claimed(), contact(), token=token, actor=TEST)


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"words": " "}, "words"),
        ({"on": date(2026, 11, 24)}, "on"),
        ({"on": date(2026, 11, 8)}, "on"),  # before the claim
        ({"next_step": "Ring"}, "next_on"),
        ({"next_on": date(2026, 11, 30)}, "next_step"),
        ({"next_step": "Ring", "next_on": date(2026, 11, 19)}, "next_on"),
    ],
)
def test_what_is_wrong_with_a_contact_is_said_at_its_box(wrong: dict[str, Any], box: str):
    claim, lines = claimed(), sa.select(sa.func.count()).select_from(ClaimEvent)
    before = db.session.scalar(lines)
    refused(box, spoken, claim, **wrong)
    assert db.session.scalar(lines) == before


def test_the_log_is_never_changed_or_emptied():
    event = spoken(claimed())
    for order in (
        sa.update(ClaimEvent).where(ClaimEvent.id == event.id).values(by_name="Somebody"),
        sa.delete(ClaimEvent).where(ClaimEvent.id == event.id),
    ):
        writing = db.engine.execution_options(writing=True)
        with (
            pytest.raises(sa.exc.DatabaseError, match="only grows"),
            writing.begin() as connection,
        ):
            connection.execute(order)
    db.session.rollback()


def test_a_stopped_clock_adds_its_working_days_and_never_moves_the_last_day():
    claim = claimed()  # made on Monday 9 November
    assert claim.reply_expected_on == date(2026, 11, 16)
    last_on = claim.final_reply_on
    commands.stop_clock(claim, on=date(2026, 11, 12), words="Bank statements", actor=TEST)
    assert claim.is_stopped
    assert not claim.is_late(date(2026, 11, 23))
    assert claim.is_late(date(2026, 12, 31))  # the very last day has passed
    commands.resume_clock(claim, on=date(2026, 11, 18), words="Sent", actor=TEST)
    assert claim.reply_expected_on == date(2026, 11, 20)  # four working days later
    assert (claim.final_reply_on, claim.stopped_days) == (last_on, 4)
    commands.stop_clock(claim, on=date(2026, 11, 19), words="More", actor=TEST)
    answered(claim, on=date(2026, 11, 20))
    assert not claim.is_stopped
    assert claim.stopped_days == 5


def test_a_clock_is_stopped_only_where_a_scheme_lets_a_firm_stop_it():
    by_card = claimed(loss={"method": PaymentMethod.CARD_DEBIT})
    with pytest.raises(RuleBroken, match="PSR"):
        commands.stop_clock(by_card, on=date(2026, 11, 12), words="x", actor=TEST)
    claim = claimed()
    refused("words", commands.stop_clock, claim, on=date(2026, 11, 12), words=" ", actor=TEST)
    with pytest.raises(RuleBroken, match="runs"):
        commands.resume_clock(claim, on=date(2026, 11, 12), words="", actor=TEST)
    commands.stop_clock(claim, on=date(2026, 11, 12), words="x", actor=TEST)
    with pytest.raises(RuleBroken, match="already"):
        commands.stop_clock(claim, on=date(2026, 11, 13), words="x", actor=TEST)
    refused("on", commands.resume_clock, claim, on=date(2026, 11, 11), words="", actor=TEST)


def test_a_refusal_has_a_ground_and_starts_the_six_months_once():
    claim = claimed()
    answered(claim)
    assert claim.refusal_ground is RefusalGround.GROSS_NEGLIGENCE
    assert claim.ombudsman_by == date(2027, 5, 18)
    answered(claim, ClaimStatus.APPEALED, on=date(2026, 11, 19))
    assert claim.reply_expected_on == date(2026, 12, 10)
    answered(claim, on=date(2026, 11, 23), ground=None)
    assert claim.refusal_ground is RefusalGround.NONE_GIVEN
    assert claim.ombudsman_by == date(2027, 5, 18)  # the stricter reading


def test_the_ombudsman_takes_it_only_after_a_final_response_or_the_time_to_answer():
    claim = claimed()
    refused("on", sent_to_ombudsman, claim, date(2026, 11, 20))
    answered(claim)
    refused("on", sent_to_ombudsman, claim, date(2026, 11, 17))
    refused("step", sent_to_ombudsman, claim, REFUSED_ON, step=OmbudsmanStep.UPHELD)
    sent_to_ombudsman(claim, REFUSED_ON, reference="FOS-1")
    assert (claim.ombudsman_step, claim.ombudsman_reference) == (OmbudsmanStep.SENT, "FOS-1")
    refused("step", sent_to_ombudsman, claim, REFUSED_ON)
    refused("on", sent_to_ombudsman, claim, date(2026, 11, 17), step=OmbudsmanStep.UPHELD)
    sent_to_ombudsman(claim, date(2026, 11, 23), step=OmbudsmanStep.PARTLY_UPHELD, words="Half")
    assert claim.ombudsman_step is OmbudsmanStep.PARTLY_UPHELD
    assert log_of(claim)[:2] == [EventKind.DECIDED, EventKind.OMBUDSMAN]


def test_after_six_months_the_ombudsman_is_asked_with_the_reason():
    claim = claimed()
    answered(claim)
    with clock.fixed(datetime(2027, 5, 20, 9, 0, tzinfo=UTC)):
        refused("words", sent_to_ombudsman, claim, date(2027, 5, 19))
        sent_to_ombudsman(claim, date(2027, 5, 19), words="They were in hospital.")
    in_time = claimed()
    answered(in_time)
    with clock.fixed(datetime(2027, 5, 20, 9, 0, tzinfo=UTC)):
        sent_to_ombudsman(in_time, date(2027, 5, 18))
    assert in_time.ombudsman_step is OmbudsmanStep.SENT


def test_a_claim_that_waits_is_not_ended_and_one_that_ended_takes_no_answer():
    claim = claimed()
    with pytest.raises(RuleBroken, match="owes an answer"):
        commands.end_claim(claim, because="x", actor=TEST)
    answered(claim)
    refused("reason", commands.end_claim, claim, because=" ", actor=TEST)
    commands.end_claim(claim, because="The victim wants no more of it", actor=TEST)
    assert claim.ended_on == date(2026, 11, 23)
    refused("answer", answered, claim, ClaimStatus.APPEALED)
    with pytest.raises(RuleBroken, match="over"):
        sent_to_ombudsman(claim, date(2026, 11, 23))
    case = db.session.get_one(CaseFile, claim.case_id)
    assert a_claim(case, claim.loss).id  # what ended holds nothing back from a new one


def listed(**known: Any) -> list[int]:
    return [row.claim.id for row in queries.Claims(viewer=TEST, **known).page()]


def test_the_list_of_claims_is_narrowed_by_standing_firm_and_scheme():
    bank = a_bank()
    late = claimed(bank_id=bank.id)  # due on 16 November
    waits = claimed(made_on=date(2026, 11, 20))
    turned_down, ended = claimed(), claimed()
    answered(turned_down)
    answered(ended)
    commands.end_claim(ended, because="x", actor=TEST)
    with_them = claimed(loss={"method": PaymentMethod.CARD_DEBIT})
    answered(with_them)
    sent_to_ombudsman(with_them, date(2026, 11, 20))
    agreed = claimed()
    answered(agreed, ClaimStatus.AGREED, agreed_pence=1_000_00)
    paid = claimed()
    money_back_of(paid)
    assert listed(which=ClaimsOf.LATE) == [late.id]
    assert listed(which=ClaimsOf.WAITING) == [late.id, waits.id]
    assert listed(which=ClaimsOf.REFUSED) == [turned_down.id]
    assert listed(which=ClaimsOf.OMBUDSMAN) == [with_them.id]
    assert listed(which=ClaimsOf.AGREED) == [agreed.id]
    expected = {late.id, waits.id, turned_down.id, with_them.id, agreed.id}
    assert set(listed()) == expected
    assert set(listed(which=ClaimsOf.ALL)) == expected | {ended.id, paid.id}
    assert listed(bank_id=bank.id) == [late.id]
    assert listed(scheme=Scheme.CHARGEBACK) == [with_them.id]
    lines = {line.name: line for line in queries.open_by_bank(TEST)}
    assert lines["Sample Bank"].number == 1
    assert lines["A firm outside the directory"].number == 4
    assert sum(sum(line.by_age) for line in lines.values()) == 5


def money_back_of(claim: BankClaim) -> None:
    case = db.session.get_one(CaseFile, claim.case_id)
    money_back(case, claim.loss, amount_pence=claim.amount_pence)
    assert claim.status is ClaimStatus.RECEIVED


@pytest.mark.parametrize(
    ("route", "ends_at"),
    [(Route.FOS_AWARD, ClaimStatus.RECEIVED), (Route.BANK_RECALL, ClaimStatus.REFUSED)],
)
def test_an_award_answers_the_claim_that_was_refused_and_a_reversal_refuses_it_again(
    route: Route, ends_at: ClaimStatus
):
    claim = claimed()
    answered(claim)
    case = db.session.get_one(CaseFile, claim.case_id)
    entry = money_back(case, claim.loss, route=route, amount_pence=claim.amount_pence)
    assert claim.status is ends_at
    assert (entry.claim_id == claim.id) is (ends_at is ClaimStatus.RECEIVED)
    reversed_entry(entry)
    assert claim.status is ClaimStatus.REFUSED


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_says_of_the_victim_their_name_and_nothing_more(kind: LetterKind):
    case = a_fraud_case()
    loss = a_loss(case, sending_account="00-00-11 12345678", receiving_bank="Other Bank")
    claim = a_claim(case, loss)
    answered(claim)
    words = a_letter(claim, kind).words
    assert case.victim.full_name in words
    assert "£1,000.00 on 2 November 2026" in words
    assert "00-00-11 12345678" in words
    for point in case.victim.contact_points:
        assert point.value not in words
    assert "07700" not in words
    if kind in {LetterKind.APPEAL, LetterKind.OMBUDSMAN}:
        assert "gross negligence of the victim" in words


def test_a_letter_goes_only_without_gaps_and_is_then_in_the_log():
    claim = claimed()
    letter = a_letter(claim, LetterKind.COMPLAINT)
    with pytest.raises(RuleBroken, match="brackets"):
        commands.send_letter(letter, on=date(2026, 11, 20), version=1, actor=TEST)
    commands.write_letter(letter, "This is a complaint.", version=1, actor=TEST)
    with pytest.raises(Stale):
        commands.write_letter(letter, "Mine.", version=1, actor=TEST)
    with pytest.raises(RuleBroken, match="changed meanwhile"):
        commands.send_letter(letter, on=date(2026, 11, 20), version=1, actor=TEST)
    refused("on", commands.send_letter, letter, on=date(2026, 11, 8), version=2, actor=TEST)
    commands.send_letter(letter, on=date(2026, 11, 20), version=2, actor=TEST)
    assert claim.complained_on == date(2026, 11, 20)
    assert log_of(claim)[0] is EventKind.LETTER
    with pytest.raises(RuleBroken, match="finished"):
        commands.write_letter(letter, "Other words.", version=3, actor=TEST)
    with pytest.raises(RuleBroken, match="was sent"):
        commands.drop_letter(letter, actor=TEST)


def test_a_letter_that_is_thrown_away_loses_its_words():
    letter = a_letter(claimed())
    for _ in range(2):
        commands.drop_letter(letter, actor=TEST)
    row = db.session.get_one(ClaimLetter, letter.id)
    assert (row.words, row.is_draft) == ("", False)


def test_a_letter_begun_twice_by_one_form_is_one():
    claim, token = claimed(), commands.new_token()
    first, again = (
        commands.begin_letter(claim, LetterKind.CLAIM, token=token, actor=TEST) for _ in range(2)
    )
    assert first.id == again.id


def test_the_directory_refuses_two_of_one_name_and_a_leaving_before_the_signing():
    a_bank("Sample Bank")
    a_bank("Sample Bank")  # the same form again
    with pytest.raises(RuleBroken) as taken:
        a_bank("sample  BANK", telephone="0808 157 0193")
    assert taken.value.field == "name"
    refused("crm_to", a_bank, "Other", crm_to=date(2019, 1, 1))
    refused("crm_known", a_bank, "Other", crm_known=False)
    refused("name", a_bank, " ")


def test_who_changes_a_firm_has_checked_it_and_an_older_page_is_refused():
    bank = a_bank()
    given = commands.BankGiven(name="Sample Bank", telephone="0808 157 0199")
    with clock.fixed(datetime(2026, 11, 25, 9, 0, tzinfo=UTC)):
        commands.change_bank(bank, given, version=1, actor=TEST)
        assert (bank.telephone, bank.checked_on) == ("0808 157 0199", date(2026, 11, 25))
        with pytest.raises(Stale):
            commands.change_bank(bank, given, version=1, actor=TEST)
        commands.check_bank(bank, version=2, actor=TEST)
    assert bank.version == 3

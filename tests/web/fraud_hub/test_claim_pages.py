"""The pages of claims, their letters and the directory of firms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub.models import BankClaim, BankContact, ClaimLetter, Loss
from beacon.fraud_hub.terms import ClaimStatus, Known, PaymentMethod, RefusalGround, Scheme
from tests.pages import text_of
from tests.work.fraud_hub.builders import a_bank, a_claim, a_fraud_case, a_letter, a_loss

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOSS = {
    "amount": "£90,000.50",
    "paid_on": ["2", "11", "2026"],
    "method": "faster_payment",
    "authorised": "yes",
    "destination": "uk_account",
    "payer": "consumer",
    "in_pounds": "yes",
    "is_dispute": "no",
}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk: Any, monday: None) -> Any:
    return desk(Role.FRAUD_OFFICER)


def at(claim: BankClaim, rest: str = "") -> str:
    case = db.session.get_one(CaseFile, claim.case_id)
    return f"/fraud/cases/{case.reference}/claims/{claim.id}{rest}"


def a_claim_of(**known: Any) -> BankClaim:
    case = a_fraud_case()
    return a_claim(case, a_loss(case, receiving_account="00-00-12 87654321"), **known)


def test_a_payment_shows_why_its_scheme_its_limits_and_what_can_be_tried(officer: Any):
    case = a_fraud_case(reported_pence=90_000_50)
    assert officer.submit(f"/fraud/cases/{case.reference}/loss", **LOSS).status_code == 302
    page = text_of(officer.get(f"/fraud/cases/{case.reference}"))
    assert "on 2 November 2026, on or after 7 October 2024." in page
    assert "It pays £85,000.00 of this payment at most." in page
    assert "The payments here pass that by £5,000.50" in page
    assert "Last day to claim: 2 December 2027." in page
    assert "answer is expected by 30 November 2026, and due by 14 January 2027" in page
    assert "Last day: 2 November 2032." in page
    assert "To be verified" in page
    assert "To be asked" not in page


def test_a_credit_card_payment_shows_the_day_of_its_chargeback_and_no_late_one(officer: Any):
    case = a_fraud_case()
    for paid_on in (date(2026, 7, 15), date(2026, 11, 2)):
        a_loss(case, method=PaymentMethod.CARD_CREDIT, amount_pence=500_00, paid_on=paid_on)
    page = text_of(officer.get(f"/fraud/cases/{case.reference}"))
    assert "By chargeback; otherwise no time limit known" in page
    assert "Last day to claim by the chargeback beside it: 2 March 2027" in page
    assert "No time limit known; a chargeback had until 12 November 2026" in page
    assert "late" not in page.split("Why, and what can still be tried")[0]


@pytest.mark.parametrize("typed", ["1 234,50", "2k", "-5", "9" * 20, "£", "1.234,5", "one"])
def test_an_amount_that_cannot_be_read_is_refused_and_kept_in_its_box(officer: Any, typed: str):
    case = a_fraud_case()
    answer = officer.submit(f"/fraud/cases/{case.reference}/loss", **LOSS | {"amount": typed})
    assert answer.status_code in {200, 422}
    html = answer.get_data(as_text=True)
    assert 'id="amount-error"' in html
    assert f'value="{typed}"' in html
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == 0


def test_an_unlikely_date_is_asked_about_and_taken_with_a_tick(officer: Any):
    with clock.fixed(datetime(2026, 11, 16, 9, 0, tzinfo=UTC)):
        case = a_fraud_case()
    where = f"/fraud/cases/{case.reference}/loss"
    late = LOSS | {"paid_on": ["18", "11", "2026"]}
    asked = officer.submit(where, **late)
    assert "It was reported on 16 November 2026, before this payment." in text_of(asked)
    assert officer.submit(where, **late, dates_are_right="y").status_code == 302


def test_the_firm_of_the_directory_answers_whether_it_had_signed(officer: Any):
    a_bank("Sample Bank", brands="Sample Direct", crm_from=None)
    case = a_fraud_case()
    old = LOSS | {"paid_on": ["6", "10", "2024"], "sending_bank": "sample  direct"}
    officer.submit(f"/fraud/cases/{case.reference}/loss", **old)
    loss = db.session.scalars(sa.select(Loss)).one()
    assert (loss.had_signed, loss.scheme) == (Known.NO, Scheme.NONE)


def test_a_claim_is_worked_from_call_to_ombudsman(officer: Any):
    claim = a_claim_of(bank_id=a_bank().id)
    contact = {
        "channel": "call_out",
        "on": ["20", "11", "2026"],
        "words": "They ask for statements",
        "spoke_to": "Kim",
        "next_step": "Ring again",
        "next_on": ["27", "11", "2026"],
    }
    assert officer.submit(at(claim, "/contact"), **contact).status_code == 302
    clock_form = {"on": ["20", "11", "2026"], "words": "Statements"}
    assert officer.submit(at(claim, "/clock"), **clock_form).status_code == 302
    assert "Clock stopped by the firm on 20 November 2026" in text_of(officer.get(at(claim)))
    assert officer.submit(at(claim, "/clock"), on=["20", "11", "2026"]).status_code == 302
    refusal = {"answer": "refused", "on": ["20", "11", "2026"]}
    assert "Choose why it was refused." in text_of(officer.submit(at(claim, "/reply"), **refusal))
    refusal["ground"] = "ignored_warning"
    assert officer.submit(at(claim, "/reply"), **refusal).status_code == 302
    sent = {"step": "sent", "on": ["23", "11", "2026"], "reference": "FOS-77"}
    assert officer.submit(at(claim, "/ombudsman"), **sent).status_code == 302
    page = text_of(officer.get(at(claim)))
    assert "Refused: The victim went past a warning" in page
    assert "With the ombudsman since 23 November 2026, reference FOS-77" in page
    assert "The most it may award is not known here" in page
    for words in ("Kim", "They ask for statements", "Clock runs again", "Sent to the ombudsman"):
        assert words in page
    listed = text_of(officer.get("/fraud/claims/?which=ombudsman"))
    assert "Sample Bank" in listed
    assert officer.submit(at(claim, "/end"), reason="Decided elsewhere").status_code == 302
    db.session.rollback()
    row = db.session.get_one(BankClaim, claim.id)
    assert (row.refusal_ground, row.status) == (RefusalGround.IGNORED_WARNING, ClaimStatus.REFUSED)
    assert row.ended_on == date(2026, 11, 23)


def test_a_letter_is_begun_written_printed_and_written_into_the_log(officer: Any):
    claim = a_claim_of()
    begun = officer.submit(at(claim, "/letter"), kind="claim")
    where = begun.headers["Location"]
    assert "Not finished." in text_of(officer.get(f"{where}/print"))
    unfinished = officer.submit(f"{where}/print", on=["23", "11", "2026"])
    assert "Fill in what still stands in brackets" in text_of(unfinished)
    assert officer.submit(where, words="Please pay it back.").status_code == 302
    letter = text_of(officer.get(f"{where}/print"))
    assert "Dear fraud team, Please pay it back. Our reference is" in letter
    assert officer.submit(f"{where}/print", on=["23", "11", "2026"]).status_code == 302
    assert "Letter: We wrote a letter" in text_of(officer.get(at(claim)))
    db.session.rollback()
    assert db.session.scalars(sa.select(ClaimLetter.sent_on)).one() == date(2026, 11, 23)


def test_who_may_not_see_the_bank_reads_neither_firm_nor_words_of_the_log(desk: Any):
    claim = a_claim_of(bank_id=a_bank().id)
    a_letter(claim)
    leader = desk(Role.TEAM_LEADER, team="North")
    page = text_of(leader.get(at(claim)))
    assert leader.get(at(claim)).status_code in {200, 404}
    for words in ("Sample Bank", "87654321"):
        assert words not in page
    listed = text_of(leader.get("/fraud/claims/"))
    assert "Sample Bank" not in listed
    assert leader.get(at(claim, "/contact")).status_code == 403


def test_the_directory_is_kept_by_officers_and_both_versions_are_shown(officer: Any):
    added = officer.submit("/fraud/banks/new", name="Sample Bank", telephone="0808 157 0192")
    assert added.status_code == 302
    bank = db.session.scalars(sa.select(BankContact)).one()
    where = f"/fraud/banks/{bank.id}"
    assert "0808 157 0192" in text_of(officer.get("/fraud/banks/"))
    changed = officer.submit(f"{where}/change", name="Sample Bank", opening="At any time")
    assert changed.status_code == 302
    stale = officer.submit(f"{where}/change", name="Sample Bank", opening="Never", version="1")
    assert "Somebody else has saved this" in text_of(stale)
    page = officer.get(where)
    assert "At any time" in text_of(page)
    assert "Not known: ask the firm" in text_of(page)


def test_a_directory_without_a_firm_leads_to_the_first(officer: Any):
    assert "Add the first firm" in text_of(officer.get("/fraud/banks/"))
    assert "No claim is in this list." in text_of(officer.get("/fraud/claims/"))

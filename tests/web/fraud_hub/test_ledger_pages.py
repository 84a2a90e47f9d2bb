"""The pages of the ledger: entries behind each total, the second person, months and letters."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub.models import (
    BankLetter,
    LedgerEntry,
    LedgerProposal,
    LetterLine,
    MonthClose,
    OpeningBalance,
)
from tests.pages import form_of, text_of
from tests.work.fraud_hub.builders import a_fraud_case, a_loss, money_back, prevented

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONEY = {
    "amount": "6,000",
    "received_on": ["20", "11", "2026"],
    "route": "bank_goodwill",
    "contribution": "advocated",
    "evidence": "FPR-77",
}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk: Any, monday: None) -> Any:
    return desk(Role.FRAUD_OFFICER, name="Ada Quill")


@pytest.fixture
def other(desk: Any, monday: None) -> Any:
    return desk(Role.FRAUD_OFFICER, name="Ben Rook")


def one(model: type) -> Any:
    db.session.rollback()
    return db.session.scalars(sa.select(model).order_by(model.id.desc())).first()


def test_above_the_limit_the_page_says_it_waits_and_another_person_approves(
    officer: Any, other: Any
):
    case = a_fraud_case()
    loss = a_loss(case, amount_pence=20_000_00)
    reference = case.reference
    officer.submit(f"/fraud/cases/{reference}/money-back", loss=str(loss.id), **MONEY)
    waits = text_of(officer.get(f"/fraud/cases/{reference}"))
    assert "waits for a second person" in waits
    assert "£5,000.00" in waits
    assert one(LedgerEntry) is None
    waiting = one(LedgerProposal).id
    mine = officer.get(f"/fraud/approvals/{waiting}")
    assert "It waits for somebody else." in mine.text
    assert "Save your decision" not in mine.text
    answer = other.submit(f"/fraud/approvals/{waiting}", decision="refuse", because="")
    assert "Enter why you refuse it" in answer.text
    answer = officer.post(
        f"/fraud/approvals/{waiting}",
        data={"decision": "approve", "csrf_token": _token(officer)},
    )
    assert "Somebody else must approve or refuse it" in answer.text
    assert one(LedgerEntry) is None
    assert reference in other.get("/fraud/approvals").text
    assert other.submit(f"/fraud/approvals/{waiting}", decision="approve").status_code == 302
    assert one(LedgerEntry).approved_by_name == "Ben Rook"
    assert "Nothing waits" in text_of(other.get("/fraud/approvals"))
    assert reference in other.get("/fraud/approvals?state=approved").text
    assert "Approved by Ben Rook" in text_of(other.get("/fraud/ledger/"))


def _token(browser: Any) -> str:
    return form_of(browser.get("/fraud/opening"))["csrf_token"]


def test_the_entries_are_narrowed_and_come_to_their_sum(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case, sending_bank="Sample Bank")
    money_back(case, loss, amount_pence=123_45)
    prevented(case, amount_pence=50_00)
    page = text_of(officer.get("/fraud/ledger/"))
    assert "2 entries" in page
    assert "£123.45" in page
    assert "£50.00" in page
    kind = text_of(officer.get("/fraud/ledger/?kind=prevented"))
    assert "1 entry" in kind
    assert "£123.45" not in kind
    did = text_of(officer.get("/fraud/ledger/?contribution=through_beacon&kind=recovered"))
    assert "1 entry" in did
    days = "first=21&first=11&first=2026"
    assert "no such entries" in text_of(officer.get(f"/fraud/ledger/?{days}"))
    assert "1 entry" in text_of(officer.get("/fraud/ledger/?bank=sample+BANK"))
    assert "no such entries" in text_of(officer.get("/fraud/ledger/?bank=Other"))
    turned = "first=21&first=11&first=2026&last=20&last=11&last=2026"
    assert "must not be before the first" in officer.get(f"/fraud/ledger/?{turned}").text
    assert "2 entries" in text_of(officer.get("/fraud/ledger/?kind=nonsense&route=x&standing=y"))


def test_entries_leave_as_files_without_formulas_and_without_references_for_leaders(
    officer: Any, desk: Any
):
    case = a_fraud_case()
    money_back(case, a_loss(case), amount_pence=123_45, evidence='=HYPERLINK("x")')
    text = officer.get("/fraud/ledger.csv").get_data().decode("utf-8-sig")
    assert "\n" in text
    assert "'=HYPERLINK" in text
    assert ",12345,123.45," in text
    book = openpyxl.load_workbook(io.BytesIO(officer.get("/fraud/ledger.xlsx").get_data()))
    rows = list(book["Ledger"].values)
    assert rows[1][7] == 12345
    assert str(rows[1][9]).startswith("'=")
    leader = desk(Role.TEAM_LEADER, team="North")
    assert "HYPERLINK" not in leader.get("/fraud/ledger.csv").get_data(as_text=True)
    assert desk(Role.CASE_MANAGER).get("/fraud/ledger.csv").status_code == 403


def test_a_month_is_closed_on_its_page_and_its_figures_lead_to_their_entries(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case, paid_on=date(2026, 9, 1))
    money_back(case, loss, received_on=date(2026, 10, 5), amount_pence=123_45)
    assert "Next: October 2026" in text_of(officer.get("/fraud/months"))
    assert officer.submit("/fraud/months").status_code == 302
    page = officer.get("/fraud/months")
    assert "not over yet" in page.text
    assert "£123.45" in page.text
    assert "first=1&amp;first=10&amp;first=2026&amp;last=31&amp;last=10&amp;last=2026" in page.text
    close = one(MonthClose).id
    assert "£123.45" in officer.get(f"/fraud/months/{close}").text
    assert officer.get("/fraud/months/999").status_code == 404


def test_a_published_figure_is_logged_approved_and_reversed(officer: Any, other: Any):
    facts = {"year": "2019", "kind": "recovered", "amount": "300,000", "source": "Annual report"}
    assert officer.submit("/fraud/opening", **facts).status_code == 302
    waiting = one(LedgerProposal).id
    assert "2019/20" in other.get(f"/fraud/approvals/{waiting}").text
    other.submit(f"/fraud/approvals/{waiting}", decision="approve")
    assert "£300,000.00 recovered through Beacon since 2019" in text_of(
        officer.get("/fraud/opening")
    )
    again = officer.submit("/fraud/opening", **facts)
    assert "kept already" in again.text
    opening = one(OpeningBalance).id
    done = officer.submit(f"/fraud/opening/{opening}/reverse", reason="Counted twice")
    assert done.status_code == 302
    other.submit(f"/fraud/approvals/{one(LedgerProposal).id}", decision="approve")
    assert "£0.00 recovered through Beacon since 2019" in text_of(officer.get("/fraud/opening"))


def test_a_letter_is_previewed_kept_and_logged_line_by_line(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case)
    content = (
        "reference,date,amount,payee,our_reference\n"
        f"SB-1,2026-11-20,100.00,Current,{case.reference}\n,,,,x\n"
    )
    file = {"file": (io.BytesIO(content.encode()), "letter.csv")}
    preview = officer.submit("/fraud/letters", **file)
    assert "Not logged yet" in preview.text
    assert "reference is missing" in preview.text
    assert one(BankLetter) is None
    kept = officer.post("/fraud/letters/keep", data=form_of(preview))
    assert kept.status_code == 302
    line = one(LetterLine)
    address = f"/fraud/letters/{line.letter_id}/lines/{line.id}"
    assert "Log it" in officer.get(f"/fraud/letters/{line.letter_id}").text
    page = officer.get(address)
    assert 'value="SB-1"' in page.text
    done = officer.submit(address, loss=str(loss.id), route="bank_goodwill", contribution="advised")
    assert done.status_code == 302
    entry = one(LedgerEntry)
    assert (entry.amount_pence, entry.evidence) == (100_00, "SB-1")
    assert "Logged the same" in officer.get(f"/fraud/letters/{line.letter_id}").text
    bad = {"file": (io.BytesIO(b"nothing"), "letter.csv")}
    assert "This is not a bank letter file" in officer.submit("/fraud/letters", **bad).text
    gone = officer.post("/fraud/letters/keep", data=form_of(preview))
    assert gone.status_code == 302

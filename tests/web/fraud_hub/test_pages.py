"""The hub's pages: the new total, errors beside their boxes, and who may not open them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub.models import LedgerEntry, Loss
from tests.factories import TEST, a_case
from tests.kin import restricted
from tests.pages import form_of, text_of
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, money_back, prevented

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOSS = {
    "amount": "1,234.56",
    "paid_on": ["2", "11", "2026"],
    "method": "faster_payment",
    "authorised": "yes",
    "sending_bank": "Sample Bank",
}
MONEY = {
    "amount": "£400.50",
    "received_on": ["20", "11", "2026"],
    "route": "psr_reimbursement",
    "contribution": "advocated",
    "evidence": "FPR-77",
}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk: Any, monday: None) -> Any:
    return desk(Role.FRAUD_OFFICER)


def at(case: CaseFile, rest: str = "") -> str:
    return f"/fraud/cases/{case.reference}{rest}"


def box_error(answer: Any, box: str) -> str:
    """The error sentence beside a box, through the description the box names."""
    html = answer.get_data(as_text=True)
    mark = f'id="{box}-error"'
    assert mark in html, f"no error beside {box}"
    return html.split(mark, 1)[1].split("</p>", 1)[0]


@pytest.mark.proves("Z-08")
def test_the_hub_of_one_day_shows_no_money_of_a_case_that_is_closed_to_one(desk: Any):
    case = restricted(a_fraud_case(reported_pence=9_123_45))
    browser = desk(Role.CASE_MANAGER, team="South")
    assert browser.get(at(case)).status_code == 404
    day = clock.today()
    asked = "&".join(f"{box}={part}" for box in ("first", "last")
                     for part in (day.day, day.month, day.year))  # fmt: skip
    page = browser.get(f"/fraud/?{asked}")
    assert "£9,123.45" not in page.text
    assert "£0.00 lost" in text_of(page)
    assert "only the cases that you may open" in text_of(page)
    db.session.rollback()
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("fraud.totals_shown", f"{day}/{day}")


def test_a_loss_and_money_back_are_logged_and_the_hub_shows_the_new_total(officer: Any):
    case = a_fraud_case(reported_pence=9_000_00)
    assert "£9,000.00 lost" in text_of(officer.get("/fraud/"))
    logged = officer.submit(at(case, "/loss"), **LOSS)
    assert logged.status_code == 302
    assert "£1,234.56 lost" in text_of(officer.get("/fraud/"))
    loss_id = db.session.scalar(sa.select(Loss.id))
    logged = officer.submit(at(case, "/money-back"), loss=str(loss_id), **MONEY)
    assert logged.status_code == 302
    hub = text_of(officer.get("/fraud/"))
    assert "£400.50 recovered through Beacon" in hub
    assert "£400.50 recovered in all" in hub
    assert "Money back logged." in hub
    assert "£834.06" in text_of(officer.get(at(case)))  # still out


def test_a_form_sent_twice_makes_one_entry(officer: Any):
    case = a_fraud_case()
    answers = form_of(officer.get(at(case, "/loss"))) | LOSS
    first, again = (officer.post(at(case, "/loss"), data=answers) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == 1


@pytest.mark.parametrize(
    ("wrong", "box", "sentence"),
    [
        ({"amount": ""}, "amount", "Enter the amount of this payment"),
        ({"amount": "0"}, "amount", "above £0.00"),
        ({"amount": "-5"}, "amount", "not below zero"),
        ({"paid_on": ["24", "11", "2026"]}, "paid_on", "today or in the past"),
        ({"paid_on": ["31", "2", "2026"]}, "paid_on", "real date"),
        ({"method": "barter"}, "method", "Choose one of the answers"),
        ({"authorised": ""}, "authorised", "Say whether"),
    ],
)
def test_what_is_wrong_with_a_loss_is_said_beside_its_box(
    officer: Any, wrong: dict[str, Any], box: str, sentence: str
):
    answer = officer.submit(at(a_fraud_case(), "/loss"), **LOSS | wrong)
    assert answer.status_code == 200
    assert sentence in box_error(answer, box)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == 0


@pytest.mark.parametrize(
    ("wrong", "box", "sentence"),
    [
        ({"amount": "1,000.01"}, "amount", "Only £1,000.00 of this loss is still out"),
        ({"route": "chargeback"}, "route", "does not apply to this payment"),
        ({"evidence": ""}, "evidence", "Enter the reference"),
        ({"received_on": ["1", "11", "2026"]}, "received_on", "before it was paid"),
        ({"loss": "999999"}, "loss", "Choose one of the answers"),
    ],
)
def test_what_is_wrong_with_money_back_is_said_beside_its_box(
    officer: Any, wrong: dict[str, Any], box: str, sentence: str
):
    case = a_fraud_case()
    loss = a_loss(case)
    answer = officer.submit(at(case, "/money-back"), **MONEY | {"loss": str(loss.id)} | wrong)
    assert answer.status_code == 200
    assert sentence in box_error(answer, box)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LedgerEntry)) == 0


def test_a_reference_logged_by_somebody_else_is_refused_beside_its_box(officer: Any):
    other = a_fraud_case()
    money_back(other, a_loss(other), evidence="FPR-77")
    case = a_fraud_case()
    loss = a_loss(case)
    answer = officer.submit(at(case, "/money-back"), **MONEY | {"loss": str(loss.id)})
    assert "already logged" in box_error(answer, "evidence")
    assert other.reference not in text_of(answer)


def test_a_claim_and_its_answer_are_logged_from_their_pages(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case)
    claim = {"loss": str(loss.id), "amount": "1000", "made_on": ["9", "11", "2026"]}
    assert officer.submit(at(case, "/claim"), **claim).status_code == 302
    waiting = text_of(officer.get("/fraud/cases/?waiting=reply"))
    assert case.reference in waiting
    assert "Mon 16 Nov" in waiting
    claim_id = db.session.scalar(sa.text("SELECT id FROM bank_claim"))
    reply = {"answer": "agreed", "on": ["16", "11", "2026"]}
    address = at(case, f"/claims/{claim_id}/reply")
    assert "Enter the amount that was agreed" in box_error(
        officer.submit(address, **reply), "agreed"
    )
    assert officer.submit(address, **reply, agreed="900").status_code == 302
    assert "£900.00 agreed" in text_of(officer.get(at(case)))


def test_money_prevented_and_a_reversal_are_logged_from_their_pages(officer: Any):
    case = a_fraud_case()
    safe = {
        "amount": "250",
        "on": ["20", "11", "2026"],
        "route": "bank_blocked",
        "contribution": "advised",
    }
    assert officer.submit(at(case, "/prevented"), **safe).status_code == 302
    assert "£250.00 prevented" in text_of(officer.get("/fraud/"))
    entry_id = db.session.scalar(sa.select(LedgerEntry.id))
    address = at(case, f"/entries/{entry_id}/reverse")
    assert "Enter why" in box_error(officer.submit(address, reason=""), "reason")
    assert officer.submit(address, reason="Wrong case").status_code == 302
    assert "£0.00 prevented" in text_of(officer.get("/fraud/"))


def test_a_loss_is_taken_back_from_its_page(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case)
    taken = officer.submit(at(case, f"/losses/{loss.id}/withdraw"), reason="Typed twice")
    assert taken.status_code == 302
    assert "Typed twice" in text_of(officer.get(at(case)))


def test_the_period_of_the_hub_can_be_chosen(officer: Any):
    case = a_fraud_case()
    money_back(case, a_loss(case))
    query = "first=1&first=1&first=2026&last=31&last=10&last=2026"
    earlier = text_of(officer.get(f"/fraud/?{query}"))
    assert "Money from 1 January 2026 to 31 October 2026" in earlier
    assert "£0.00 recovered in all" in earlier
    turned = officer.get("/fraud/?first=2&first=11&first=2026&last=1&last=11&last=2026")
    assert "must not be before" in box_error(turned, "last")


def test_the_chart_is_an_image_without_style_or_script(officer: Any):
    case = a_fraud_case()
    money_back(case, a_loss(case))
    answer = officer.get("/fraud/recovered-by-month.svg")
    drawn = answer.get_data(as_text=True)
    assert answer.mimetype == "image/svg+xml"
    assert "£400" in drawn
    assert not [word for word in ("<style", "style=", "<script", "onload") if word in drawn]


def test_a_page_of_a_case_shows_the_report_and_what_is_sealed_to_the_officer(officer: Any):
    case = a_fraud_case(
        reported_pence=9_000_00, sending_bank="Sample Bank", still_paying=True, vulnerable=True
    )
    page = text_of(officer.get(at(case)))
    assert "£9,000.00" in page
    assert "Sample Bank" in page
    assert "still paying" in page


def test_a_case_manager_reads_the_money_of_an_own_case_without_the_bank(desk: Any):
    manager = desk(Role.CASE_MANAGER)
    case = a_fraud_case(sending_bank="Sample Bank")
    a_loss(case, receiving_bank="Other Bank")
    assert manager.get(at(case)).status_code == 404  # nobody's yet
    person = db.session.get_one(Staff, manager.person_id)
    cases.assign_manager(case, person, version=case.version, actor=TEST)
    page = text_of(manager.get(at(case)))
    assert "£1,000.00" in page
    assert "Sample Bank" not in page
    assert "Other Bank" not in page
    assert "Log a loss" not in page
    assert manager.get(at(case, "/loss")).status_code == 403


@pytest.mark.parametrize(
    "role",
    [
        Role.INTAKE_OFFICER,
        Role.COURT_OFFICER,
        Role.PARTNER,
        Role.ANALYST,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ],
)
def test_other_roles_may_not_open_the_hub(desk: Any, role: Role):
    browser = desk(role, agency="Sample Agency")
    case = a_fraud_case()
    for address in ("/fraud/", "/fraud/cases/", "/fraud/recovered-by-month.svg", at(case)):
        assert browser.get(address).status_code == 403
    assert "Fraud hub" not in text_of(browser.get("/fraud/"))


def test_what_is_not_a_fraud_case_or_not_of_this_case_is_not_found(officer: Any):
    burglary, case, other = a_case(), a_fraud_case(), a_fraud_case()
    loss = a_loss(other)
    claim, entry = a_claim(other, loss), prevented(other)
    addresses = [
        at(burglary),
        at(burglary, "/loss"),
        "/fraud/cases/nonsense",
        at(case, f"/claims/{claim.id}/reply"),
        at(case, f"/entries/{entry.id}/reverse"),
        at(case, f"/losses/{loss.id}/withdraw"),
    ]
    assert [officer.get(address).status_code for address in addresses] == [404] * 6


def test_opening_a_case_or_a_list_is_written_down_first(officer: Any):
    case = a_fraud_case()
    officer.get(at(case))
    officer.get("/fraud/cases/")
    seen = db.session.scalars(
        sa.select(AuditEntry.action)
        .where(AuditEntry.actor_id == officer.person_id)
        .order_by(AuditEntry.seq)
    ).all()
    assert seen == ["fraud.case_shown", "case_file.shown"]


def test_every_list_of_an_empty_hub_says_so(officer: Any):
    for waiting in ("", "first_contact", "reply", "no_loss", "nonsense"):
        assert officer.get(f"/fraud/cases/?waiting={waiting}").status_code == 200
    assert "Nothing waits here" in text_of(officer.get("/fraud/cases/?waiting=reply"))


def test_the_page_of_the_case_leads_to_its_money(officer: Any):
    case = a_fraud_case(reported_pence=100_00)
    answer = officer.get(f"/cases/{case.reference}")
    assert "Money lost and recovered" in text_of(answer)
    assert f"/fraud/cases/{case.reference}" in answer.get_data(as_text=True)

"""The pages of the board, of support, of stops and of outreach, and what leaves as files."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub.models import (
    LedgerEntry,
    OutreachCase,
    OutreachEvent,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)
from beacon.fraud_hub.terms import Contribution
from tests.kin import restricted
from tests.pages import text_of
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, money_back, prevented
from tests.work.fraud_hub.support import a_call, a_check, a_loan, an_event

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = ["23", "11", "2026"]
CALL = {
    "bank": "Sample Bank",
    "branch": "Hertford",
    "called_at": ["20", "11", "2026"],
    "called_at-time": "10:15",
    "incident": "HC-20112026-7",
    "at_risk": "5,000",
    "stopped": "4,000.50",
    "scam": "impersonation",
    "believed": "no",
    "safeguarding": "yes",
    "repeat": "no",
}
EVENT = {
    "held_on": ["20", "11", "2026"],
    "kind": "workshop",
    "audience": "older_people",
    "place": "Sample Hall",
    "district": "Stevenage",
    "attendance": "31",
    "staff": "Fay Teller",
    "signs": "4",
}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk: Any, monday: None) -> Any:
    return desk(Role.FRAUD_OFFICER)


def one(model: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(sa.select(model)).one()


def test_an_empty_hub_says_what_will_be_here(officer: Any):
    page = text_of(officer.get("/fraud/"))
    assert "Nothing is in the hub yet. This page will show" in page


def test_the_public_figure_has_its_definition_under_it_and_every_chart_its_table(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case)
    money_back(case, loss)
    a_claim(case, a_loss(case, amount_pence=50_00), firm="Sample Bank")
    answer = officer.get("/fraud/")
    page = text_of(answer)
    assert "£400.00 recovered through Beacon" in page
    assert "Recovered through Beacon: money that victims of fraud received back" in page
    html = answer.get_data(as_text=True)
    figures = html.split('<figure class="beacon-chart">')[1:]
    assert len(figures) == 7
    assert all(("<svg" in one or "<img" in one) and "<table" in one for one in figures)
    assert "Sample Bank" in page
    assert "0 of 0, too few for a percentage" in page


def test_who_may_not_see_banks_sees_no_bank_on_the_board_nor_in_its_files(desk: Any):
    case = a_fraud_case()
    a_claim(case, a_loss(case), firm="Sample Bank")
    leader = desk(Role.TEAM_LEADER)
    for where in ("/fraud/", "/fraud/board.csv", "/fraud/board/claims?firm=Sample+Bank"):
        answer = leader.get(where)
        assert answer.status_code == 200
        assert "Sample Bank" not in answer.get_data(as_text=True)
    assert "Only fraud officers see which bank was asked." in text_of(leader.get("/fraud/"))


def test_the_figures_lead_down_to_their_rows(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case, amount_pence=1_234_56)
    money_back(case, loss, amount_pence=400_00)
    prevented(case, amount_pence=33_00)
    for where, amount in (
        ("/fraud/board/losses?by=type&row=purchase", "£1,234.56"),
        ("/fraud/board/money?kind=recovered&through=beacon", "£400.00"),
        ("/fraud/board/money?kind=prevented", "£33.00"),
    ):
        page = text_of(officer.get(where))
        assert (case.reference in page, amount in page) == (True, True), where
    assert "No row that you may see" in text_of(officer.get("/fraud/board/claims?age=longer"))


def test_the_workbook_holds_no_formula_and_the_same_figures(officer: Any):
    case = a_fraud_case()
    loss = a_loss(case)
    money_back(case, loss)
    a_claim(case, a_loss(case), firm='=HYPERLINK("https://example.org")')
    book = load_workbook(io.BytesIO(officer.get("/fraud/board.xlsx").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book["Money"]["B2"].value == "400.00"
    plain = officer.get("/fraud/board.csv").data.decode("utf-8-sig")
    assert "\n=" not in plain
    assert ",=" not in plain
    assert '"=' not in plain


def test_who_reads_totals_alone_sees_no_small_number_and_no_link_to_a_row(desk: Any):
    with clock.fixed(MONDAY - timedelta(days=60)):
        for _ in range(6):
            a_loss(a_fraud_case(), paid_on=clock.today())
        a_call()
        an_event(held_on=clock.today())
    analyst = desk(Role.ANALYST)
    answer = analyst.get("/fraud/figures")
    page = text_of(answer)
    assert "£6,000.00 lost" in page
    assert "Too few to show." in page  # one call
    assert "Events hidden" in page
    assert "/fraud/cases/" not in answer.get_data(as_text=True)
    assert "/fraud/board/" not in answer.get_data(as_text=True)
    assert analyst.get("/fraud/figures.xlsx").status_code == 200
    assert analyst.get("/fraud/").status_code == 403


def test_too_few_cases_show_no_figure_at_all(desk: Any):
    with clock.fixed(MONDAY - timedelta(days=60)):
        a_loss(a_fraud_case(), paid_on=clock.today(), amount_pence=9_876_54)
    analyst = desk(Role.ANALYST)
    page = analyst.get("/fraud/figures")
    assert "too few cases" in text_of(page)
    assert "9,876" not in page.get_data(as_text=True)
    book = load_workbook(io.BytesIO(analyst.get("/fraud/figures.xlsx").data))
    assert [sheet.title for sheet in book] == ["Figures"]
    assert "Fraud" not in text_of(desk(Role.COURT_OFFICER).get("/fraud/figures"))


def test_equipment_is_lent_listed_and_comes_back(officer: Any):
    case = a_fraud_case()
    at = f"/fraud/cases/{case.reference}/support"
    given = {"kind": "call_blocker", "state": "lent", "on": DAY}
    refused = officer.submit(f"{at}/new", **given)
    assert "Enter the serial number" in text_of(refused)
    added = officer.submit(f"{at}/new", **given, serial="TC-9", due_back_on=["1", "3", "2027"])
    assert added.status_code == 302
    assert "TC-9" in text_of(officer.get(at))
    assert case.reference in text_of(officer.get("/fraud/equipment/"))
    item = one(SupportItem)
    back = officer.submit(f"{at}/{item.id}/back", state="returned", on=DAY)
    assert back.status_code == 302
    assert "Nothing is lent." in text_of(officer.get("/fraud/equipment/"))


def test_a_check_is_listed_and_what_they_say_is_written_down_once(officer: Any):
    case = a_fraud_case()
    check = a_check(case)
    assert case.reference in text_of(officer.get("/fraud/checks/"))
    at = f"/fraud/cases/{case.reference}/checks/{check.id}"
    answers = {"outcome": "again_lost", "channel": "phone", "on": DAY, "words": "A new caller"}
    assert officer.submit(at, **answers).status_code == 302
    assert "A victim again, and lost money" in text_of(
        officer.get(f"/fraud/cases/{case.reference}/support")
    )
    again = officer.submit(at, **answers | {"outcome": "not_again"})
    assert "already written down this check" in text_of(again)
    assert one(RepeatCheck).outcome == "again_lost"


def test_a_call_is_written_down_and_counted_as_prevented_once(officer: Any):
    case = a_fraud_case()
    assert officer.submit("/fraud/protocol/new", **CALL).status_code == 302
    call = one(ProtocolCall)
    assert (call.stopped_pence, call.called_at) == (
        4_000_50,
        datetime(2026, 11, 20, 10, 15, tzinfo=UTC),
    )
    at = f"/fraud/protocol/{call.id}/count"
    wrong = officer.submit(at, case="BCN-ZZZZZ", contribution="advised")
    assert "There is no fraud case of yours with this reference" in text_of(wrong)
    counted = officer.submit(at, case=case.reference, contribution="advised")
    assert counted.status_code == 302
    assert "already counted" in text_of(
        officer.submit(at, case=case.reference, contribution="advised")
    )
    assert one(LedgerEntry).contribution is Contribution.ADVISED
    assert "£4,000.50 prevented" in text_of(officer.get("/fraud/"))


def test_a_case_that_is_closed_to_one_cannot_be_named_for_a_call_or_an_event(officer: Any):
    case = restricted(a_fraud_case())
    event = an_event()
    for where, more in (("/fraud/protocol/new", CALL), (f"/fraud/outreach/{event.id}/case", {})):
        refused = officer.submit(where, **more, case=case.reference)
        assert "There is no fraud case of yours with this reference" in text_of(refused)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ProtocolCall)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutreachCase)) == 0


def test_an_event_is_written_down_and_a_case_is_linked_to_it(officer: Any):
    case = a_fraud_case()
    assert officer.submit("/fraud/outreach/new", **EVENT).status_code == 302
    event = one(OutreachEvent)
    assert (event.attendance, event.signs, event.leaflets) == (31, 4, 0)
    linked = officer.submit(f"/fraud/outreach/{event.id}/case", case=case.reference.lower())
    assert linked.status_code == 302
    assert case.reference in text_of(officer.get(f"/fraud/outreach/{event.id}"))
    assert "Sample Hall" in text_of(officer.get("/fraud/outreach/"))


def test_a_case_manager_reads_and_changes_nothing(desk: Any):
    manager = desk(Role.CASE_MANAGER)
    a_loan(a_fraud_case())
    for where in ("/fraud/protocol/", "/fraud/outreach/", "/fraud/equipment/", "/fraud/checks/"):
        assert manager.get(where).status_code == 200
    for where in ("/fraud/protocol/new", "/fraud/outreach/new"):
        assert manager.get(where).status_code == 403


def test_open_claims_whose_ages_are_hidden_are_not_said_to_be_none(desk: Any):
    for days in (0, 0, 0, 30, 30, 30):
        with clock.fixed(MONDAY - timedelta(days=60)):
            case = a_fraud_case()
            loss = a_loss(case, paid_on=clock.today())
        a_claim(case, loss, made_on=MONDAY.date() - timedelta(days=days))
    page = text_of(desk(Role.ANALYST).get("/fraud/figures"))
    assert "No claim is open." not in page
    assert "or 15 working days after a complaint about a payment (8 weeks for a card)." in page
    assert "After 8 weeks" not in page
    assert "hidden hidden hidden hidden 6" in page, page[page.find("Open claims") :][:500]


def test_a_sum_of_fewer_than_five_cases_is_hidden_from_who_reads_totals_alone(desk: Any):
    with clock.fixed(MONDAY - timedelta(days=60)):
        made = [a_fraud_case() for _ in range(6)]
        losses = [a_loss(case, paid_on=clock.today()) for case in made]
        for case, loss in zip(made[:4], losses[:4], strict=True):
            a_claim(case, loss, made_on=clock.today())
            money_back(case, loss, received_on=clock.today())
        for case in made:
            prevented(case, on=clock.today())
    page = text_of(desk(Role.ANALYST).get("/fraud/figures"))
    assert "hidden claimed from firms" in page
    assert "hidden recovered in all" in page
    assert "hidden recovered through Beacon" in page
    assert "£1,500.00 prevented" in page
    assert "£6,000.00 lost" in page
    # The sums since 2019 are those of the same four cases, £400 back of each.
    assert "£1,600.00" not in page
    assert "Since 2019" not in page

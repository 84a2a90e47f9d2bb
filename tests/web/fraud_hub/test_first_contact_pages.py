"""The month's list, today's calls, and the forms of first contact."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements import commands as duties
from beacon.entitlements import queries as entitlements
from beacon.fraud_hub import queries
from beacon.fraud_hub.terms import Decision, Factor, Standing
from beacon.people.models import SafeContact
from beacon.people.terms import Safe
from tests.factories import TEST, a_victim
from tests.kin import restricted
from tests.pages import form_of, text_of
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, decided, triaged, tried

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPOKE = {"channel": "phone", "outcome": "spoke", "asked": "safe", "notes": "Will ring her bank."}
CLOSING = {"reason": "done", "note": "All is done.", "not_assessed": "declined"}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk: Any, monday: None) -> Any:
    return desk(Role.FRAUD_OFFICER)


def at(case: CaseFile, rest: str = "") -> str:
    return f"/fraud/cases/{case.reference}{rest}"


def standing(case: CaseFile) -> Standing:
    row = queries.row_of(TEST, case.id)
    assert row is not None
    return row.standing


def test_the_list_shows_each_report_with_its_source_its_standing_and_its_next_step(officer: Any):
    a_fraud_case(still_paying=True, reported_pence=123_45)
    a_fraud_case(recorded_at=datetime(2025, 12, 3, 12, tzinfo=UTC))
    page = text_of(officer.get("/fraud/month"))
    assert "Call today, tell the manager" in page
    assert "To be triaged" in page
    assert "£123.45" in page
    assert "Triage it" in page


def test_an_attempt_a_tick_list_and_a_decision_take_a_row_off_the_list(officer: Any):
    case = a_fraud_case()
    page = officer.get(at(case, "/attempt"))
    sent = form_of(page) | SPOKE
    assert officer.post(at(case, "/attempt"), data=sent).status_code == 302
    assert standing(case) is Standing.REACHED
    sent = form_of(officer.get(at(case, "/triage"))) | {"factors": ["bereaved", "romance"]}
    assert officer.post(at(case, "/triage"), data=sent).status_code == 302
    sent = form_of(officer.get(at(case, "/decide"))) | {"decision": "plan", "reason": "Wants it."}
    assert officer.post(at(case, "/decide"), data=sent).status_code == 302
    assert standing(case) is Standing.PLAN
    shown = text_of(officer.get(at(case)))
    assert "They get a plan" in shown
    assert "Bereaved or isolated" in shown
    assert case.reference not in text_of(officer.get("/fraud/month"))
    assert case.reference in text_of(officer.get("/fraud/month?standing=plan"))


def test_a_decision_without_an_attempt_is_refused_beside_its_box(officer: Any):
    case = a_fraud_case()
    page = officer.get(at(case, "/decide"))
    assert "Nobody has tried to reach them yet" in text_of(page)
    sent = form_of(page) | {"decision": "not_a_fraud", "reason": "A dispute."}
    answer = officer.post(at(case, "/decide"), data=sent)
    assert "Record an attempt, with its time, first." in text_of(answer)
    assert standing(case) is Standing.TRIAGE


def test_the_page_that_closes_a_case_names_the_decision_and_closes_nothing(officer: Any):
    case = a_fraud_case()
    for duty in entitlements.duties_owed(case.id):
        duties.not_applicable(duty, reason="Not this time.", actor=TEST)
    address = f"/cases/{case.reference}/close"
    page = officer.get(address)
    assert "The fraud hub has not decided" in text_of(page)
    answer = officer.post(address, data=form_of(page) | CLOSING)
    assert answer.status_code == 200
    assert db.session.get_one(CaseFile, case.id, populate_existing=True).is_open
    decided(case)
    page = officer.get(address)
    assert "The fraud hub has not decided" not in text_of(page)
    officer.post(address, data=form_of(page) | CLOSING)
    assert standing(case) is Standing.CLOSED


def test_one_press_records_a_call_that_nobody_answered(officer: Any):
    case = a_fraud_case(still_paying=True)
    page = officer.get("/fraud/today")
    assert "No answer" in text_of(page)
    sent = form_of(page)
    assert sent["seen"] == "0"
    assert officer.post(at(case, "/no-answer"), data=sent).status_code == 302
    assert standing(case) is Standing.TRYING
    stale = officer.post(at(case, "/no-answer"), data=sent, follow_redirects=True)
    assert standing(case) is Standing.TRYING
    assert stale.status_code == 200


def test_whoever_said_that_contact_is_not_safe_has_no_button_and_no_way(officer: Any):
    case = a_fraud_case(still_paying=True)
    with transaction() as session:
        said = session.query(SafeContact).filter_by(victim_id=case.victim_id).one_or_none()
        if said is None:
            said = SafeContact(victim_id=case.victim_id)
            session.add(said)
        said.overall = Safe.NO
    page = officer.get("/fraud/today")
    assert "Do not contact" in text_of(page)
    assert at(case, "/no-answer") not in page.text
    sent = form_of(officer.get(at(case, "/attempt"))) | SPOKE
    answer = officer.post(at(case, "/attempt"), data=sent)
    assert "They said that contact is not safe" in text_of(answer)
    assert queries.newest_contact(case.id) == 0


def test_today_names_the_bank_only_to_who_may_see_it(officer: Any, desk: Any):
    case = a_fraud_case()
    loss = a_loss(case)
    a_claim(case, loss, made_on=datetime(2026, 11, 9, tzinfo=UTC).date(), firm="Sample Bank")
    assert "Sample Bank" in text_of(officer.get("/fraud/today"))


def test_the_report_ticks_what_counts_until_a_person_says_otherwise(officer: Any):
    case = a_fraud_case(remote_access=True)
    page = officer.get(at(case, "/triage"))
    assert Factor.REMOTE_ACCESS.value in form_of(page)["factors"]
    answer = officer.post(at(case, "/triage"), data=form_of(page) | {"factors": []})
    assert "Enter how you know that this does not hold" in text_of(answer)
    assert queries.standing_triage(case.id) is None


def test_a_business_is_asked_for_whoever_speaks_for_it(officer: Any):
    firm = a_victim(first_name="", last_name="", organisation="Sample Bakery Ltd")
    case = a_fraud_case(victim=firm)
    assert "Business: nobody named yet" in text_of(officer.get("/fraud/month"))
    page = officer.get(at(case))
    assert "Nobody is named yet who speaks for the business" in text_of(page)
    assert f"/people/{firm.id}/around/new" in page.text


def test_the_case_page_says_where_it_stands(officer: Any):
    case = a_fraud_case(still_paying=True)
    page = text_of(officer.get(f"/cases/{case.reference}"))
    assert "Fraud: call today" in page
    assert "Decide how it leaves the month's list" in page


def test_intake_decides_of_a_case_and_reads_no_list(desk: Any):
    case = a_fraud_case()
    triaged(case)
    tried(case)
    intake = desk(Role.INTAKE_OFFICER)
    assert intake.get("/fraud/month").status_code == 403
    assert intake.get("/fraud/today").status_code == 403
    sent = form_of(intake.get(at(case, "/decide"))) | {"decision": "declined", "reason": "Said no."}
    answer = intake.post(at(case, "/decide"), data=sent)
    assert answer.location.endswith(f"/cases/{case.reference}")
    found = queries.standing_decision(case.id)
    assert found is not None
    assert found.decision is Decision.DECLINED


def test_a_restricted_case_is_absent_alike(officer: Any):
    case = restricted(a_fraud_case())
    for place in ("/attempt", "/triage", "/decide"):
        assert officer.get(at(case, place)).status_code == 404
    assert case.reference not in officer.get("/fraud/month").text


@pytest.mark.parametrize("word", ["nonsense", "2026-13", "0"])
def test_a_filter_that_cannot_be_used_is_left_out(officer: Any, word: str):
    a_fraud_case()
    asked = "&".join(
        f"{box}={word}" for box in ("month", "standing", "officer", "district", "level", "source")
    )
    assert officer.get(f"/fraud/month?{asked}").status_code == 200

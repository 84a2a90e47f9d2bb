"""Safeguarding on every screen, modern slavery, and anti-social behaviour through their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.risk import commands
from beacon.risk.commands import CheckGiven
from beacon.risk.models import (
    AsbApplication,
    AsbIncident,
    AsbThreshold,
    SafeguardingConcern,
    SlaveryReferral,
)
from beacon.risk.terms import ConcernOutcome
from tests.factories import TEST, a_case
from tests.pages import form_of, text_of
from tests.work.fraud_hub.builders import a_fraud_case
from tests.work.risk.builders import (
    MONDAY,
    a_concern,
    a_slavery_referral,
    an_asb_case,
    an_incident,
)

TODAY = MONDAY.date()
TOP = "Safeguarding concern: Child in need, section 17, made on 23 November 2026"
DAY_BOXES = ["23", "11", "2026"]


def at(case: CaseFile, rest: str = "") -> str:
    return f"/cases/{case.reference}{rest}"


def box_error(answer, box: str) -> str:
    html = answer.get_data(as_text=True)
    mark = f'id="{box}-error"'
    assert mark in html, f"no error beside {box}"
    return html.split(mark, 1)[1].split("</p>", 1)[0]


def first(model):
    db.session.rollback()
    return db.session.scalars(sa.select(model).order_by(model.id)).first()


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "/risk",
        "/risk/level",
        "/needs/new",
        "/contacts/new",
        "/orders/new",
        "/wishes/new",
        "/rights",
        "/safeguarding/new",
        "/asb/new",
    ],
)
def test_a_concern_stands_at_the_top_of_every_screen_of_the_case(browser, case, rest):
    a_concern(case)
    page = browser.get(at(case, rest))
    assert page.status_code == 200, rest
    words = text_of(page)
    assert words.index(TOP) < words.index("Amelia Hartwell")


def test_it_stands_on_the_pages_of_the_person_and_of_the_money_too(browser, desk, case, manager):
    a_concern(case)
    assert TOP in text_of(browser.get(f"/people/{case.victim_id}/contact"))
    fraud = a_fraud_case(manager=manager)
    a_concern(fraud)
    assert TOP in text_of(browser.get(f"/fraud/cases/{fraud.reference}"))
    assert TOP in text_of(desk(Role.INTAKE_OFFICER).get(at(case)))


def test_a_concern_that_is_over_still_stands_there(browser, case):
    concern = a_concern(case)
    over = CheckGiven(outcome=ConcernOutcome.ENDED, on=TODAY, words="They have moved.")
    commands.check_concern(case, concern, over, actor=TEST)
    assert f"{TOP}, ended, the risk is dealt with." in text_of(browser.get(at(case)))


def test_another_case_says_nothing_of_it(browser, case, manager):
    a_concern(case)
    other = a_case(manager=manager)
    for page in ("/", "/cases/", at(other)):
        assert "Safeguarding concern:" not in text_of(browser.get(page))


def test_who_may_not_open_the_case_reads_nothing_of_it(desk, case):
    a_concern(case)
    page = desk(Role.CASE_MANAGER, team="South").get(at(case))
    assert page.status_code == 404
    assert "Safeguarding concern" not in text_of(page)


@pytest.mark.parametrize(("rest", "status"), [("/tasks/999", 404), ("/assign", 403)])
def test_a_page_that_is_not_shown_says_nothing_of_the_case(browser, case, rest, status):
    a_concern(case)
    page = browser.get(at(case, rest))
    assert page.status_code == status
    assert "Safeguarding concern" not in text_of(page)


def test_a_concern_is_raised_and_looked_at_again(browser, case):
    given = {
        "kind": "child_47",
        "reason": "Bruises on both arms.",
        "consent": "not_asked",
        "made_to": "The front door",
        "next_check_on": ["30", "11", "2026"],
    }
    answer = browser.submit(at(case, "/safeguarding/new"), **given)
    assert "Choose why it is passed on without consent" in box_error(answer, "override")
    given |= {"override": "greater_risk", "override_reason": "He reads her phone."}
    assert browser.submit(at(case, "/safeguarding/new"), **given).status_code == 302
    concern = first(SafeguardingConcern)
    words = text_of(browser.get(at(case, "/risk")))
    assert "Asking would make the risk to a child greater" in words
    assert "Ask how the safeguarding concern stands" in text_of(browser.get("/"))
    page = browser.get(at(case, "/risk")).get_data(as_text=True)
    where = at(case, f"/safeguarding/{concern.id}")
    assert f'href="{where}"' in page
    answer = browser.submit(where, outcome="enquiry")
    assert "Enter when you will ask again" in box_error(answer, "next_check_on")
    browser.submit(where, outcome="no_action", words="They will not look at it.")
    assert "No further action by them" in text_of(browser.get(at(case, "/risk")))


def test_modern_slavery_is_recorded_with_its_dates_and_what_is_unverified(browser, case):
    given = {"indicators": "No wage.", "through": "police"}
    answer = browser.submit(at(case, "/slavery/new"), **given)
    assert "adults are asked" in box_error(answer, "agrees")
    browser.submit(at(case, "/slavery/new"), **given, agrees="yes")
    row = first(SlaveryReferral)
    where = at(case, f"/slavery/{row.id}")
    assert "authority_told" not in browser.get(where).get_data(as_text=True)
    browser.submit(where, stage="sent", on=DAY_BOXES, reference="NRM-1")
    words = text_of(browser.get(at(case, "/risk")))
    assert "Decision expected Mon 30 Nov" in words
    assert "Unverified The page says five days" in words
    browser.submit(where, stage="reasonable_grounds", on=DAY_BOXES, verdict="positive")
    words = text_of(browser.get(at(case, "/risk")))
    assert "Recovery period until Wed 23 Dec" in words
    assert "Decision expected" not in words


def test_a_refusal_leaves_the_duty_to_notify(browser, case):
    a_slavery_referral(case, agrees=False)
    words = text_of(browser.get(at(case, "/risk")))
    assert "Duty to notify, without what would identify them" in words
    page = browser.get(at(case, f"/slavery/{first(SlaveryReferral).id}"))
    assert "reasonable_grounds" not in page.get_data(as_text=True)


@pytest.fixture
def noisy(manager) -> CaseFile:
    case = an_asb_case(manager=manager)
    for days in (30, 20, 10):
        an_incident(case, TODAY - timedelta(days=days))
    return case


def test_an_incident_is_recorded_with_its_report_and_counted(browser, manager):
    case = an_asb_case(manager=manager)
    given = {"what": "Shouting", "on": DAY_BOXES, "body": "council"}
    answer = browser.submit(at(case, "/asb/new"), **given)
    assert "Enter the day of the report" in box_error(answer, "reported_on")
    browser.submit(at(case, "/asb/new"), **given, reported_on=DAY_BOXES)
    words = text_of(browser.get(at(case)))
    assert "1 of 3 incidents" in words
    assert "East Hertfordshire: 3 separate incidents in 6 months" in words
    row = first(AsbIncident)
    browser.submit(at(case, f"/asb/{row.id}/report"), body="police", reported_on=DAY_BOXES)
    assert "1 of 3 incidents" in text_of(browser.get(at(case)))


def test_the_page_tells_that_the_threshold_is_reached_and_prepares_the_application(browser, noisy):
    words = text_of(browser.get(at(noisy)))
    assert "Threshold reached 3 separate incidents reported" in words
    assert "An ASB Case Review can be asked for" in words
    assert form_of(browser.get(at(noisy, "/asb/apply")))["district"] == "East Hertfordshire"
    answer = browser.submit(at(noisy, "/asb/apply"), applicant="anonymous")
    assert "takes no application without a name" in box_error(answer, "applicant")
    answer = browser.submit(at(noisy, "/asb/apply"), applicant="on_behalf", name="A neighbour")
    assert "Enter the day on which the victim agreed" in box_error(answer, "consent_on")
    browser.submit(at(noisy, "/asb/apply"), applicant="victim", effect="No sleep")
    page = browser.get(at(noisy, f"/asb/applications/{first(AsbApplication).id}"))
    words = text_of(page)
    assert "3 separate incidents reported" in words
    assert "No sleep" in words
    assert words.count("Shouting and bottles") == 3


def test_the_application_for_print_shows_no_way_to_the_victim(browser, noisy):
    browser.submit(at(noisy, "/asb/apply"), applicant="victim")
    page = browser.get(at(noisy, f"/asb/applications/{first(AsbApplication).id}"))
    html = page.get_data(as_text=True).replace("\n", " ")
    printed = html.split('class="beacon-unprinted"', 1)[1].split("</section>", 1)[1]
    assert "07700" not in printed
    assert "tel:" not in printed


def test_an_incident_that_was_taken_back_is_shown_apart(browser, noisy):
    row = first(AsbIncident)
    answer = browser.submit(at(noisy, f"/asb/{row.id}/take-back"))
    assert "Enter why it was a mistake" in box_error(answer, "reason")
    browser.submit(at(noisy, f"/asb/{row.id}/take-back"), reason="Another street.")
    words = text_of(browser.get(at(noisy, "/risk")))
    assert "Taken back (1)" in words
    assert "2 of 3 incidents" in words


def test_eight_districts_are_shown_as_to_be_verified(browser):
    words = text_of(browser.get("/risk/districts/"))
    assert words.count("To be verified") == 8
    assert words.count("22 November 2026") == 2
    row = db.session.scalars(sa.select(AsbThreshold)).first()
    assert browser.get(f"/risk/districts/{row.id}").status_code == 403


def test_an_administrator_changes_a_district_and_says_when_it_was_verified(desk):
    admin = desk(Role.ADMINISTRATOR, team=None, name="Leonie Garside")
    assert "/risk/districts/" in admin.get("/admin/").get_data(as_text=True)
    row = db.session.scalars(
        sa.select(AsbThreshold).where(AsbThreshold.district == "Watford")
    ).one()
    where = f"/risk/districts/{row.id}"
    answer = admin.submit(where, count="4")
    assert "Enter a number from 1 to 3" in box_error(answer, "count")
    admin.submit(where, hate_count="1", source="Rang the council", verified_on=DAY_BOXES)
    words = text_of(admin.get("/risk/districts/"))
    assert words.count("To be verified") == 7
    assert "or 1 hate incident" in words
    assert "23 November 2026, Leonie Garside" in words

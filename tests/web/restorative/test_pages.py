"""Restorative justice on its pages: the list worked to empty, blocks, rulings, disposals."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import OrderKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts import commands as courts
from beacon.courts.models import CourtWitness, SpecialMeasure
from beacon.restorative.models import DisposalView, RestorativeOffer, RestorativeRuling
from beacon.restorative.terms import AgeGroup, VictimAnswer
from beacon.risk import commands as risk
from beacon.risk.terms import RiskLevel
from tests.factories import TEST, a_case
from tests.pages import form_of, text_of
from tests.work.restorative.builders import REASONS, a_disposal, an_order, explain

TODAY = {"on": ["23", "11", "2026"]}


def at(case: CaseFile, rest: str = "") -> str:
    return f"/cases/{case.reference}/restorative{rest}"


def the(model):
    db.session.rollback()
    return db.session.scalars(sa.select(model)).one()


def explain_on_page(browser, case):
    return browser.submit(at(case, "/new/explained"), **TODAY, who="Priya Shah", how="phone")


def test_the_list_is_worked_to_empty(browser, case):
    page = text_of(browser.get("/restorative/"))
    assert "Amelia Hartwell" in page
    assert "Not explained" in page
    explain_on_page(browser, case)
    assert "Nobody waits here" in text_of(browser.get("/restorative/"))
    browser.submit(
        at(case, f"/{the(RestorativeOffer).id}/answered"), **TODAY, answer="thinking",
        ask_on=["23", "11", "2026"],
    )  # fmt: skip
    page = text_of(browser.get("/restorative/?waiting=again"))
    assert "Amelia Hartwell" in page
    assert the(RestorativeOffer).answer is VictimAnswer.THINKING


@pytest.mark.parametrize("by", ["order", "risk"])
def test_a_block_on_every_page_and_the_leader_opens_it(browser, leader, case, by):
    if by == "order":
        an_order(case)
        why = "Restraining order"
    else:
        risk.set_level(case, RiskLevel.HIGH, reason="He waits by the school.", actor=TEST)
        why = "High risk"
    for page in ("/restorative/", at(case), f"/cases/{case.reference}", at(case, "/new/explained")):
        told = text_of(browser.get(page))
        assert "Blocked" in told
        assert why in told
    refused = text_of(explain_on_page(browser, case))
    assert "This is blocked" in refused
    assert "team leader decides" in refused
    assert browser.get(at(case, "/decide")).status_code == 403
    leader.submit(at(case, "/decide"), ruling="allow", reason=REASONS)
    assert the(RestorativeRuling).reason == REASONS
    explain_on_page(browser, case)
    assert the(RestorativeOffer).explained_on is not None


def test_a_second_order_closes_again_and_a_stale_decision_is_refused(browser, leader, case):
    an_order(case)
    leader.submit(at(case, "/decide"), ruling="allow", reason=REASONS)
    an_order(case, OrderKind.NON_MOLESTATION)
    assert "Non-molestation order" in text_of(explain_on_page(browser, case))
    page = leader.get(at(case, "/decide"))
    an_order(case, OrderKind.STALKING)
    sent = form_of(page) | {"ruling": "allow", "reason": REASONS}
    assert "has changed since you looked" in text_of(leader.post(at(case, "/decide"), data=sent))


def test_information_asks_by_whom_and_keeps_what_was_typed(browser, case):
    answer = browser.submit(
        at(case, "/new/informed"), **TODAY, age="under_18", informed_by="police", how="letter",
        who="PC Example",
    )  # fmt: skip
    assert "youth offending team informs the victim" in text_of(answer)
    assert "PC Example" in answer.get_data(as_text=True)
    browser.submit(
        at(case, "/new/informed"), **TODAY, age="under_18", informed_by="youth_team", how="letter"
    )
    assert the(RestorativeOffer).age is AgeGroup.UNDER_18


def test_a_step_is_taken_back_on_its_page(browser, case):
    step = explain(case)
    browser.submit(at(case, f"/steps/{step.id}/take-back"), reason="It was another case.")
    page = text_of(browser.get(at(case)))
    assert "Taken back" in page
    assert "It was another case." in page
    assert the(RestorativeOffer).explained_on is None


def test_an_offender_is_added_where_none_is_known(browser, manager):
    case = a_case(manager=manager)
    assert "No offender is known" in text_of(browser.get(at(case)))
    browser.submit(at(case, "/offenders/new"), who="The neighbour", age="adult")
    assert "The neighbour" in text_of(browser.get(at(case)))


def test_no_such_step_and_no_such_case(browser, case):
    assert browser.get(at(case, "/new/nothing")).status_code == 404
    assert browser.get(at(case, "/999999/explained")).status_code == 404
    assert browser.get("/cases/BCN-ZZZZZ/restorative").status_code == 404


def test_a_disposal_from_considered_to_decided(browser, case):
    moment = {"considered_at": ["22", "11", "2026"], "considered_at-time": "10:00"}
    browser.submit(
        f"/cases/{case.reference}/disposals/new", disposal="conditional_caution", asked_by="police",
        decision_on=["30", "11", "2026"], **moment,
    )  # fmt: skip
    assert "Conditional caution" in text_of(browser.get("/restorative/views"))
    row = the(DisposalView)
    where = f"/cases/{case.reference}/disposals/{row.id}"
    browser.submit(f"{where}/view", how="phone", words="I would rather he said sorry.")
    assert "No view is awaited" in text_of(browser.get("/restorative/views"))
    browser.submit(f"{where}/passed", passed_by="email")
    browser.submit(f"{where}/decided", decided="given")
    page = text_of(browser.get(at(case)))
    assert "I would rather he said sorry." in page
    assert "Late" not in page


def test_a_late_view_is_kept_and_said_to_be_late(browser, case):
    row = a_disposal(case)
    where = f"/cases/{case.reference}/disposals/{row.id}"
    browser.submit(
        f"{where}/decided", **{"decided": "given", "at": ["23", "11", "2026"], "at-time": "09:00"}
    )
    browser.submit(f"{where}/view", how="phone", words="Nobody asked me.")
    assert "Late: after the decision" in text_of(browser.get(at(case)))


def test_figures_are_for_leaders_and_an_empty_county_says_so(browser, leader, case):
    assert browser.get("/restorative/figures").status_code == 403
    explain(case)
    page = text_of(leader.get("/restorative/figures"))
    assert "Offender known" in page
    assert "Too few" in page
    page = text_of(
        leader.get("/restorative/figures?first=1&first=1&first=2020&last=2&last=1&last=2020")
    )
    assert "No case with a known offender" in page


def test_a_court_officer_has_no_page_of_it(desk, monday, case):
    officer = desk(Role.COURT_OFFICER)
    for page in ("/restorative/", "/restorative/views", at(case)):
        assert officer.get(page).status_code == 403


@pytest.fixture
def hearing(case):
    charge = courts.Charge(
        first_name="Robin",
        last_name="Accused",
        court="B41ME00",
        held_on=date(2026, 11, 23),
        starts_at=None,
        mobile=None,
    )
    return courts.record_charge(case, charge, at=clock.now(), actor=TEST)


def test_a_victim_is_called_supported_and_their_coming_written_down(
    browser, desk, monday, case, hearing
):
    officer = desk(Role.COURT_OFFICER)
    where = f"/hearings/{hearing.id}"
    assert "Nobody is called to this hearing" in text_of(browser.get(where))
    browser.submit(
        f"{where}/witnesses/new", called="victim", case=case.reference,
        support=["visit", "entrance"],
    )  # fmt: skip
    row = the(CourtWitness)
    page = text_of(browser.get(where))
    assert "Amelia Hartwell" in page
    assert "Separate entrance" in page
    theirs = officer.get(where).get_data(as_text=True)
    assert "Victim 1" in theirs
    for kept in ("Amelia", "Hartwell", case.reference, "HP1 1AA", "07700 900123"):
        assert kept not in theirs
    browser.submit(f"{where}/witnesses/{row.id}/measures/new", measure="s23", ground="s17")
    measure = the(SpecialMeasure)
    officer.submit(f"{where}/witnesses/{row.id}/measures/{measure.id}", step="granted")
    assert "granted" in text_of(browser.get(where))
    officer.submit(f"{where}/witnesses/{row.id}/came", came="did_not_attend", why="fear")
    assert "Did not come" in text_of(browser.get(where))
    figures = text_of(officer.get("/hearings/witnesses"))
    assert "Victims and witnesses" in figures
    assert "Hidden" in figures
    assert officer.get(f"{where}/witnesses/new").status_code == 403


def test_the_page_of_figures_says_what_will_be_here(desk, monday):
    officer = desk(Role.COURT_OFFICER)
    assert "this page counts who came" in text_of(officer.get("/hearings/witnesses"))

"""The pages on which others are asked, asked again, and answer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.models import InformationRequest
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Body, Milestone
from tests.factories import TEST
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

ASKED = {"asked_of": "police", "milestone": "bailed", "words": "On what conditions?"}


def at(case, rest):
    return f"/cases/{case.reference}/{rest}"


def only():
    query = sa.select(InformationRequest).execution_options(populate_existing=True)
    return db.session.scalars(query).one()


@pytest.fixture
def asked(case):
    return commands.ask(
        case,
        asked_of=Body.CPS,
        milestone=Milestone.RELEASE_PLANNED,
        words="Will he be let out?",
        at=MONDAY - timedelta(days=1),
        chase_on=(MONDAY + timedelta(days=1)).date(),
        actor=TEST,
    )


def test_somebody_is_asked_and_the_case_shows_it(browser, case):
    page = browser.get(at(case, "requests/new"))
    assert form_of(page)["chase_on"] == ["30", "11", "2026"]
    assert browser.submit(at(case, "requests/new"), **ASKED).status_code == 302
    words = text_of(browser.get(f"/cases/{case.reference}"))
    assert "On what conditions? Asked the officer in the case, 23 November 2026" in words
    assert "Ask again Mon 30 Nov" in words


def test_a_question_about_nothing_is_refused_and_nothing_typed_is_lost(browser, case):
    answer = browser.submit(at(case, "requests/new"), asked_of="cps", chase_on=["28", "11", "2026"])
    assert "or say it in words" in text_of(answer)
    answer = browser.post(
        at(case, "requests/new"), data=form_of(answer) | {"words": "When is it decided?"}
    )
    assert "is no working day: 30 November 2026 is the next" in text_of(answer)
    assert form_of(answer)["words"] == "When is it decided?"


def test_an_answer_about_a_milestone_leads_on_to_recording_it(browser, case, asked):
    address = at(case, f"requests/{asked.id}/answer")
    answer = browser.submit(address, answer="Yes, in March.")
    assert answer.location.endswith("/milestones/new?kind=release_planned")
    assert form_of(browser.get(answer.location))["kind"] == "release_planned"
    assert only().answer == "Yes, in March."
    words = text_of(browser.get(f"/cases/{case.reference}"))
    assert "Answered or taken back (1)" in words
    assert "Yes, in March." in words
    assert browser.get(address).status_code == 404


def test_an_answer_in_words_alone_leads_back_to_the_case(browser, case):
    browser.submit(at(case, "requests/new"), **ASKED | {"milestone": ""})
    answer = browser.submit(at(case, f"requests/{only().id}/answer"), answer="None.")
    assert answer.location.endswith(f"/cases/{case.reference}#requests")


def test_an_answer_about_a_charge_leads_to_the_page_of_charges(browser, case):
    browser.submit(at(case, "requests/new"), **ASKED | {"milestone": "charged"})
    answer = browser.submit(at(case, f"requests/{only().id}/answer"), answer="Charged on Friday.")
    assert answer.location.endswith(f"/cases/{case.reference}/charge")


def test_who_was_asked_again_is_asked_again_later(browser, case, asked):
    address = at(case, f"requests/{asked.id}/again")
    assert browser.submit(address, chase_on=["2", "12", "2026"]).status_code == 302
    assert only().chase_on.isoformat() == "2026-12-02"


def test_a_question_is_taken_back_with_a_reason(browser, case, asked):
    address = at(case, f"requests/{asked.id}/withdraw")
    assert "Enter the reason" in text_of(browser.submit(address))
    assert browser.submit(address, reason="Not needed now.").status_code == 302
    assert "Not needed now." in text_of(browser.get(f"/cases/{case.reference}"))


def test_the_desk_says_when_to_ask_again(browser, desk, manager, case, asked):
    assert "Will he be let out?" not in text_of(browser.get("/"))
    with clock.fixed(MONDAY + timedelta(days=1)):
        words = text_of(desk(person=manager).get("/"))
        assert "Ask the Crown Prosecution Service: Offender's release planned" in words
        assert "Will he be let out?" in words


def test_a_leader_of_another_team_finds_no_request(desk, case, asked):
    stranger = desk(Role.TEAM_LEADER, team="South")
    assert stranger.get(at(case, f"requests/{asked.id}/answer")).status_code == 404

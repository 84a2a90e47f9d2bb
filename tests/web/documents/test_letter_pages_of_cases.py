"""The pages of a case manager's letter: begun, written, looked at, queued where post is safe."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.roles import Role
from beacon.documents.models import CaseLetter
from beacon.notices.models import VictimNotice
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers
from beacon.people.terms import Preferred, Safe
from tests.factories import TEST, a_case, a_victim
from tests.pages import form_of, text_of

WORDS = "I look forward to meeting you on Tuesday.\n\nPlease ring me."


@pytest.fixture
def case(manager):
    victim = a_victim(
        first_name="Amelia", last_name="Hartwell", address="17 Hidden Mews", postcode="SG12 9ZZ"
    )
    made = a_case(victim=victim, manager=manager)
    answers = ContactAnswers(overall=Safe.YES, preferred=Preferred.POST, letter_ok=Safe.YES)
    people.confirm_contact(victim, answers, version=victim.version, actor=TEST)
    return made


def at(case, rest=""):
    return f"/cases/{case.reference}{rest}"


@pytest.fixture
def where(browser, case):
    """The address of a letter that is begun."""
    return browser.submit(at(case, "/letters/new"), template="appointment").location


def the_letter() -> CaseLetter:
    db.session.rollback()
    return db.session.scalars(sa.select(CaseLetter)).one()


def test_a_letter_is_begun_written_looked_at_and_printed_with_the_days_letters(
    browser, desk, case, where
):
    assert "[day and time]" in form_of(browser.get(where))["words"]
    looked_at = browser.submit(where, words=WORDS).location
    page = text_of(browser.get(looked_at))
    assert "Dear Amelia Hartwell, I look forward to meeting you on Tuesday." in page
    assert "Hidden Mews" not in page
    sent = browser.post(f"{where}/queue", data=form_of(browser.get(looked_at)))
    assert sent.location == f"{at(case, '/documents')}#letters"
    assert "To be printed" in text_of(browser.get(at(case, "/documents")))
    leader = desk(Role.TEAM_LEADER)
    runs = leader.get("/letters/print")
    assert "letter from a case manager" in text_of(runs)
    run = leader.post("/letters/print", data=form_of(runs)).location
    paper = leader.post(f"{run}/paper", data=form_of(leader.get(run)))
    assert "17 Hidden Mews" in text_of(paper)
    assert "Please ring me." in text_of(paper)
    assert "In a print run" in text_of(browser.get(at(case, "/documents")))


def test_what_is_not_filled_in_is_named_and_the_letter_does_not_go(browser, case, where):
    page = text_of(browser.get(f"{where}/preview"))
    assert "Fill in what still stands in brackets: [day and time], [place]." in page
    refused = browser.post(f"{where}/queue", data=form_of(browser.get(where)) | {"words": ""})
    assert "Fill in what still stands in brackets" in text_of(refused)
    assert db.session.scalars(sa.select(VictimNotice)).all() == []


@pytest.mark.proves("P-04")
def test_where_no_letter_may_go_every_page_says_why_and_the_words_are_kept(browser, case, where):
    browser.submit(where, words=WORDS)
    answers = ContactAnswers(overall=Safe.YES, preferred=Preferred.POST, letter_ok=Safe.NO)
    people.confirm_contact(case.victim, answers, version=case.victim.version, actor=TEST)
    for page in (at(case, "/letters/new"), where, f"{where}/preview"):
        assert "No letter may go." in text_of(browser.get(page))
    looked_at = browser.get(f"{where}/preview").get_data(as_text=True)
    assert "Print it with the day" not in looked_at
    refused = browser.post(f"{where}/queue", data=form_of(browser.get(where)))
    assert "No letter may go." in text_of(refused)
    assert the_letter().words == WORDS


@pytest.mark.proves("L-02", "V-05")
def test_two_who_write_on_one_letter_see_both_versions(browser, case, where):
    open_page = form_of(browser.get(where))
    browser.submit(where, words=WORDS)
    answer = browser.post(where, data=open_page | {"words": "Other words."})
    words = text_of(answer)
    assert "Both versions are below" in words
    assert "Other words." in words
    assert "I look forward to meeting you on Tuesday." in words


def test_a_letter_is_thrown_away_and_its_page_leads_to_the_list(browser, case, where):
    order = form_of(browser.get(where))
    assert browser.post(f"{where}/take-back", data=order).status_code == 302
    assert the_letter().words == ""
    assert browser.get(where).location == f"{at(case, '/documents')}#letters"
    assert browser.get(f"{where}/preview").status_code == 302
    assert "Thrown away" in text_of(browser.get(at(case, "/documents")))


def test_a_queued_letter_is_taken_back(browser, case, where):
    browser.submit(where, words=WORDS)
    browser.post(f"{where}/queue", data=form_of(browser.get(f"{where}/preview")))
    order = form_of(browser.get(at(case, "/documents")))
    browser.post(f"{where}/take-back", data=order)
    assert "Taken back by its author" in text_of(browser.get(at(case, "/documents")))

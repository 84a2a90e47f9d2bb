"""The page that closes a case names what is open, and asks about what nobody will see to."""

from datetime import date, timedelta

import pytest

from beacon.cases import commands
from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus, OrderKind, UpdateEvery
from beacon.core.db import db
from beacon.entitlements.terms import Body, Channel, Milestone
from tests.factories import TEST, a_case
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

# Why it is closed, and why needs are not assessed at the close.
SAID = {"reason": "done", "not_assessed": "declined"}
TICKED = SAID | {"note": "Settled.", "sure": "y"}


def at(case, rest):
    return f"/cases/{case.reference}/{rest}"


def status(case):
    return db.session.get(CaseFile, case.id, populate_existing=True).status


@pytest.fixture
def done(browser, manager):
    """A case in which nothing is owed."""
    made = a_case(manager=manager)
    browser.submit(at(made, "contacts/new"), channel="phone", outcome="spoke")
    return made


def ask(case):
    return commands.ask(
        case,
        asked_of=Body.CPS,
        milestone=Milestone.RELEASE_PLANNED,
        words="Will he be let out?",
        at=MONDAY - timedelta(days=1),
        chase_on=date(2026, 11, 30),
        actor=TEST,
    )


def test_a_case_with_nothing_open_asks_for_no_tick(browser, done):
    page = browser.get(at(done, "close"))
    assert "sure" not in form_of(page)
    words = text_of(page)
    assert "To do before" not in words
    assert "nobody sees to" not in words


def test_what_must_come_first_stands_above_the_form_with_the_way_to_it(browser, case):
    ask(case)
    page = browser.get(at(case, "close"))
    words = text_of(page)
    assert "To do before the case is closed" in words
    assert "Tell them that a suspect was arrested" in words
    assert "Will he be let out?" in words
    assert "sure" not in form_of(page)
    duty = next(one for one in case.duties if one.rule == "R6_ARREST")
    for rest in ("tell", "not-told"):
        assert f"/cases/{case.reference}/duties/{duty.id}/{rest}" in page.text
    assert "must still be told something" in text_of(browser.submit(at(case, "close"), **TICKED))


def test_a_question_that_waits_is_asked_about_before_the_case_is_closed(browser, done):
    ask(done)
    page = browser.get(at(done, "close"))
    assert "Asked the Crown Prosecution Service and not answered. It ends with" in text_of(page)
    answer = browser.post(at(done, "close"), data=form_of(page) | {"note": "Settled."} | SAID)
    assert "has not answered" in text_of(answer)
    assert "tick that the case may be closed so" in text_of(answer)
    assert status(done) is not CaseStatus.CLOSED
    again = form_of(answer)
    assert again["note"] == "Settled."
    assert browser.post(at(done, "close"), data=again | {"sure": "y"}).status_code == 302
    assert status(done) is CaseStatus.CLOSED
    assert "Ended with the case" in text_of(browser.get(f"/cases/{done.reference}"))


def test_a_tick_does_not_count_for_what_was_not_on_the_page(browser, done):
    ask(done)
    ticked = form_of(browser.get(at(done, "close"))) | TICKED
    wish = commands.Wish(every=UpdateEvery.WEEK, channel=Channel.PHONE, asked_on=MONDAY.date())
    commands.record_wish(done, wish, actor=TEST)
    answer = browser.post(at(done, "close"), data=ticked)
    assert "They asked for updates: every 7 days, telephone." in text_of(answer)
    assert status(done) is not CaseStatus.CLOSED


def test_an_order_that_protects_them_is_asked_about_too(browser, done):
    facts = commands.OrderFacts(
        kind=OrderKind.RESTRAINING,
        starts_on=MONDAY.date(),
        ends_on=date(2027, 11, 22),
        conditions="Not to go near her.",
    )
    commands.record_order(done, facts, actor=TEST)
    words = text_of(browser.get(at(done, "close")))
    assert "It protects them until Mon 22 Nov 2027. Nobody is warned before it ends." in words


def test_what_was_asked_waits_again_when_the_case_is_opened_again(browser, done):
    ask(done)
    ticked = form_of(browser.get(at(done, "close"))) | TICKED
    browser.post(at(done, "close"), data=ticked)
    browser.submit(at(done, "reopen"), note="She rang.")
    words = text_of(browser.get(f"/cases/{done.reference}"))
    assert "waits for an answer again: the Crown Prosecution Service: Offender's release" in words
    assert "No answer is awaited." not in words

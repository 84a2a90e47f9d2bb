"""The pages for those who work here: the case's part, the telephone, what was raised, figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.terms import Agreed
from beacon.surveys import commands
from beacon.surveys.models import SurveyConcern, SurveyInvitation, SurveyWords
from beacon.surveys.terms import InvitationState, Score, Way
from tests.factories import TEST, a_case
from tests.pages import form_of, text_of
from tests.surveys import a_closed_case, agree, answer, in_the_box, invite, set_to, somebody

DECEMBER = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
PHONE = {
    "agreed": "y", "satisfied": "5", "easy": "4", "informed": "3", "confident": "none",
    "safer": "1", "words": "The kettle was on", "call": "no",
}  # fmt: skip


def only() -> SurveyInvitation:
    db.session.rollback()
    return db.session.scalars(sa.select(SurveyInvitation)).one()


def counted(number: int = 6, on: datetime = DECEMBER, **changed: str) -> None:
    """So many answers, counted once their month is over."""
    for _ in range(number):
        answer(invite(a_closed_case()), **changed)
    with clock.fixed(on):
        commands.empty_box(actor=TEST)


def test_the_case_says_why_somebody_was_not_asked(browser, case):
    where = f"/cases/{case.reference}"
    assert "They were not asked how we did yet." in text_of(browser.get(where))
    sent = browser.post(f"{where}/how-we-did/ask", data=form_of(browser.get(where)))
    assert sent.headers["Location"].startswith(where)
    page = text_of(browser.get(where))
    assert "They were not asked. They have not agreed to be asked how we did." in page
    assert only().state is InvitationState.REFUSED


def test_where_it_is_safe_the_link_goes(browser, manager):
    case = a_case(victim=somebody(), manager=manager)
    where = f"/cases/{case.reference}"
    browser.post(f"{where}/how-we-did/ask", data=form_of(browser.get(where)))
    page = text_of(browser.get(where))
    assert "A link by text: on its way." in page
    assert "Ask by a link now" not in page


def test_the_questions_are_read_out_and_the_case_learns_nothing(browser, case):
    where = f"/cases/{case.reference}/how-we-did"
    assert "How far do you agree?" in text_of(browser.get(where))
    sent = browser.post(where, data=form_of(browser.get(where)) | PHONE)
    assert sent.status_code == 302, text_of(sent)
    assert only().way is Way.PHONE
    page = text_of(browser.get(f"/cases/{case.reference}"))
    assert "kettle" not in page
    assert "Answered" in page
    assert in_the_box()[0]["words"] == "The kettle was on"


def test_without_their_word_nothing_is_taken(browser, case):
    where = f"/cases/{case.reference}/how-we-did"
    sent = form_of(browser.get(where)) | PHONE
    sent.pop("agreed")
    assert "if they do not, do not ask" in text_of(browser.post(where, data=sent))
    assert in_the_box() == []


def test_words_that_alarm_stand_on_every_page_of_a_leader(leader, desk):
    answer(invite(a_closed_case()), words="I want to die")
    page = text_of(leader.get("/"))
    assert "One answer to our questions must be looked at by a person." in page
    assert "must be looked at" not in text_of(desk(Role.CASE_MANAGER).get("/"))
    listed = text_of(leader.get("/surveys/raised"))
    assert "Harm to themselves" in listed
    assert "Nobody can tell" in listed
    concern = db.session.scalars(sa.select(SurveyConcern)).one()
    where = f"/surveys/raised/{concern.id}"
    page = text_of(leader.get(where))
    assert "I want to die" in page
    assert "What can be done" in page
    sent = leader.post(where, data=form_of(leader.get(where)) | {"note": "Told the managers"})
    assert sent.headers["Location"] == "/surveys/raised"
    assert "Told the managers" in text_of(leader.get(where))
    assert "Nothing waits." in text_of(leader.get("/surveys/raised"))


def test_words_of_the_setting_are_looked_for_too(leader):
    set_to("surveys.words", "balcon, ladder")
    answer(invite(a_closed_case()), words="I stood on the balcony")
    assert "A word of the setting" in text_of(leader.get("/surveys/raised"))


def test_a_leader_reads_words_before_anybody_is_shown_them(desk, manager):
    counted(words=f"{manager.name} rang me back")
    with clock.fixed(DECEMBER):
        leader, analyst = desk(Role.TEAM_LEADER), desk(Role.ANALYST)
        assert "rang me back" not in text_of(analyst.get("/surveys/"))
        row = db.session.scalars(sa.select(SurveyWords)).first()
        where = f"/surveys/words/{row.id}"
        page = leader.get(where)
        boxes = form_of(page)
        assert boxes["shown"] == "[name] [name] rang me back"
        leader.post(where, data=boxes | {"choice": "show"})
        assert "[name] [name] rang me back" in text_of(analyst.get("/surveys/"))
        assert analyst.get("/surveys/words").status_code == 403


def test_the_number_of_answers_stands_beside_every_percentage(desk):
    counted(6, satisfied=Score.FOUR.value)
    with clock.fixed(DECEMBER):
        page = text_of(desk(Role.TEAM_LEADER).get("/surveys/"))
    assert "6 answers counted" in page
    assert "Invited in these days: 6, so 100 answers for each 100" in page
    assert "100% 6" in page


def test_nothing_under_five_is_shown(desk):
    counted(4)
    with clock.fixed(DECEMBER):
        page = text_of(desk(Role.TEAM_LEADER).get("/surveys/"))
    assert "0 answers counted" in page
    assert "hidden" in page
    assert "%" not in page.replace("100%", "")


def test_an_empty_county_says_what_will_be_here(leader):
    page = text_of(leader.get("/surveys/"))
    assert "Here will stand the five measures" in page
    assert "Nothing waits." in text_of(leader.get("/surveys/raised"))
    assert "No words wait to be read." in text_of(leader.get("/surveys/words"))
    assert leader.get("/surveys/chart.svg").status_code == 200


def test_a_panel_adds_no_statement_to_the_page_of_a_case(browser, case, count_queries):
    where = f"/cases/{case.reference}"
    browser.get(where)
    count_queries.clear()
    browser.get(where)
    few = len(count_queries)
    agree(case.victim, Agreed.REFUSED)
    invite(case)
    count_queries.clear()
    browser.get(where)
    assert len(count_queries) == few


def test_figures_ask_the_same_number_of_statements_however_many_answer(desk, count_queries):
    counted(5)
    with clock.fixed(DECEMBER):
        leader = desk(Role.TEAM_LEADER)
        leader.get("/surveys/")
        count_queries.clear()
        leader.get("/surveys/")
        few = len(count_queries)
    counted(12, on=DECEMBER + timedelta(days=1))
    with clock.fixed(DECEMBER):
        count_queries.clear()
        leader.get("/surveys/")
    assert len(count_queries) == few

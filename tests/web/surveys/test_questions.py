"""The questions as somebody is asked them: with scripts off, by form alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.surveys.models import SurveyConcern, SurveyInvitation
from beacon.surveys.terms import InvitationState, Page, Score
from tests.pages import form_of, text_of
from tests.surveys import GOOD, a_closed_case, answer, in_the_box, invite, set_to, token_of
from tests.web.cases.conftest import MONDAY

TELLING = ("victim", "crime", "abuse", "police", "beacon", "violence", "assault", "fraud", "case")


@pytest.fixture
def row() -> SurveyInvitation:
    return invite(a_closed_case())


@pytest.fixture
def link(row: SurveyInvitation) -> str:
    return f"/q/{token_of(row)}"


def begin(client, link: str) -> None:
    """Press the button of the first page."""
    sent = client.post(link, data=form_of(client.get(link)))
    assert sent.headers["Location"] == "/q/page/1"


def fill_in(client, **changed: str) -> None:
    """Answer every page; by its number some of them otherwise."""
    for page, said in (GOOD | changed).items():
        where = f"/q/page/{page}"
        sent = client.post(where, data=form_of(client.get(where)) | {"answer": said})
        assert sent.status_code == 302, text_of(sent)
    assert sent.headers["Location"] == "/q/check"


def send(client) -> None:
    sent = client.post("/q/check", data=form_of(client.get("/q/check")))
    assert sent.headers["Location"] == "/q/thanks"


def test_somebody_answers_and_is_thanked(client, link):
    begin(client, link)
    fill_in(client, **{"6": "You were kind", "5": Score.NONE.value})
    check = text_of(client.get("/q/check"))
    assert "You were kind" in check
    assert "Nobody can tell that they are yours" in check
    send(client)
    assert "Thank you" in text_of(client.get("/q/thanks"))
    (slip,) = in_the_box()
    assert slip["words"] == "You were kind"
    assert "safer" not in slip["scores"]


def test_titles_and_addresses_say_nothing(client, link):
    begin(client, link)
    seen = [client.get(f"/q/page/{page.value}") for page in list(Page)[:1]]
    for page in (client.get(link), client.get("/q/privacy"), *seen):
        title = page.get_data(as_text=True).partition("<title>")[2].partition("</title>")[0]
        assert not [word for word in TELLING if word in title.lower()]


def test_opening_the_link_uses_nothing_up(client, link, row):
    for _ in range(3):
        assert client.get(link).status_code == 200
    db.session.refresh(row)
    assert row.state is InvitationState.PLANNED


def test_the_first_page_does_not_say_whose_it_is(client, link, row):
    page = text_of(client.get(link))
    victim = row.case.victim
    for fact in (victim.first_name, victim.last_name, row.case.reference):
        assert fact not in page
    assert "If this link was not meant for you, close this page." in page


def test_used_expired_guessed_and_strange_links_are_answered_alike(app, client, link):
    set_to("notices.telephone", "01632 960123")
    used = invite(a_closed_case())
    token = token_of(used)
    answer(used)
    pages = {
        client.get(f"/q/{one}").get_data(as_text=True) for one in (token, "7" * 28, "x", "%00")
    }
    with clock.fixed(MONDAY + timedelta(days=22)):
        late = client.get(link)
    assert late.status_code == 404
    pages.add(late.get_data(as_text=True))
    assert len(pages) == 1
    assert "ring 01632 960123" in text_of(late)


def test_a_link_that_was_used_meanwhile_is_told_at_the_end_without_harm(app, client, link, row):
    begin(client, link)
    fill_in(client)
    answer(row)
    gone = client.post("/q/check", data=form_of(client.get("/q/check")))
    assert gone.status_code == 404
    assert "does not open any questions" in text_of(gone)
    assert len(in_the_box()) == 1


def test_too_many_guesses_wait(client, link):
    set_to("surveys.guesses_in_an_hour", "2")
    for _ in range(2):
        assert client.get("/q/" + "8" * 28).status_code == 404
    answered = client.get(link)
    assert answered.status_code == 429
    assert answered.headers["Retry-After"] == "3600"


def test_each_page_says_what_to_do_about_a_mistake(client, link):
    begin(client, link)
    page = client.post("/q/page/1", data=form_of(client.get("/q/page/1")))
    assert "Choose how far you agree" in text_of(page)
    fill_in(client)
    where = "/q/page/6"
    held = form_of(client.get(where)) | {"answer": "x" * 2001}
    assert "Write 2,000 characters or fewer" in text_of(client.post(where, data=held))
    page = client.post("/q/page/7", data=form_of(client.get("/q/page/7")) | {"answer": "maybe"})
    assert page.status_code == 200


def test_no_page_is_skipped_and_back_shows_what_was_answered(client, link):
    begin(client, link)
    assert client.get("/q/page/4").headers["Location"] == "/q/page/1"
    fill_in(client, **{"2": Score.TWO.value})
    page = client.get("/q/page/2").get_data(as_text=True)
    assert f'value="{Score.TWO.value}" checked' in page
    assert 'href="/q/page/1"' in page


def test_leaving_makes_the_browser_forget(client, link):
    begin(client, link)
    left = client.get("/q/leave")
    assert left.headers["Location"] == "https://www.bbc.co.uk/weather"
    for where in ("/q/page/1", "/q/check", "/q/thanks"):
        assert client.get(where).status_code == 404


def test_it_says_beside_the_box_what_asking_to_be_called_does(client, link, row):
    begin(client, link)
    fill_in(client)
    assert "If you say yes, we join your answers to your name" in text_of(client.get("/q/page/7"))
    fill_in(client, **{"7": "yes"})
    assert "joined to your name" in text_of(client.get("/q/check"))
    send(client)
    (concern,) = db.session.scalars(sa.select(SurveyConcern)).all()
    assert concern.case_id == row.case_id


def test_a_form_without_its_token_loses_nothing(client, link):
    begin(client, link)
    page = client.post("/q/page/1", data={"answer": "5"})
    assert page.status_code == 400
    assert "Nothing was sent" in text_of(page)

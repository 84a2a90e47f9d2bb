"""The public form as anybody uses it: with scripts off, by form alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.referrals.models import Referral
from beacon.self_referrals.models import SelfReferral, UnsentReferral
from beacon.self_referrals.terms import FilledBy, Step
from tests.pages import Page, form_of, text_of
from tests.self_referrals import GOOD, WRONG, answer, begin, fill_in, send

WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
TELLING = ("victim", "crime", "abuse", "police", "beacon", "violence", "assault", "fraud")


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    with clock.fixed(WEDNESDAY):
        yield


def told() -> SelfReferral:
    db.session.rollback()
    return db.session.scalars(sa.select(SelfReferral)).one()


def test_what_to_do_in_danger_comes_before_everything_else(client):
    page = text_of(client.get("/refer"))
    assert page.index("Call 999") < page.index("Start now")
    assert "press 55" in page
    assert "You do not have to tell the police." in page


def test_somebody_comes_by_themselves_and_is_told_by_when_somebody_is_in_touch(client):
    asked = fill_in(client)
    assert {"helper", "agreed", "why", "best", "messages"}.isdisjoint(asked)
    check = text_of(client.get("/refer/check"))
    assert "It was outside the station." in check
    assert "07700 900123" in check
    reference = send(client)
    page = text_of(client.get("/refer/sent"))
    assert reference in page
    assert "They get in touch by 2 December 2026" in page
    assert told().reference == reference
    assert told().referral.case is not None


def test_a_page_says_which_question_it_is_and_not_of_how_many(client):
    begin(client)
    page = text_of(client.get("/refer/for"))
    assert "Question 1" in page
    assert "Question 1 of" not in page


def test_a_friend_writes_for_somebody_who_agrees(client):
    asked = fill_in(client, **{"for": {"filled_by": "friend"}})
    assert asked[:3] == ["for", "helper", "agreed"]
    assert "What is their name?" in text_of(client.get("/refer/name"))
    send(client)
    assert told().filled_by is FilledBy.FRIEND


def test_without_their_word_nothing_can_be_sent(client):
    asked = fill_in(client, **{"for": {"filled_by": "agency"}, "agreed": {"agreed": "no"},
                               "helper": GOOD["helper"] | {"organisation": "Example"}})  # fmt: skip
    assert asked[-1] == "agreed"
    assert "It is their choice." in text_of(client.get("/refer/ask-first"))
    assert client.get("/refer/check").headers["Location"] == "/refer/ask-first"


def test_somebody_in_danger_is_told_whom_to_ring_and_loses_nothing(client):
    begin(client)
    answer(client, "for", GOOD["for"])
    got = answer(client, "now", {"danger": "yes"})
    assert got.headers["Location"] == "/refer/danger"
    assert "Call 999" in text_of(client.get("/refer/danger"))
    assert client.get("/refer/name").status_code == 200


@pytest.mark.parametrize("step", [step.value for step in Step])
def test_a_mistake_on_a_page_is_told_and_nothing_typed_is_lost(step: str, client):
    begin(client)
    everything = {"for": {"filled_by": "centre"}, "kind": {"kinds": ["hate"]},
                  "helper": GOOD["helper"] | {"organisation": "Example Centre"},
                  "reach": {"ways": ["call", "text"], "phone": "01632 960001",
                            "mobile": "07700 900123"}}  # fmt: skip
    for before in Step:
        if before.value == step:
            break
        answer(client, before.value, everything.get(before.value, GOOD[before.value]))
    boxes, sentence = WRONG[step]
    got = client.post(
        f"/refer/{step}",
        data={"csrf_token": form_of(client.get(f"/refer/{step}"))["csrf_token"]} | boxes,
    )
    assert got.status_code == 200
    assert sentence in text_of(got)
    assert Page(got.get_data(as_text=True)).title.startswith("Error: ")


@pytest.mark.proves("P-09")
def test_no_title_and_no_address_says_what_it_is_for_or_who_writes(client, caplog):
    caplog.set_level(logging.INFO)
    fill_in(client)
    pages = ["", *(f"/{step}" for step in GOOD), "/check", "/hide", "/privacy", "/return", "/save"]
    pages += ["/delete", "/danger", "/ask-first", "/nothing-of-this-name"]
    for place in pages:
        got = client.get(f"/refer{place}")
        said = f"{Page(got.get_data(as_text=True)).title} {place}".lower()
        if got.status_code != 302:
            assert not [word for word in TELLING if word in said], said
        assert "?" not in got.headers.get("Location", "")
    with client.session_transaction() as cookie:
        assert "Robin" not in str(dict(cookie))
    assert "900123" not in caplog.text
    assert "Marsh" not in caplog.text


@pytest.mark.proves("H-05")
def test_no_page_of_it_is_kept_by_a_browser(client):
    fill_in(client)
    for place in ("", "/name", "/check", "/save", "/delete", "/leave", "/sent", "/return"):
        assert client.get(f"/refer{place}").headers["Cache-Control"] == "no-store"


@pytest.mark.proves("C-01")
def test_a_form_without_its_token_sends_nothing_and_says_so_in_plain_words(client):
    fill_in(client)
    got = client.post("/refer/check", data={})
    assert got.status_code == 400
    assert "Please try that again" in text_of(got)
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 0


def test_a_page_is_shown_only_once_those_before_it_are_answered(client):
    assert client.get("/refer/check").headers["Location"] == "/refer"
    begin(client)
    assert client.get("/refer/agree").headers["Location"] == "/refer/for"
    assert client.get("/refer/check").headers["Location"] == "/refer/for"


def test_an_answer_that_comes_after_the_time_is_over_is_not_lost(client):
    begin(client)
    answer(client, "for", GOOD["for"])
    page = form_of(client.get("/refer/now"))
    with clock.fixed(WEDNESDAY + timedelta(days=2)):
        got = client.post("/refer/now", data=page | {"danger": "no"})
        assert got.status_code == 302
        assert client.get("/refer/for").status_code == 200
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(UnsentReferral.id))) == 2


def test_who_is_quicker_than_a_person_is_asked_once_to_press_again(client):
    fill_in(client)
    page = client.get("/refer/check")
    got = client.post("/refer/check", data=form_of(page))
    assert "Press the button once more" in text_of(got)
    assert client.post("/refer/check", data=form_of(got)).headers["Location"] == "/refer/sent"


def test_somebody_slow_is_asked_nothing(client):
    fill_in(client)
    with clock.fixed(WEDNESDAY + timedelta(hours=23)):
        got = client.post("/refer/check", data=form_of(client.get("/refer/check")))
    assert got.headers["Location"] == "/refer/sent"


def test_a_moment_that_somebody_signed_for_themselves_is_none(client):
    begun = form_of(client.get("/refer")) | {"shown": "2020-01-01T00:00:00+00:00"}
    assert client.post("/refer", data=begun).status_code == 302
    row = db.session.scalars(sa.select(UnsentReferral)).one()
    assert row.shown_at is None


def test_the_box_that_nobody_sees_holds_a_machine_off_and_loses_nothing(client):
    trapped = form_of(client.get("/refer")) | {"more": "https://example.org"}
    got = client.post("/refer", data=trapped)
    assert "Press the button once more" in text_of(got)
    assert form_of(got)["more"] == ""
    fill_in(client)
    with clock.fixed(WEDNESDAY + timedelta(minutes=9)):
        got = client.post("/refer/check", data=form_of(client.get("/refer/check")) | {"more": "x"})
        assert got.status_code == 200
        assert client.post("/refer/check", data=form_of(got)).status_code == 302


def test_a_flood_from_one_address_waits_and_keeps_what_it_wrote(client):
    fill_in(client)
    with transaction() as session:
        session.add(Setting(name="refer.sends_in_an_hour", text="1"))
    send(client)
    fill_in(client)
    got = client.post(
        "/refer/check",
        data=form_of(client.post("/refer/check", data=form_of(client.get("/refer/check")))),
    )
    assert got.status_code == 429
    assert got.headers["Retry-After"] == "900"
    assert "What you wrote is kept." in text_of(got)
    with clock.fixed(WEDNESDAY + timedelta(minutes=61)):
        got = client.post("/refer/check", data=form_of(client.get("/refer/check")))
    assert got.status_code == 302


def test_pressing_send_again_leads_to_the_same_reference(client):
    fill_in(client)
    page = form_of(client.get("/refer/check"))
    reference = send(client)
    assert client.post("/refer/check", data=page).headers["Location"] == "/refer/sent"
    assert reference in text_of(client.get("/refer/sent"))
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 1


def test_the_link_opens_nothing_until_the_button_is_pressed(client, app):
    begin(client)
    answer(client, "for", {"filled_by": "friend"})
    answer(client, "helper", GOOD["helper"])
    saved = client.post("/refer/save", data=form_of(client.get("/refer/save"), 0))
    link = "/refer/return/" + text_of(saved).partition("/refer/return/")[2].split()[0]
    elsewhere = app.test_client()
    page = elsewhere.get(link)
    assert "Sam Friend" not in text_of(page)
    assert client.get("/refer/helper").status_code == 200
    assert elsewhere.post("/refer/return", data=form_of(page)).headers["Location"] == "/refer/check"
    assert form_of(elsewhere.get("/refer/helper"))["name"] == "Sam Friend"
    assert client.get("/refer/helper").headers["Location"] == "/refer"


def test_leaving_makes_the_browser_forget(client):
    begin(client)
    answer(client, "for", GOOD["for"])
    gone = client.get("/refer/leave")
    assert gone.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert client.get("/refer/now").headers["Location"] == "/refer"


def test_what_was_typed_for_an_answer_that_was_taken_back_is_not_sent(client):
    fill_in(client, reach={"ways": ["text"], "mobile": "07700 900123", "phone": "01632 960001"})
    send(client)
    numbers = [point.value for point in told().referral.victim.contact_points]
    assert numbers == ["+447700900123"]


def test_the_queue_says_where_it_came_from_and_triage_reads_their_words(client, desk):
    fill_in(client, name={"anonymous": "y"})
    send(client)
    officer = desk(Role.INTAKE_OFFICER)
    queue = text_of(officer.get("/referrals/?feed=self"))
    assert "People themselves" in queue
    assert "No name given" in queue
    page = text_of(officer.get(f"/referrals/{told().referral_id}"))
    assert "It was outside the station." in page
    assert "A woman, if I can choose" in page
    assert "ringing it: not safe" in page
    assert "900123" not in page.replace("***123", "")


@pytest.mark.proves("I-01")
def test_what_somebody_types_is_text_wherever_it_is_shown(client, desk):
    script = "<script>alert(1)</script>{ { 7 * 7 } }"
    fill_in(client, name={"first_name": script, "last_name": "Marsh"}, words={"words": script})
    assert script not in client.get("/refer/check").get_data(as_text=True)
    send(client)
    page = desk(Role.INTAKE_OFFICER).get(f"/referrals/{told().referral_id}")
    assert "<script>alert" not in page.get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in page.get_data(as_text=True)

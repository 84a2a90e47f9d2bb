"""The pages about texts, and the paper tray."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.mail import commands as mail
from beacon.notify import commands
from beacon.notify.models import OutboundText
from beacon.notify.readiness import RESTORED, why_stopped
from beacon.notify.terms import TextState
from beacon.web.filters import day as date_in_words
from tests.conftest import DeskClient
from tests.factories import TEST
from tests.pages import form_of, text_of
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider

Desk = Callable[..., DeskClient]


@pytest.fixture
def on_paper(app: Flask) -> None:
    """Texts go to the tray."""
    kind.register()


def the_text() -> OutboundText:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText)).one()


def test_a_court_officer_sees_the_days_texts_and_what_became_of_them(on_paper: None, desk: Desk):
    with clock.fixed(EVENING):
        a_text()
        commands.send_due()
        page = text_of(desk(Role.COURT_OFFICER).get("/texts/"))
    assert "Texts for 24 November 2026" in page
    assert "Accepted by the provider" in page
    assert "+44 77•• •••500" in page
    assert "07700 900500" not in page


@pytest.mark.proves("I-07")
@pytest.mark.parametrize(
    "day", ["9999-12-31", "0001-01-01", "2026-02-31", "24112026", "x", "2026-W48-2", "\0"]
)
def test_a_day_that_no_text_can_be_about_is_tomorrow(on_paper: None, desk: Desk, day: str):
    with clock.fixed(EVENING):
        answer = desk(Role.COURT_OFFICER).get("/texts/", query_string={"day": day})
    assert answer.status_code == 200
    assert "Texts for 24 November 2026" in text_of(answer)


@pytest.mark.parametrize("day", ["1900-01-01", "2026-03-29", "2199-12-31"])
def test_the_texts_of_any_other_day_are_asked_for_by_its_name(on_paper: None, desk: Desk, day: str):
    answer = desk(Role.COURT_OFFICER).get("/texts/", query_string={"day": day})
    assert answer.status_code == 200
    assert f"Texts for {date_in_words(date.fromisoformat(day))}" in text_of(answer)


def test_one_text_shows_its_words_and_reports(on_paper: None, desk: Desk):
    with clock.fixed(EVENING):
        a_text()
        commands.send_due()
        commands.record_receipt(commands.Receipt(the_text().token or "", "SM1", "delivered"))
        page = text_of(desk(Role.COURT_OFFICER).get(f"/texts/{the_text().id}"))
    assert "you must be in court 500" in page
    assert "Moved the text forward" in page


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_opens_them(on_paper: None, desk: Desk, role: Role):
    assert desk(role).get("/texts/").status_code == 403


def test_a_person_decides_about_a_text_in_doubt(twilio: Provider, desk: Desk):
    a_text()
    twilio.fault("drop")
    commands.send_due()
    twilio.behave()
    with clock.fixed(EVENING + timedelta(minutes=16)):
        officer = desk(Role.COURT_OFFICER)
        commands.reconcile()
        address = f"/texts/{the_text().id}/decide"
        bare = officer.submit(address)
        assert "Choose what should happen" in text_of(bare)
        assert officer.submit(address, decision="send", reason="rang them").status_code == 302
        assert the_text().state is TextState.PLANNED
        late = officer.submit(address, decision="leave", reason="too late")
    assert "settled meanwhile" in text_of(late)


def test_texts_are_paused_and_resumed_from_the_page(on_paper: None, desk: Desk):
    officer = desk(Role.COURT_OFFICER)
    assert officer.submit("/texts/pause", reason="wrong list").status_code == 302
    assert "wrong list" in why_stopped()
    page = officer.get("/texts/")
    assert "wrong list" in text_of(page)
    officer.post("/texts/resume", data=form_of(page))
    assert why_stopped() == ""


@pytest.mark.proves("B-05", "B-06")
def test_after_a_restore_every_page_says_why_and_no_button_lets_texts_go(
    on_paper: None, desk: Desk
):
    with transaction() as session:
        commands.stand_still(session, actor=TEST)
    officer = desk(Role.COURT_OFFICER)
    page = officer.get("/texts/")
    assert "flask notify reconcile" in text_of(page)
    officer.post("/texts/resume", data=form_of(page))
    assert RESTORED in why_stopped()
    assert RESTORED in text_of(officer.get("/texts/"))


def test_the_tray_shows_what_would_have_left_and_what_is_planned(on_paper: None, desk: Desk):
    with clock.fixed(EVENING):
        officer = desk(Role.COURT_OFFICER)
        a_text(500)
        commands.send_due()
        a_text(501)
        page = text_of(officer.get("/paper/"))
    assert "you must be in court 500" in page
    assert "you must be in court 501" in page
    assert "07700" not in page


def test_the_tray_shows_the_mails_to_staff(on_paper: None, desk: Desk):
    words = {"to": "kim@example.org", "body": "A link for you.", "actor": TEST}
    mail.write(subject="Beacon: set your password", **words)
    mail.send_due()
    mail.write(subject="Beacon: a change to your account", **words)
    page = text_of(desk(Role.TEAM_LEADER).get("/paper/"))
    assert "Beacon: set your password A link for you." in page
    assert "Beacon: a change to your account" in page


def test_the_trays_file_cannot_be_read_by_others(app: Flask, on_paper: None):
    with clock.fixed(EVENING):
        a_text()
        commands.send_due()
    file = app.extensions["beacon_post"].tray.path
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"900500" not in file.read_bytes()
    assert b"Court" not in file.read_bytes()


def test_the_button_runs_tonights_texts_at_any_hour(on_paper: None, desk: Desk):
    with clock.fixed(EVENING.replace(hour=10)):
        officer = desk(Role.COURT_OFFICER)
        a_text()
        assert commands.send_due() == 0
        officer.post("/paper/run", data=form_of(officer.get("/paper/")))
        assert the_text().state is TextState.ACCEPTED


def test_there_is_no_tray_once_texts_are_real(twilio: Provider, desk: Desk):
    assert desk(Role.COURT_OFFICER).get("/paper/").status_code == 404


def test_a_held_back_text_says_why(on_paper: None, desk: Desk):
    a_text()
    with transaction():
        text = db.session.scalars(sa.select(OutboundText)).one()
        text.state, text.reason = TextState.SUPPRESSED, "victim_number"
    with clock.fixed(EVENING):
        page = text_of(desk(Role.COURT_OFFICER).get("/texts/?day=2026-11-24"))
    assert "held for a victim" in page

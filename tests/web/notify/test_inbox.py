"""The inbox of replies and the numbers that are not texted: for the court officer alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.courts.jobs import plan_court_texts
from beacon.notify import commands
from beacon.notify.models import InboundReply, OutboundText, SuppressedNumber
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.conftest import DeskClient
from tests.factories import a_case, a_crime, a_victim
from tests.hearings import MONDAY_EVENING, TUESDAY, a_hearing
from tests.pages import form_of, text_of
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider

Desk = Callable[..., DeskClient]
ROBIN = "+447700900500"
WORDS = "<b>bold</b> I will be late\r\nfrom 12 Orchard Road"
OTHERS = [role for role in Role if role is not Role.COURT_OFFICER]


@pytest.fixture(autouse=True)
def evening(app: Flask):
    kind.register()
    with clock.fixed(EVENING):
        yield


@pytest.fixture
def reply(app: Flask) -> int:
    """A text has gone to a number, and somebody there has answered."""
    a_text()
    commands.send_due()
    commands.take_reply(ROBIN, WORDS, sid="SM1")
    db.session.rollback()
    return db.session.scalars(sa.select(InboundReply.id)).one()


def number_id() -> int:
    db.session.rollback()
    return db.session.scalars(sa.select(SuppressedNumber.id)).one()


@pytest.mark.proves("W-07")
def test_the_words_stand_behind_a_warning_and_a_button_and_are_escaped(reply: int, desk: Desk):
    officer = desk(Role.COURT_OFFICER)
    hidden = officer.get(f"/texts/replies/{reply}")
    assert "It may distress you" in text_of(hidden)
    assert "Orchard" not in hidden.get_data(as_text=True)
    shown = officer.submit(f"/texts/replies/{reply}")  # nothing chosen: the form says so
    assert "Say what it tells about the number" in text_of(shown)
    asked = officer.post(f"/texts/replies/{reply}/words", data=token_of(hidden))
    page = asked.get_data(as_text=True)
    assert "&lt;b&gt;bold&lt;/b&gt; I will be late" in page
    assert "<b>bold" not in page
    read = sa.select(AuditEntry.object_id).where(AuditEntry.action == "reply.read")
    assert db.session.scalars(read).all() == [str(reply)]


def token_of(page: object) -> dict[str, str]:
    return {"csrf_token": str(form_of(page)["csrf_token"])}


@pytest.mark.proves("W-07", "W-09")
def test_the_list_shows_who_waits_without_a_word_of_what_they_wrote(reply: int, desk: Desk):
    commands.take_reply("+447700900501", "I will kill her", sid="SM2")
    commands.take_reply("+447700900502", "STOP", sid="SM3")
    page = text_of(desk(Role.COURT_OFFICER).get("/texts/replies"))
    assert page.index("•••501") < page.index("•••500") < page.index("•••502")
    assert "Urgent: may speak of harm" in page
    assert "Asked not to be texted" in page
    assert "By itself" in page
    assert "late" not in page
    assert "kill" not in page


@pytest.mark.parametrize("place", ["/texts/", "/texts/replies", "/texts/numbers"])
def test_replies_and_numbers_belong_to_the_place_of_texts(reply: int, desk: Desk, place: str):
    page = desk(Role.COURT_OFFICER).get(place).get_data(as_text=True)
    assert re.search(r'aria-current="true"><strong[^>]*>Texts</strong>', page)
    assert page.count('aria-current="true"') == 1


@pytest.mark.proves("W-07")
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_opens_any_of_it(reply: int, desk: Desk, role: Role):
    commands.take_reply("+447700900501", "STOP", sid="SM2")
    browser = desk(role, agency="Refuge" if role is Role.PARTNER else None)
    for address in (
        "/texts/replies",
        f"/texts/replies/{reply}",
        "/texts/numbers",
        f"/texts/numbers/{number_id()}/lift",
    ):
        assert browser.get(address).status_code == 403


@pytest.mark.proves("W-07")
def test_nothing_of_a_reply_stands_on_the_page_of_a_case_or_its_victim(app: Flask, desk: Desk):
    case = a_case(crime=a_crime(reference="41/100/26"), victim=a_victim(mobile="07700 900123"))
    a_hearing(crime_key=case.crime.reference_key, mobile="07700 900500")
    commands.take_reply(ROBIN, "zebra words", sid="SM1")
    leader = desk(Role.TEAM_LEADER, Role.CASE_MANAGER)
    for address in (f"/cases/{case.reference}", f"/victims/{case.victim_id}"):
        page = leader.get(address, follow_redirects=True).get_data(as_text=True)
        assert "zebra" not in page
        assert "/texts/replies" not in page


@pytest.mark.parametrize("words", ["I will kill her", "STOP"])
def test_every_page_tells_a_court_officer_of_what_must_be_read_at_once(
    app: Flask, desk: Desk, words: str
):
    numbers.hold(ROBIN, Owner.VICTIM, 1)
    commands.take_reply(ROBIN, words, sid="SM1")
    assert "1 reply must be read at once" in text_of(desk(Role.COURT_OFFICER).get("/texts/"))
    assert "must be read" not in text_of(desk(Role.TEAM_LEADER).get("/"))


def test_a_reply_of_a_protected_number_says_what_to_do(app: Flask, desk: Desk):
    numbers.hold(ROBIN, Owner.VICTIM, 1)
    commands.take_reply(ROBIN, "hello", sid="SM1")
    reply = db.session.scalars(sa.select(InboundReply.id)).one()
    page = text_of(desk(Role.COURT_OFFICER).get(f"/texts/replies/{reply}"))
    assert "Somebody we protect has this number. Do not ring or text it." in page


def test_a_person_deals_with_a_reply_and_the_note_is_shown(reply: int, desk: Desk):
    officer = desk(Role.COURT_OFFICER)
    address = f"/texts/replies/{reply}"
    answer = officer.submit(address, number="opted_out", note="Asked on the phone, too.")
    assert answer.status_code == 302
    page = text_of(officer.get(address))
    assert "Asked on the phone, too." in page
    assert "What was done about it" not in page
    listed = text_of(officer.get("/texts/numbers"))
    assert "By a person here" in listed
    assert "Asked on the phone, too." in listed


def test_a_reply_that_somebody_else_has_dealt_with_meanwhile_says_so(reply: int, desk: Desk):
    officer = desk(Role.COURT_OFFICER)
    address = f"/texts/replies/{reply}"
    form = token_of(officer.get(address)) | {"number": "nothing", "note": "Rang them."}
    assert officer.post(address, data=form).status_code == 302
    late = officer.post(address, data=form)
    assert "has dealt with this reply meanwhile" in text_of(late)
    assert "What you wrote was not saved: Rang them." in text_of(late)


def test_the_wrong_person_leads_to_the_hearing_where_the_number_is_corrected(
    app: Flask, desk: Desk
):
    hearing_id = a_hearing(mobile="07700 900500").id
    with clock.fixed(MONDAY_EVENING):
        plan_court_texts()
        commands.send_due()
        commands.take_reply(ROBIN, "wrong number", sid="SM1")
        db.session.rollback()
        reply = db.session.scalars(sa.select(InboundReply.id)).one()
        officer = desk(Role.COURT_OFFICER)
        page = officer.get(f"/texts/replies/{reply}").get_data(as_text=True)
        assert f'href="/hearings/{hearing_id}"' in page
        assert "Find the defendant&#39;s own number and correct it" in page
        assert "Somebody else answers this number" in text_of(officer.get("/texts/numbers"))


@pytest.mark.proves("T-27")
def test_an_opt_out_is_listed_with_its_source_and_day_and_lifted_with_a_reason(
    app: Flask, desk: Desk
):
    a_text()
    commands.take_reply(ROBIN, "STOP", sid="SM1")
    officer = desk(Role.COURT_OFFICER)
    page = text_of(officer.get("/texts/numbers"))
    assert "•••500" in page
    assert "By a reply 23 November 2026" in page
    address = f"/texts/numbers/{number_id()}/lift"
    assert "Say why" in text_of(officer.submit(address))
    assert officer.submit(address, because="Rang and asked.").status_code == 302
    again = text_of(officer.get("/texts/numbers"))
    assert "Every number may be texted." in again
    assert "Rang and asked." in again
    assert "texted again already" in text_of(officer.get(address))


@pytest.mark.proves("T-27")
def test_the_hearing_says_that_the_person_cannot_be_texted_and_is_to_be_rung(
    app: Flask, desk: Desk
):
    hearing_id = a_hearing(mobile="07700 900500").id
    commands.take_reply(ROBIN, "STOP", sid="SM1")
    officer = desk(Role.COURT_OFFICER)
    page = text_of(officer.get(f"/hearings/{hearing_id}"))
    assert "Cannot be texted: they asked not to be. Ring them." in page
    listed = officer.get(f"/hearings/?day={TUESDAY.isoformat()}")
    assert "Cannot be texted" in text_of(listed)


@pytest.mark.proves("T-25")
def test_a_text_that_may_have_gone_twice_shows_both_calls(twilio: Provider, desk: Desk):
    a_text()
    twilio.fault("accept_then_drop")
    commands.send_due()
    twilio.behave(forget=True)
    db.session.rollback()
    first = db.session.scalars(sa.select(OutboundText)).one()
    token, text_id = first.token or "", first.id
    with clock.fixed(EVENING + timedelta(minutes=16)):
        officer = desk(Role.COURT_OFFICER)
        commands.reconcile()
        decided = {"decision": "send", "reason": "Rang, no answer."}
        assert officer.submit(f"/texts/{text_id}/decide", **decided).status_code == 302
        commands.send_due()
        commands.record_receipt(commands.Receipt(token, "SM-late", "delivered"))
        page = text_of(officer.get(f"/texts/{text_id}"))
        assert "May have had two." in page
        assert page.count("Accepted") >= 2
        assert "it may have gone twice" in text_of(officer.get("/texts/"))


def test_a_one_way_sender_says_so_and_a_two_way_sender_does_not(twilio: Provider, desk: Desk):
    officer = desk(Role.COURT_OFFICER)
    assert "nobody can reply" in text_of(officer.get("/texts/replies"))
    kind.send_through(officer.application, twilio, two_way=True)
    page = text_of(officer.get("/texts/replies"))
    assert "nobody can reply" not in page
    assert "Nobody is answered by Beacon." in page
    with transaction() as session:
        session.add(Setting(name="texts.answer_cannot_come", text="yes"))
    answered = text_of(officer.get("/texts/replies"))
    assert "Somebody who cannot come is answered with one fixed line" in answered


def test_what_was_dealt_with_a_fortnight_ago_is_listed_no_more(reply: int, desk: Desk):
    commands.handle_reply(reply, note="Rang them.", actor=kind.TEST)
    with clock.fixed(EVENING + timedelta(days=15)):
        page = text_of(desk(Role.COURT_OFFICER).get("/texts/replies"))
    assert "No reply waits." in page
    assert "•••500" not in page


def test_more_texts_than_are_kept_are_counted_on_the_page(reply: int, desk: Desk):
    with transaction() as session:
        session.execute(sa.text("UPDATE inbound_day SET count = 981"))
    page = text_of(desk(Role.COURT_OFFICER).get(f"/texts/replies/{reply}"))
    assert "980 further texts from this number were counted and not kept." in page


@pytest.mark.proves("W-17")
def test_once_the_hearing_has_come_without_a_receipt_its_page_says_so(app: Flask, desk: Desk):
    hearing_id = a_hearing(mobile="07700 900500").id
    with clock.fixed(MONDAY_EVENING):
        plan_court_texts()
        commands.send_due()
        early = text_of(desk(Role.COURT_OFFICER).get(f"/hearings/{hearing_id}"))
    with clock.fixed(MONDAY_EVENING + timedelta(hours=17)):
        late = text_of(desk(Role.COURT_OFFICER).get(f"/hearings/{hearing_id}"))
    assert "Accepted by the provider" in early
    assert "No receipt" in late

"""The button beside a masked number: one press in one's own caseload, a question anywhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.people import commands
from beacon.people.commands import ContactAnswers, PointAnswer
from beacon.people.models import AddressShowing, ContactShowing, Victim
from beacon.people.terms import ContactKind, Preferred, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.pages import Page, form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NUMBER = "07700 900123"
WHY = "To arrange the first visit"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.fixture
def browser(desk: Any, manager: Staff) -> Any:
    return desk(person=manager)


@pytest.fixture
def colleague(desk: Any, monday: None) -> Any:
    return desk(Role.CASE_MANAGER)


def a_client(manager: Staff | None, **known: Any) -> CaseFile:
    usual = {
        "mobile": NUMBER,
        "email": "alex@example.org",
        "address": "4 Example Road",
        "postcode": "AL1 3LB",
        "safe": "yes",
    }
    return a_case(victim=a_victim(**usual | known), manager=manager)


def where(case: CaseFile, kind: ContactKind = ContactKind.MOBILE) -> str:
    point = next(one for one in case.victim.contact_points if one.kind is kind)
    return f"/people/{case.victim_id}/points/{point.id}/show"


def where_they_live(case: CaseFile) -> str:
    return f"/people/{case.victim_id}/address/{case.victim.addresses[0].id}"


def press(browser: Any, case: CaseFile, kind: ContactKind = ContactKind.MOBILE) -> Any:
    """What the button of the page of the case sends: its token, and no answers."""
    page = browser.get(f"/cases/{case.reference}")
    assert where(case, kind) in page.get_data(as_text=True)
    return browser.post(
        f"{where(case, kind)}?next=/cases/{case.reference}",
        data={"csrf_token": form_of(page)["csrf_token"]},
    )


def showings() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(ContactShowing.id))) or 0


@pytest.mark.proves("P-01")
def test_a_manager_calls_her_own_caseload_at_one_press_that_is_logged(browser, manager):
    case = a_client(manager)
    answer = press(browser, case)
    words = text_of(answer)
    assert NUMBER in words
    assert "Log the call" in words
    assert f'href="/cases/{case.reference}/contacts/new"' in answer.get_data(as_text=True)
    assert f'href="/cases/{case.reference}"' in answer.get_data(as_text=True)
    entries = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "contact_point.shown")
    ).all()
    assert [(one.actor_id, one.outcome) for one in entries] == [(manager.id, "done")]
    assert showings() == 1


@pytest.mark.proves("P-01")
def test_an_email_address_is_shown_in_the_same_way(browser, manager):
    answer = press(browser, a_client(manager), ContactKind.EMAIL)
    assert "alex@example.org" in text_of(answer)
    assert NUMBER not in text_of(answer)


@pytest.mark.proves("P-01")
def test_a_page_that_is_only_looked_at_shows_and_writes_down_no_number(browser, manager):
    case = a_client(manager)
    page = browser.get(where(case))
    assert "•••123" in text_of(page)
    assert b"900123" not in page.data.replace(b" ", b"")
    assert showings() == 0


@pytest.mark.proves("P-04")
@pytest.mark.parametrize("known", [{"safe": "ask"}, {"safe_notes": "Do not call after 17:00"}])
def test_the_warning_comes_first_and_is_ticked_before_the_number(browser, manager, known):
    case = a_client(manager, **known)
    asked = press(browser, case)
    words = text_of(asked)
    assert NUMBER not in words
    assert "There is a problem" not in words
    assert known.get("safe_notes", "Ask each time") in words
    assert showings() == 0
    bare = browser.post(where(case), data=form_of(asked))
    assert "Read the warning" in text_of(bare)
    assert showings() == 0
    assert NUMBER in text_of(browser.post(where(case), data=form_of(asked) | {"heeded": "y"}))
    assert showings() == 1


@pytest.mark.proves("P-04")
def test_a_number_that_is_not_safe_is_not_shown_without_a_tick_and_a_reason(browser, manager):
    case = a_client(manager, safe="no")
    asked = form_of(press(browser, case))
    for half in ({"heeded": "y"}, {"reason": WHY}):
        page = browser.post(where(case), data=asked | half)
        assert NUMBER not in text_of(page)
    shown = browser.post(where(case), data=asked | {"heeded": "y", "reason": WHY})
    assert NUMBER in text_of(shown)
    assert "Do not contact" in text_of(shown)


@pytest.mark.proves("P-04")
def test_a_number_that_may_not_be_texted_says_so_beside_it(browser, manager):
    assert "Do not text it" in text_of(press(browser, a_client(manager)))
    assert "Leave no voicemail" in text_of(press(browser, a_client(manager)))
    texted = a_client(manager, preferred="sms")
    assert "Do not text it" not in text_of(press(browser, texted))


@pytest.mark.proves("P-01")
def test_outside_the_caseload_a_reason_is_typed_and_what_was_typed_is_kept(colleague, manager):
    case = a_client(manager)
    asked = press(colleague, case)
    assert NUMBER not in text_of(asked)
    assert "not in your caseload" in text_of(asked)
    short = colleague.post(where(case), data=form_of(asked) | {"reason": "A visit"})
    assert "10 characters" in text_of(short)
    assert form_of(short)["reason"] == "A visit"
    assert showings() == 0
    assert NUMBER in text_of(colleague.post(where(case), data=form_of(short) | {"reason": WHY}))
    assert db.session.scalars(sa.select(ContactShowing)).one().reason == WHY


@pytest.mark.proves("A-26")
@pytest.mark.parametrize("place", [where, where_they_live])
def test_in_a_restricted_case_the_person_proves_again_who_they_are(
    app: Flask, browser, manager, place
):
    case = a_client(manager)
    with transaction():
        case.restricted = True
    address, token = place(case), form_of(browser.get("/"))["csrf_token"]
    with clock.fixed(MONDAY + timedelta(minutes=9)):
        assert browser.get(address).status_code == 200
    with clock.fixed(MONDAY + timedelta(minutes=11)):
        sent = {"csrf_token": token, "reason": WHY, "answered": "yes"}
        for answer in (browser.get(address), browser.post(address, data=sent)):
            assert answer.status_code == 302
            assert answer.location.startswith("/prove?next=%2Fpeople%2F")
        assert showings() == 0
    unrestricted = a_client(manager)
    with clock.fixed(MONDAY + timedelta(minutes=12)):
        assert browser.get(place(unrestricted)).status_code == 200


@pytest.mark.proves("A-26", "P-01")
def test_in_a_restricted_case_even_ones_own_caseload_is_asked_why(browser, manager):
    case = a_client(manager)
    with transaction():
        case.restricted = True
    asked = press(browser, case)
    assert "The case is restricted" in text_of(asked)
    assert NUMBER not in text_of(asked)
    assert NUMBER in text_of(browser.post(where(case), data=form_of(asked) | {"reason": WHY}))


def test_an_officer_of_intake_calls_whoever_nobody_manages_yet(desk):
    case = a_client(None)
    assert NUMBER in text_of(press(desk(Role.INTAKE_OFFICER), case))


@pytest.mark.proves("P-04")
def test_a_number_no_longer_theirs_is_warned_of(browser, manager):
    case = a_client(manager)
    points = {
        one.id: PointAnswer(safe=Safe.YES, retired=one.kind is ContactKind.MOBILE)
        for one in case.victim.contact_points
    }
    said = ContactAnswers(overall=Safe.YES, preferred=Preferred.PHONE, points=points)
    commands.confirm_contact(case.victim, said, version=case.victim.version, actor=TEST)
    page = browser.get(f"/people/{case.victim_id}/contact")
    assert "No longer theirs: 1 number or email address" in text_of(page)
    asked = browser.post(where(case), data={"csrf_token": form_of(page)["csrf_token"]})
    assert NUMBER not in text_of(asked)
    assert "no longer theirs" in text_of(asked)


def test_only_a_number_of_this_person_and_a_person_in_scope_are_there(browser, desk, manager):
    case, other = a_client(manager), a_client(manager)
    foreign = where(other).replace(f"/people/{other.victim_id}/", f"/people/{case.victim_id}/")
    assert browser.get(foreign).status_code == 404
    assert desk(Role.CASE_MANAGER, team="South").get(where(case)).status_code == 404
    assert desk(Role.COURT_OFFICER).get(where(case)).status_code == 403
    wrong = where_they_live(other).replace(f"/{other.victim_id}/", f"/{case.victim_id}/")
    assert browser.get(wrong).status_code == 404


@pytest.mark.proves("P-01")
def test_the_address_is_hidden_until_a_reason_is_given(browser, manager):
    case = a_client(manager)
    page = browser.get(f"/cases/{case.reference}")
    assert "AL1 •••••" in text_of(page)
    assert b"Example Road" not in page.data
    asked = browser.get(where_they_live(case))
    for reason in ("", "Letter"):
        short = browser.post(where_they_live(case), data=form_of(asked) | {"reason": reason})
        assert b"Example Road" not in short.data
    shown = browser.post(where_they_live(case), data=form_of(asked) | {"reason": WHY})
    assert "4 Example Road" in text_of(shown)
    assert 'data-hide-after="60"' in shown.get_data(as_text=True)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "address.shown")
    ).one()
    assert entry.actor_id == manager.id
    assert WHY not in entry.reason + entry.facts
    assert db.session.scalars(sa.select(AddressShowing)).one().reason == WHY


@pytest.mark.proves("P-03")
def test_where_they_lived_before_is_behind_the_same_question(browser, manager):
    case = a_client(manager)
    old = where_they_live(case)
    said = ContactAnswers(
        overall=Safe.YES, preferred=None, address="9 Sample Way", postcode="AL1 3LD"
    )
    commands.confirm_contact(case.victim, said, version=case.victim.version, actor=TEST)
    new = f"/people/{case.victim_id}/address/{case.victim.addresses[1].id}"
    page = browser.get(new)
    assert "Where they lived before" in text_of(page)
    assert old in page.get_data(as_text=True)
    asked = browser.get(old)
    assert b"Example Road" not in asked.data
    assert "4 Example Road" in text_of(browser.post(old, data=form_of(asked) | {"reason": WHY}))


@pytest.mark.proves("P-09")
def test_no_name_and_no_number_is_in_a_title_or_an_address(browser, manager):
    case = a_client(manager)
    person = db.session.get_one(Victim, case.victim_id)
    for answer in (press(browser, case), press(browser, case, ContactKind.EMAIL)):
        page = Page(answer.get_data(as_text=True))
        assert page.title in {"Call – Beacon", "Email – Beacon"}
        addresses = " ".join(
            value
            for part in ("href=", "action=", "src=")
            for value in answer.get_data(as_text=True).split(part)[1:]
            for value in (value.split(">")[0],)
        )
        for secret in (person.last_name, "900123", "alex", "Example"):
            assert secret not in addresses
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"].startswith("no-store")

"""Words are kept for the owner of a session alone: not by a half one, nor by one that was ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands
from beacon.accounts.models import AuthSession, Draft, Staff
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.conftest import DeskClient
from tests.factories import TEST, a_case, a_member_of_staff
from tests.pages import form_of, text_of
from tests.signing_in import (
    PASSWORD,
    a_person,
    cookie_of,
    give_password,
    sign_in_fully,
    with_cookie,
)

PLANTED = "Ring her new number, 07700 900999."
COPY = "Copy what you had typed"
Seated = Callable[..., DeskClient]


@pytest.fixture
def person(app: Flask) -> Staff:
    return a_person(Role.CASE_MANAGER)


@pytest.fixture
def page(person: Staff) -> str:
    return f"/cases/{a_case(manager=person).reference}/contacts/new"


def drafts() -> list[Draft]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Draft)))


def is_shown_for_copying(answer) -> bool:
    words = text_of(answer)
    return answer.status_code == 401 and COPY in words and PLANTED in answer.get_data(as_text=True)


@pytest.mark.proves("A-15", "V-03")
@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.ADMINISTRATOR])
def test_by_the_password_alone_nothing_is_written_into_the_forms_of_its_owner(
    staging: Flask, staging_desk: Seated, role: Role
):
    person = a_person(role)
    if role is Role.CASE_MANAGER:
        page, planted = f"/cases/{a_case(manager=person).reference}/contacts/new", {}
    else:
        other = a_member_of_staff(Role.AUDITOR, email="bob@example.org")
        page, planted = f"/admin/staff/{other.id}/change", {"roles": ["administrator"]}
    owner = staging_desk(person=person)
    before = form_of(owner.get(page)) | {"csrf_token": ""}
    sign_in_fully(staging.test_client())
    thief = staging.test_client()
    give_password(thief)
    token = form_of(thief.get("/factor"))["csrf_token"]
    sent = {"csrf_token": token, "notes": PLANTED} | planted
    assert is_shown_for_copying(thief.post(page, data=sent))
    assert thief.post("/drafts", data=sent | {"beacon_place": page}).status_code == 401
    assert drafts() == []
    assert form_of(owner.get(page)) | {"csrf_token": ""} == before


@pytest.mark.proves("A-15")
def test_a_half_session_that_timed_out_writes_nothing_either(staging: Flask):
    person = a_person(Role.CASE_MANAGER)
    page = f"/cases/{a_case(manager=person).reference}/contacts/new"
    thief = staging.test_client()
    give_password(thief)
    token = form_of(thief.get("/factor/new"))["csrf_token"]
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        answer = thief.post(page, data={"csrf_token": token, "notes": PLANTED})
        assert is_shown_for_copying(answer)
    assert drafts() == []


@pytest.mark.proves("S-02")
@pytest.mark.parametrize("days", [0, 20])
def test_a_cookie_copied_before_signing_out_writes_nothing_afterwards(
    desk: Seated, person: Staff, page: str, days: int
):
    browser = desk(person=person)
    sent = {"csrf_token": form_of(browser.get(page))["csrf_token"]}
    thief = with_cookie(browser, cookie_of(browser))
    browser.post("/sign-out", data=sent)
    with clock.fixed(clock.now() + timedelta(days=days)):
        assert is_shown_for_copying(thief.post(page, data=sent | {"notes": PLANTED}))
    assert drafts() == []


@pytest.mark.proves("S-05")
def test_a_session_ended_by_a_new_password_writes_nothing_afterwards(
    desk: Seated, person: Staff, page: str
):
    thief, own = desk(person=person), desk(person=person)
    sent = {"csrf_token": form_of(thief.get(page))["csrf_token"], "notes": PLANTED}
    commands.set_password(person, PASSWORD, actor=TEST)
    assert own.get(page).status_code == 302
    assert is_shown_for_copying(thief.post(page, data=sent))
    assert drafts() == []


@pytest.mark.proves("V-03")
def test_after_a_day_a_session_that_timed_out_writes_nothing_more(
    desk: Seated, person: Staff, page: str
):
    browser = desk(person=person)
    sent = {"csrf_token": form_of(browser.get(page))["csrf_token"], "notes": PLANTED}
    with clock.fixed(clock.now() + timedelta(hours=25)):
        assert is_shown_for_copying(browser.post(page, data=sent))
    assert drafts() == []


@pytest.mark.proves("V-03")
def test_outside_the_demonstration_too_what_is_sent_after_the_end_is_kept(
    staging: Flask, staging_desk: Seated
):
    person = a_person(Role.CASE_MANAGER)
    page = f"/cases/{a_case(manager=person).reference}/contacts/new"
    browser = staging_desk(person=person)
    sent = {"csrf_token": form_of(browser.get(page))["csrf_token"], "notes": "Ring before six."}
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert browser.post(page, data=sent).location.startswith("/sign-in")
        assert form_of(staging_desk(person=person).get(page))["notes"].strip() == sent["notes"]
    with transaction() as session:
        session.execute(sa.delete(Draft))
        session.execute(sa.update(AuthSession).values(mfa_at=None))
    with clock.fixed(clock.now() + timedelta(minutes=32)):
        assert browser.post(page, data=sent).status_code == 401
    assert drafts() == []

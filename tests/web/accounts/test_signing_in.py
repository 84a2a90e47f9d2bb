"""Signing in: the lock counts in the database, the cookie dies with its row, nobody gets past."""

import re
from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands
from beacon.accounts.models import AuthSession, Staff, StaffRole
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.factories import TEST, a_member_of_staff
from tests.pages import form_of, text_of

PASSWORD = "wheelbarrow lantern tide"


@pytest.fixture
def person(app):
    person = a_member_of_staff(Role.ADMINISTRATOR, email="kim@example.org")
    commands.set_password(person, PASSWORD, actor=TEST)
    return person


def try_password(client, password, email="kim@example.org"):
    return client.submit("/sign-in", email=email, password=password)


def test_the_right_password_leads_to_the_page_asked_for(client, person):
    asked = client.get("/admin/")
    answer = client.post(
        asked.location,
        data=form_of(client.get(asked.location))
        | {"email": "KIM@example.org ", "password": PASSWORD},
    )
    assert (answer.status_code, answer.location) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


@pytest.mark.proves("A-14")
def test_an_unknown_address_and_a_wrong_password_read_alike(client, person):
    known = text_of(try_password(client, "x" * 20))
    unknown = text_of(try_password(client, "x" * 20, email="nobody@example.org"))
    assert known.replace("kim@", "nobody@") == unknown


@pytest.mark.proves("A-11")
def test_ten_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(client, person):
    start = clock.now()
    for _ in range(10):
        assert try_password(client, "wrong password here").status_code == 200
    with clock.fixed(start + timedelta(minutes=14, seconds=59)):
        assert try_password(client, PASSWORD).status_code == 200
    with clock.fixed(clock.now() + timedelta(minutes=15, seconds=1)):
        assert try_password(client, PASSWORD).status_code == 302
        assert "locked after too many" in text_of(client.get("/"))


@pytest.mark.proves("A-11")
def test_nine_wrong_passwords_and_the_right_one_let_in(client, person):
    for _ in range(9):
        try_password(client, "wrong password here")
    assert try_password(client, PASSWORD).status_code == 302


@pytest.mark.proves("S-02")
def test_a_copied_cookie_is_dead_after_sign_out(client, app, person):
    try_password(client, PASSWORD)
    cookie = client.get_cookie("beacon-demo").value
    answer = client.post("/sign-out", data=form_of(client.get("/admin/")))
    assert answer.headers["Clear-Site-Data"] == '"cache","storage"'
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert db.session.scalar(sa.select(AuthSession.revoked_at)) is not None
    thief = app.test_client()
    thief.set_cookie("beacon-demo", cookie)
    assert thief.get("/admin/").status_code == 302


@pytest.mark.proves("S-13")
def test_the_cookie_holds_a_token_of_which_the_table_keeps_only_the_hash(client, person):
    try_password(client, PASSWORD)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert len(urlsafe_b64decode(token + "=")) == 32
    kept = db.session.scalar(sa.select(AuthSession.id_hash))
    assert kept == commands.digest(token) != token
    assert re.fullmatch(r"[0-9a-f]{64}", kept)


@pytest.mark.proves("S-03")
@pytest.mark.parametrize(("passed", "status"), [(900, 200), (901, 302)])
def test_an_idle_session_ends_after_fifteen_minutes(client, person, passed, status):
    with clock.fixed(clock.now()) as start:
        try_password(client, PASSWORD)
    with clock.fixed(start + timedelta(seconds=passed)):
        assert client.get("/admin/").status_code == status


def test_one_key_keeps_an_idle_session(client, person):
    try_password(client, PASSWORD)
    page = client.get("/admin/")
    assert 'data-idle="900"' in page.get_data(as_text=True)
    token = form_of(page)["csrf_token"]
    start = clock.now()
    with clock.fixed(start + timedelta(minutes=14)):
        assert client.post("/stay", headers={"X-CSRFToken": token}).status_code == 204
    with clock.fixed(start + timedelta(minutes=28)):
        assert client.get("/admin/").status_code == 200


@pytest.mark.proves("S-04")
def test_a_busy_session_ends_after_ten_hours(client, person):
    with clock.fixed(clock.now()) as start:
        try_password(client, PASSWORD)
    token = form_of(client.get("/admin/"))["csrf_token"]
    for minutes in range(14, 600, 14):
        with clock.fixed(start + timedelta(minutes=minutes)):
            assert client.post("/stay", headers={"X-CSRFToken": token}).status_code == 204
    with clock.fixed(start + timedelta(hours=10)):
        assert client.get("/admin/").status_code == 200
    with clock.fixed(start + timedelta(hours=10, seconds=1)):
        assert client.get("/admin/").status_code == 302


@pytest.mark.proves("S-06")
def test_a_disabled_person_is_out_with_the_next_request(client, person):
    try_password(client, PASSWORD)
    with transaction():
        commands.disable(person, actor=TEST)
    assert client.get("/admin/").status_code == 302
    assert try_password(client, PASSWORD).status_code == 200


def test_a_changed_password_ends_every_session(client, person):
    try_password(client, PASSWORD)
    commands.set_password(person, "another three words", actor=TEST)
    assert client.get("/admin/").status_code == 302


@pytest.mark.proves("S-06")
def test_a_role_given_or_taken_holds_with_the_next_request(desk):
    browser = desk(Role.CASE_MANAGER)
    assert browser.get("/admin/").status_code == 403
    person = db.session.get_one(Staff, browser.person_id)
    with transaction():
        person.role_rows = [StaffRole(role=Role.ADMINISTRATOR)]
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/cases/").status_code == 403


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(client, person, wanted):
    form = form_of(client.get("/sign-in"))
    answer = client.post(
        "/sign-in",
        query_string={"next": wanted},
        data=form | {"email": "kim@example.org", "password": PASSWORD},
    )
    assert answer.location == "/"


def test_a_setup_link_sets_a_password_once(client, app):
    person = a_member_of_staff(email="new@example.org")
    token = commands.issue_setup_link(person, actor=TEST)
    address = f"/set-password/{token}"
    assert client.submit(address, password=PASSWORD).status_code == 302
    assert "has been used" in text_of(client.submit(address, password=PASSWORD))
    assert try_password(client, PASSWORD, email="new@example.org").status_code == 302


@pytest.mark.parametrize(
    "password", ["short", "x" * 129, "beacon hertfordshire 2026", "new@example.org!", "a" * 30]
)
def test_a_weak_password_is_refused_with_a_sentence(client, app, password):
    person = a_member_of_staff(email="new@example.org")
    token = commands.issue_setup_link(person, actor=TEST)
    answer = client.submit(f"/set-password/{token}", password=password)
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)


def test_an_administrator_changes_a_setting_and_adds_a_person(desk):
    browser = desk(Role.ADMINISTRATOR)
    assert browser.submit("/admin/settings/texts.daily_cap", text="many").status_code == 200
    assert browser.submit("/admin/settings/texts.daily_cap", text="200").status_code == 302
    answer = browser.submit(
        "/admin/staff/new", name="Jo Bloggs", email="jo@example.org", roles=["auditor"]
    )
    assert "/set-password/" in answer.get_data(as_text=True)
    assert "jo@example.org" in text_of(browser.get("/admin/"))

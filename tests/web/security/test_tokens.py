"""A form of ours carries the token of its own session, and nothing else will do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from beacon.accounts import commands
from beacon.accounts.models import Staff, Team
from beacon.cases.models import CaseFile
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.conftest import DeskClient
from tests.factories import TEST, a_case, a_member_of_staff
from tests.long import each
from tests.pages import form_of, text_of
from tests.web.security.test_every_route import everything_held

# What machines call, which prove themselves by a signature or change nothing. Nothing else.
EXEMPT = {
    "/csp-report",
    "/hooks/twilio/inbound",
    "/hooks/twilio/status/<token>",
    "/api/v1/referrals",  # by a bearer token, which no other site's page can send
}
NOTE = "A long and careful note"


def orders(app: Flask) -> Iterator[str]:
    """The address of each route that changes something, but for the exempt."""
    values = {"reference": db.session.scalar(sa.select(CaseFile.reference))}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.rule not in EXEMPT:
            with app.test_request_context():
                yield url_for(rule.endpoint, **{n: values.get(n, 1) for n in rule.arguments})


def token_of(browser: DeskClient) -> str:
    """The token of a page of this browser."""
    return str(form_of(browser.get("/"))["csrf_token"])


class Earlier(TimestampSigner):
    """Signs as at some hours ago."""

    def get_timestamp(self) -> int:
        """The moment that is signed."""
        return int(time.time()) - 9 * 3600


def token_made_earlier(app: Flask, browser: DeskClient) -> str:
    """The token that a page of nine hours ago holds."""
    token_of(browser)
    with browser.session_transaction() as cookie:
        seed = cookie["csrf_token"]
    signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token", signer=Earlier)
    return str(signer.dumps(seed))


@pytest.mark.proves("C-01")
@pytest.mark.parametrize("role", each(Role, soon=[Role.CASE_MANAGER]))
def test_no_order_is_obeyed_without_the_token_of_this_very_session(
    role: Role, county: Flask, desk: Callable[..., DeskClient], at_desk
):
    browser = at_desk(role)
    person = db.session.get_one(Staff, browser.person_id)
    same, somebody = desk(person=person), desk(Role.TEAM_LEADER)
    stranger = county.test_client()
    bad = {
        "none": {},
        "wrong": {"csrf_token": token_of(browser)[::-1]},
        "another person's": {"csrf_token": token_of(somebody)},
        "another session's": {"csrf_token": token_of(same)},
        "nobody's": {"csrf_token": form_of(stranger.get("/sign-in"))["csrf_token"]},
    }
    browser.looks = False
    held, faults, count = everything_held(), [], 0
    for where in orders(county):
        for kind, token in bad.items():
            answer = browser.post(where, data=token | {"note": NOTE})
            count += 1
            if answer.status_code != 400 or NOTE not in answer.get_data(as_text=True):
                faults.append((where, kind, answer.status_code))
    assert faults == []
    assert everything_held() == held
    assert count > 100


@pytest.mark.proves("C-01")
def test_only_what_machines_call_needs_no_token(app: Flask):
    exempt = {
        rule.rule.replace("<string:", "<")
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "for_machines", False)
    }
    assert exempt == EXEMPT
    views = [app.view_functions[one.endpoint] for one in app.url_map.iter_rules()
             if one.rule.replace("<string:", "<") in EXEMPT]  # fmt: skip
    without = {name for name in app.extensions["csrf"]._exempt_views if name.startswith("beacon.")}
    assert without == {f"{view.__module__}.{view.__name__}" for view in views}
    assert not app.extensions["csrf"]._exempt_blueprints


@pytest.fixture
def manager(app: Flask) -> Staff:
    """A case manager with a password."""
    person = a_member_of_staff(Role.CASE_MANAGER, email="kim@example.org")
    commands.set_password(person, "wheelbarrow lantern tide", actor=TEST)
    return person


def signed_in_by_form(browser: DeskClient) -> None:
    """Sign this browser in."""
    browser.submit("/sign-in", email="kim@example.org", password="wheelbarrow lantern tide")


@pytest.mark.proves("C-01")
def test_a_page_of_the_session_before_gives_no_order_in_the_next(app: Flask, manager: Staff):
    browser = app.test_client()
    before = form_of(browser.get("/sign-in"))["csrf_token"]
    signed_in_by_form(browser)
    first = token_of(browser)
    assert browser.post("/stay", headers={"X-CSRFToken": before}).status_code == 400
    assert browser.post("/stay", headers={"X-CSRFToken": first}).status_code == 204
    browser.post("/sign-out", data={"csrf_token": first})
    signed_in_by_form(browser)
    assert browser.post("/stay", headers={"X-CSRFToken": first}).status_code == 400


@pytest.mark.proves("C-02")
def test_a_form_that_was_open_for_hours_is_taken_while_its_session_lives(
    app: Flask, desk, manager: Staff
):
    browser, case = desk(person=manager), a_case(manager=manager)
    page = f"/cases/{case.reference}/contacts/new"
    sent = form_of(browser.get(page)) | {"channel": "phone", "outcome": "no_answer"}
    answer = browser.post(page, data=sent | {"csrf_token": token_made_earlier(app, browser)})
    assert answer.status_code == 302
    assert "The contact is recorded." in text_of(browser.get(answer.location))


@pytest.mark.proves("C-03")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "http://localhost.evil.example.org"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_another_site_gives_no_order_even_with_the_right_token(
    app: Flask, desk, manager: Staff, headers: dict[str, str]
):
    browser, case = desk(person=manager), a_case(manager=manager)
    page = f"/cases/{case.reference}/contacts/new"
    sent = form_of(browser.get(page)) | {"channel": "phone", "outcome": "no_answer"}
    held = everything_held()
    assert browser.post(page, data=sent, headers=headers).status_code == 403
    assert everything_held() == held
    assert browser.post(page, data=sent, headers={"Origin": "http://localhost"}).status_code == 302


@pytest.mark.proves("C-05")
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example.org"}, {}]
)
def test_nobody_is_signed_in_by_another_site(app: Flask, manager: Staff, headers: dict[str, str]):
    browser = app.test_client()
    answer = browser.post(
        "/sign-in",
        data={"email": "kim@example.org", "password": "wheelbarrow lantern tide"},
        headers=headers,
    )
    assert answer.status_code == (403 if headers else 400)
    assert browser.get("/").status_code == 302


@pytest.mark.proves("C-06")
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "", "text/csv"])
def test_a_body_that_is_no_form_gives_no_order(app: Flask, desk, manager: Staff, kind: str):
    browser, case = desk(person=manager), a_case(manager=manager)
    page = f"/cases/{case.reference}/contacts/new"
    sent = form_of(browser.get(page)) | {"channel": "phone", "outcome": "no_answer"}
    held = everything_held()
    for headers in ({}, {"X-CSRFToken": sent["csrf_token"]}):
        answer = browser.post(
            page, data=str(sent).replace("'", '"'), content_type=kind, headers=headers
        )
        assert answer.status_code in {200, 400}
        assert everything_held() == held


@pytest.mark.proves("Z-26")
def test_a_role_that_was_lost_while_typing_saves_nothing_and_gives_the_words_back(
    app: Flask, desk, manager: Staff
):
    browser, case = desk(person=manager), a_case(manager=manager)
    page = f"/cases/{case.reference}/contacts/new"
    sent = form_of(browser.get(page)) | {"notes": NOTE, "channel": "phone", "outcome": "no_answer"}
    with transaction() as session:
        manager = session.get_one(Staff, manager.id)
        manager.role_rows[0].role = Role.ANALYST
    held = everything_held()
    answer = browser.post(page, data=sent)
    assert answer.status_code == 403
    assert NOTE in answer.get_data(as_text=True)
    assert "You may not open this page" in text_of(answer)
    assert everything_held() == held


@pytest.mark.proves("Z-26")
def test_a_case_that_was_lost_while_typing_saves_nothing_and_gives_the_words_back(
    app: Flask, desk, manager: Staff
):
    browser = desk(person=manager)
    case = a_case(manager=manager)
    page = f"/cases/{case.reference}/contacts/new"
    sent = form_of(browser.get(page)) | {"notes": NOTE, "channel": "phone", "outcome": "no_answer"}
    with transaction() as session:
        elsewhere = Team(name="South")
        session.add(elsewhere)
        session.flush()
        moved = session.get_one(CaseFile, case.id)
        moved.manager_id, moved.team_id = None, elsewhere.id
    held = everything_held()
    answer = browser.post(page, data=sent)
    assert answer.status_code == 404
    assert NOTE in answer.get_data(as_text=True)
    assert everything_held() == held

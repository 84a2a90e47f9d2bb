"""The provider's addresses take what the provider signed, and nothing else (security.md 3.9)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from beacon.core.db import db
from beacon.notify import commands
from beacon.notify.models import OutboundText, SuppressedNumber, TextEvent
from beacon.notify.post import Post
from beacon.notify.terms import NumberFlag, TextState
from tests.browser import serving
from tests.provider.kind import a_text
from tests.provider.process import PUBLIC, Provider
from tests.provider.server import ACCOUNT, TOKEN

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def path(twilio: Provider) -> str:
    """Where the provider reports on a text that it has accepted."""
    a_text()
    commands.send_due()
    db.session.rollback()
    return f"/hooks/twilio/status/{db.session.scalar(sa.select(OutboundText.token))}"


def facts(**known: str) -> dict[str, str]:
    return {"AccountSid": ACCOUNT, "MessageSid": "SM1", "MessageStatus": "delivered"} | known


def signed(
    path: str, form: dict[str, str], *, token: str = TOKEN, at: str = PUBLIC
) -> dict[str, str]:
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(f"{at}{path}", form)}


def state() -> TextState:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText.state)).one()


def kept() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(TextEvent.id))) or 0


@pytest.mark.proves("W-01")
def test_a_signed_report_is_taken(client: FlaskClient, path: str):
    answer = client.post(path, data=facts(), headers=signed(path, facts()))
    assert (answer.status_code, answer.data) == (204, b"")
    assert state() is TextState.DELIVERED


@pytest.mark.proves("W-02")
@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": ""}])
def test_without_a_signature_it_is_turned_away(
    client: FlaskClient, path: str, headers: dict[str, str]
):
    assert client.post(path, data=facts(), headers=headers).status_code == 403
    assert kept() == 0


@pytest.mark.proves("W-03")
@pytest.mark.parametrize(
    "wrong",
    ["token", "byte", "path", "host", "http", "port", "query", "account"],
)
def test_signed_for_something_else_it_is_turned_away(client: FlaskClient, path: str, wrong: str):
    form = facts(AccountSid="AC" + "1" * 32) if wrong == "account" else facts()
    headers = {
        "token": lambda: signed(path, form, token="another"),
        "byte": lambda: signed(path, facts(MessageStatus="sent")),
        "path": lambda: signed(path + "0", form),
        "host": lambda: signed(path, form, at="https://beacon.example.net"),
        "http": lambda: signed(path, form, at="http://beacon.example.org"),
        "port": lambda: signed(path, form, at="https://beacon.example.org:8443"),
        "query": lambda: signed(path, form),
        "account": lambda: signed(path, form),
    }[wrong]()
    asked = f"{path}?more=1" if wrong == "query" else path
    assert client.post(asked, data=form, headers=headers).status_code == 403
    assert kept() == 0


@pytest.mark.proves("W-10")
def test_what_the_request_says_of_its_own_address_has_no_effect(client: FlaskClient, path: str):
    forged = {
        "X-Forwarded-Host": "evil.example.net",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": "203.0.113.9",
    }
    right = client.post(path, data=facts(), headers=signed(path, facts()) | forged)
    wrong = client.post(
        path, data=facts(), headers=signed(path, facts(), at="https://evil.example.net") | forged
    )
    assert (right.status_code, wrong.status_code) == (204, 403)


@pytest.mark.proves("W-12")
def test_an_unknown_token_is_answered_alike_and_makes_nothing(client: FlaskClient, path: str):
    other = "/hooks/twilio/status/" + "0" * 32
    answer = client.post(other, data=facts(), headers=signed(other, facts()))
    assert (answer.status_code, kept()) == (204, 0)


@pytest.mark.proves("W-04")
def test_the_same_report_again_changes_nothing(client: FlaskClient, path: str):
    answers = [client.post(path, data=facts(), headers=signed(path, facts())) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {204}
    assert kept() == 1


@pytest.mark.proves("W-14")
def test_what_is_too_large_or_of_another_form_is_turned_away(client: FlaskClient, path: str):
    many = {f"f{n}": "x" for n in range(200)}
    assert client.post(path, data="x" * 100_000, content_type=FORM).status_code == 413
    assert client.post(path, json=facts()).status_code == 415
    assert client.get(path).status_code == 405
    assert client.post(path, data=urlencode(many), content_type=FORM).status_code == 400
    assert kept() == 0


@pytest.mark.proves("W-15")
def test_either_token_is_taken_while_it_is_changed_and_then_the_old_one_no_more(
    app: Flask, client: FlaskClient, here: Post, path: str
):
    def answers(config: object) -> list[int]:
        app.extensions["beacon_post"] = replace(here, config=config)  # type: ignore[arg-type]
        return [
            client.post(path, data=facts(), headers=signed(path, facts(), token=t)).status_code
            for t in ("new", "old")
        ]

    changing = replace(here.config, twilio_auth_token="new", twilio_auth_token_secondary="old")
    assert answers(changing) == [204, 204]
    assert answers(replace(changing, twilio_auth_token_secondary="")) == [204, 403]


@pytest.mark.proves("W-18")
@pytest.mark.parametrize("odd", ["a b+c", "ünïcode ✓", "a&b=c", "", "\r\n", "😀" * 20])
def test_odd_marks_do_not_break_a_signature(client: FlaskClient, path: str, odd: str):
    form = facts(Extra=odd)
    assert client.post(path, data=form, headers=signed(path, form)).status_code == 204


def test_reports_that_the_stand_in_signs_arrive(
    app: Flask, client: FlaskClient, twilio: Provider, path: str
):
    with serving(app) as site:
        answers = twilio.report("undelivered", site, code=30006)
    assert answers == [204]
    assert state() is TextState.UNDELIVERED


@pytest.mark.proves("W-09")
def test_stop_is_kept_and_answered_with_silence(client: FlaskClient, path: str):
    inbound = "/hooks/twilio/inbound"
    form = {"AccountSid": ACCOUNT, "From": "+447700900500", "Body": "STOP"}
    answer = client.post(inbound, data=form, headers=signed(inbound, form))
    db.session.rollback()
    assert (answer.status_code, answer.data) == (204, b"")
    assert db.session.scalar(sa.select(SuppressedNumber.flag)) is NumberFlag.OPTED_OUT
    assert client.post(inbound, data=form).status_code == 403

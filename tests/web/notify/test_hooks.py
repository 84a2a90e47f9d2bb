"""The provider's addresses take what the provider signed, and nothing else (security.md 3.9)."""

from __future__ import annotations

import random
import socket
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from beacon.core import clock
from beacon.core.db import db
from beacon.notify import commands
from beacon.notify.models import InboundReply, OutboundText, SuppressedNumber, TextEvent
from beacon.notify.post import Post
from beacon.notify.terms import NumberFlag, TextState
from tests.browser import serving
from tests.provider.kind import EVENING, a_text
from tests.provider.process import PUBLIC, Provider
from tests.provider.server import ACCOUNT, TOKEN

INBOUND = "/hooks/twilio/inbound"
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


@pytest.mark.proves("W-18")
def test_two_hundred_posts_signed_by_the_official_validator_are_all_taken(
    client: FlaskClient, path: str
):
    chance = random.Random(18)
    answers = [_post_at_random(client, path, chance) for _ in range(200)]
    assert answers == [204] * 200


def _post_at_random(client: FlaskClient, path: str, chance: random.Random) -> int:
    """One post with odd names, odd values and repeated fields, written as senders differ."""
    odd = [
        "a b",
        "a+b",
        "%41",
        "&",
        "=",
        "ü",
        "ß",
        "é",
        "😀",
        "مرحبا",
        "",
        "\r\n",
        " ",
        "\0",
        "'",
        "~",
    ]
    pairs = [("AccountSid", ACCOUNT), ("MessageSid", f"SM{chance.random()}")]
    pairs += [("MessageStatus", chance.choice(["queued", "sent", "delivered"]))]
    for _ in range(chance.randrange(12)):
        name = f"Extra{chance.randrange(6)}{chance.choice(odd)}"
        pairs.append((name, "".join(chance.choices(odd, k=chance.randrange(6)))))
    chance.shuffle(pairs)
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{path}", MultiDict(pairs))
    body = urlencode(pairs, quote_via=chance.choice([quote, quote_plus]))
    headers = {"X-Twilio-Signature": signature}
    return client.post(path, data=body, content_type=FORM, headers=headers).status_code


@pytest.mark.proves("W-19")
def test_an_old_report_that_comes_again_three_days_later_changes_nothing(
    client: FlaskClient, path: str
):
    client.post(path, data=facts(), headers=signed(path, facts()))
    with clock.fixed(EVENING + timedelta(days=3)):
        answer = client.post(path, data=facts(), headers=signed(path, facts()))
    assert (answer.status_code, kept(), state()) == (204, 1, TextState.DELIVERED)


@pytest.mark.proves("W-01")
@pytest.mark.parametrize("code", ["", "30008", "٣", "²", "-1", "9" * 400, "abc"])
def test_a_code_that_is_no_number_is_none(client: FlaskClient, path: str, code: str):
    form = facts(MessageStatus="undelivered", ErrorCode=code)
    assert client.post(path, data=form, headers=signed(path, form)).status_code == 204
    assert state() is TextState.UNDELIVERED


@pytest.mark.proves("W-02")
@pytest.mark.parametrize("forged", ["x", "\xe9" * 28, "A" * 28, "A" * 5000])
def test_whatever_stands_in_the_place_of_a_signature_is_turned_away(
    client: FlaskClient, path: str, forged: str
):
    answer = client.post(path, data=facts(), headers={"X-Twilio-Signature": forged})
    assert (answer.status_code, kept()) == (403, 0)


def reply(client: FlaskClient, words: str, **more: str) -> Any:
    """Post one signed reply."""
    form = {"AccountSid": ACCOUNT, "From": "+447700900500", "MessageSid": "SM1", "Body": words}
    return client.post(INBOUND, data=form | more, headers=signed(INBOUND, form | more))


@pytest.mark.proves("W-07")
def test_the_longest_reply_of_the_largest_marks_is_taken_and_answered_with_silence(
    client: FlaskClient, path: str
):
    words = "😀" * 1_600
    answer = reply(client, words)
    db.session.rollback()
    assert (answer.status_code, answer.data) == (204, b"")
    assert db.session.scalars(sa.select(InboundReply)).one().words == words


@pytest.mark.proves("W-13")
def test_pictures_are_counted_and_never_fetched(
    client: FlaskClient, path: str, twilio: Provider, monkeypatch: pytest.MonkeyPatch
):
    asked: list[object] = []
    called = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda me, to: asked.append(to) or called(me, to))
    media = {f"MediaUrl{n}": "http://169.254.169.254/latest/meta-data" for n in range(3)}
    answer = reply(client, "look", NumMedia="3", **media)
    db.session.rollback()
    assert (answer.status_code, asked) == (204, [])
    assert db.session.scalars(sa.select(InboundReply)).one().media == 3


@pytest.mark.proves("W-14")
@pytest.mark.parametrize("count", [101, 500, 1_500])
def test_a_reply_of_many_fields_is_turned_away(client: FlaskClient, path: str, count: int):
    many = {f"f{n}": "x" for n in range(count)}
    answer = client.post(INBOUND, data=urlencode(many), content_type=FORM)
    assert answer.status_code == 400


@pytest.mark.proves("W-09")
def test_stop_is_kept_and_answered_with_silence(client: FlaskClient, path: str):
    inbound = "/hooks/twilio/inbound"
    form = {"AccountSid": ACCOUNT, "From": "+447700900500", "Body": "STOP"}
    answer = client.post(inbound, data=form, headers=signed(inbound, form))
    db.session.rollback()
    assert (answer.status_code, answer.data) == (204, b"")
    assert db.session.scalar(sa.select(SuppressedNumber.flag)) is NumberFlag.OPTED_OUT
    assert client.post(inbound, data=form).status_code == 403

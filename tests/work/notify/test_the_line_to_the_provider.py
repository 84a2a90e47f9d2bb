"""How the official client is set up, and a provider that lets nobody in (T-08, T-26)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.settings import Setting
from beacon.notify import commands
from beacon.notify.gateway import Letter, TwilioGateway
from beacon.notify.models import OutboundText
from beacon.notify.post import Post
from beacon.notify.terms import AttemptEnd, TextState
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider

LETTER = Letter("+447700900500", "Come.", "0" * 32, "a:1:b", 60, call_seconds=1)


@contextmanager
def a_full_house() -> Iterator[str]:
    """An address of this machine that takes no connection and refuses none."""
    door, waiting = socket.socket(), []
    try:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _ in range(8):
            caller = socket.socket()
            caller.setblocking(False)
            caller.connect_ex(door.getsockname())
            waiting.append(caller)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        for caller in (*waiting, door):
            caller.close()


@pytest.mark.proves("T-08")
def test_a_connection_that_is_never_made_sent_nothing_and_the_text_goes_when_it_heals(
    app: Flask, here: Post, twilio: Provider
):
    with transaction() as session:
        session.add(Setting(name="texts.call_seconds", text="1"))
    a_text()
    with a_full_house() as address:
        app.extensions["beacon_post"] = Post.of(replace(here.config, twilio_api_base_url=address))
        answer = app.extensions["beacon_post"].gateway.send(LETTER)
        assert (answer.end, answer.is_down) == (AttemptEnd.NOT_SENT, True)
        assert commands.send_due() == 1
        db.session.rollback()
        assert db.session.scalar(sa.select(OutboundText.state)) is TextState.PLANNED
    app.extensions["beacon_post"] = here
    with clock.fixed(EVENING + timedelta(minutes=5)):
        assert commands.send_due() == 1
    assert len(twilio.accepted()) == 1


@pytest.mark.proves("T-07")
def test_told_to_slow_down_and_not_for_how_long_it_waits_about_a_minute(twilio: Provider):
    a_text()
    twilio.fault("status", status=429, code=20429)
    commands.send_due()
    text = db.session.scalars(sa.select(OutboundText)).one()
    assert (text.state, text.attempts) == (TextState.PLANNED, 1)
    assert 48 <= (text.send_after - EVENING).total_seconds() <= 72


@pytest.mark.proves("T-26")
def test_the_client_waits_so_long_and_tries_once_whatever_the_machine_says(
    here: Post, twilio: Provider, monkeypatch: pytest.MonkeyPatch
):
    nowhere = "http://127.0.0.1:9"
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, nowhere)
    for name in ("TWILIO_REGION", "TWILIO_EDGE"):
        monkeypatch.setenv(name, "au1")
    gateway = TwilioGateway(here.config)
    with gateway._line(7) as line:
        assert line.http.timeout == 7
        assert not line.http.session.trust_env
        assert line.http.proxy in (None, {})
        for adapter in line.http.session.adapters.values():
            assert adapter.max_retries.total == 0
        assert not line.client.region
        assert not line.client.edge
    with TwilioGateway(replace(here.config, twilio_api_base_url=""))._line(7) as line:
        assert line.client.get_hostname("https://api.twilio.com") == "https://api.twilio.com"
    assert gateway.send(LETTER).end is AttemptEnd.ACCEPTED
    twilio.fault("status", status=503)
    gateway.send(LETTER)
    assert twilio.calls() == 2


@pytest.mark.proves("T-19")
def test_what_is_committed_is_on_the_disk_before_the_call(app: Flask):
    with transaction() as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"

"""The provider's addresses over real connections: many posts at once, and a database that is gone.

Every form is signed by the official RequestValidator and sent as the bytes that a server gets.
"""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from twilio.request_validator import RequestValidator

from beacon.app import create_app
from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.notify import commands
from beacon.notify.models import InboundDay, InboundReply, OutboundText, TextEvent
from beacon.notify.terms import TextState
from config import Config
from tests.browser import serving
from tests.provider.kind import a_text
from tests.provider.process import PUBLIC, Provider
from tests.provider.server import ACCOUNT, TOKEN

pytestmark = pytest.mark.on_both

INBOUND = "/hooks/twilio/inbound"
FORM = "application/x-www-form-urlencoded"
NOWHERE = {
    "sqlite": "sqlite:////dev/null/no/such/place.sqlite",
    "postgresql": "postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=2",
}


def post(site: str, path: str, form: dict[str, str]) -> int:
    """Send one signed form; the status of the answer."""
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{path}", form)
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    try:
        headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
        connection.request("POST", path, urlencode(form), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def facts(**known: str) -> dict[str, str]:
    return {"AccountSid": ACCOUNT, "MessageSid": "SM1", "MessageStatus": "delivered"} | known


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def changes() -> int:
    """How often the log says that a text was delivered."""
    query = sa.select(sa.func.count()).where(AuditEntry.action == "text.delivered")
    return db.session.scalar(query) or 0


@pytest.fixture
def path(twilio: Provider) -> str:
    """Where the provider reports on a text that it has accepted."""
    a_text()
    commands.send_due()
    db.session.rollback()
    found = f"/hooks/twilio/status/{db.session.scalar(sa.select(OutboundText.token))}"
    db.session.remove()
    return found


@pytest.mark.proves("W-04")
def test_the_same_report_posted_fifty_times_by_eight_threads_is_one(app: Flask, path: str):
    with serving(app) as site, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(site, path, facts()), range(50)))
    assert answers == [204] * 50
    assert (count(TextEvent), changes()) == (1, 1)
    assert db.session.scalar(sa.select(OutboundText.state)) is TextState.DELIVERED


@pytest.mark.proves("W-05", "W-06")
def test_every_kind_of_report_at_once_keeps_each_and_ends_in_one_end(app: Flask, path: str):
    words = ["queued", "sending", "sent", "delivered", "undelivered"] * 8
    with serving(app) as site, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda w: post(site, path, facts(MessageStatus=w)), words))
    assert answers == [204] * 40
    assert count(TextEvent) == 5
    text = db.session.scalars(sa.select(OutboundText)).one()
    assert text.state in {TextState.DELIVERED, TextState.UNDELIVERED}
    assert text.is_disputed
    assert count_conflicts() == 1


def count_conflicts() -> int:
    query = sa.select(sa.func.count()).where(TextEvent.is_conflict)
    return db.session.scalar(query) or 0


@pytest.mark.proves("W-08")
def test_a_flood_of_replies_by_eight_threads_is_answered_alike_and_twenty_are_kept(
    app: Flask, path: str
):
    def one(n: int) -> int:
        form = {"AccountSid": ACCOUNT, "From": "+447700900500", "MessageSid": f"SM{n}"}
        return post(site, INBOUND, form | {"Body": f"hello {n}"})

    with serving(app) as site, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(48)))
    assert answers == [204] * 48
    assert count(InboundReply) == 20
    assert db.session.scalar(sa.select(InboundDay.count)) == 48


@pytest.mark.proves("W-16")
def test_while_the_database_is_gone_the_provider_is_told_to_come_again(
    app: Flask, path: str, database_kind: str, tmp_path: Path
):
    lost = create_app(
        Config.from_environment(
            {"BEACON_INSTANCE": str(tmp_path), "DATABASE_URL": NOWHERE[database_kind]}
        )
    )
    lost.extensions["beacon_post"] = app.extensions["beacon_post"]
    reply = {"AccountSid": ACCOUNT, "From": "+447700900500", "Body": "STOP"}
    with serving(lost) as site:
        assert post(site, path, facts()) == 503
        assert post(site, INBOUND, reply) == 503
        assert post(site, path, facts(AccountSid="AC1")) == 403
    with serving(app) as site:
        assert post(site, path, facts()) == 204
    assert changes() == 1

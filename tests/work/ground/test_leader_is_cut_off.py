"""A leader whose own line to PostgreSQL is cut: it claims nothing more, and stands again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.notify import commands
from beacon.scheduler.leader import LOCK, Leadership, leader
from beacon.scheduler.running import Watch
from tests.provider.fixtures import here, stand_in, twilio
from tests.provider.kind import a_text
from tests.provider.process import Provider

pytestmark = pytest.mark.on_both

__all__ = ["here", "stand_in", "twilio"]
DATABASES = ("postgresql",)
HOLDERS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock AND granted"


@pytest.fixture
def watch(app: Flask) -> Iterator[Watch]:
    """A scheduler that leads."""
    made = Watch(app)
    made.look()
    yield made
    made.leadership.give_up()
    commands.stopping.clear()


def cut() -> None:
    """End the line of whoever leads."""
    with db.engine.begin() as connection:
        for pid in connection.scalars(sa.text(HOLDERS), {"lock": LOCK}).all():
            connection.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


@pytest.mark.proves("K-12")
def test_without_its_line_it_claims_no_text_and_then_leads_again(watch: Watch, twilio: Provider):
    a_text()
    assert watch.leads
    cut()
    watch.look()
    assert not watch.leads
    assert commands.send_due() == 0
    assert twilio.calls() == 0
    watch.look()
    assert watch.leads
    assert commands.send_due() == 1


@pytest.mark.proves("K-12")
def test_another_leads_once_the_line_of_the_first_is_cut(app: Flask, watch: Watch):
    other = Leadership(app.config["BEACON"].instance)
    assert not other.take()
    cut()
    assert other.take()
    watch.look()
    watch.look()
    assert not watch.leads
    assert leader(app.config["BEACON"].instance)
    other.give_up()

"""Two schedulers, each in its own process: one leads, and what happens when it is cut off."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.core.timetable import JobRun
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from beacon.ops import checks
from beacon.ops.routes import late_scheduler
from tests.provider.fixtures import here, stand_in, twilio
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider
from tests.provider.schedulers import LEADS, WAITS, Scheduler, schedulers, wait_for
from tests.provider.several import environment, without_caps

__all__ = ["here", "stand_in", "twilio"]
pytestmark = [pytest.mark.on_both, pytest.mark.timeout(400)]
DUE = 60
Start = Callable[[], Scheduler]


@pytest.fixture
def start(app: Flask, twilio: Provider, tmp_path: Path) -> Iterator[Start]:
    """Starts schedulers of this installation, at five past five by their clocks."""
    without_caps()
    behave(twilio)
    with schedulers(environment(app, twilio), EVENING, tmp_path) as started:
        yield started


def behave(twilio: Provider, **how: object) -> None:
    """Tell the provider what to do, and what time it is for the schedulers."""
    twilio.behave(clock_ahead=(EVENING - datetime.now(UTC)).total_seconds(), **how)


def some_due(many: int = DUE) -> None:
    for n in range(500, 500 + many):
        a_text(n)
    db.session.remove()


def counted() -> dict[TextState, int]:
    db.session.rollback()
    found = sa.select(OutboundText.state, sa.func.count()).group_by(OutboundText.state)
    return {row[0]: row[1] for row in db.session.execute(found)}


def a_leader_sending(start: Start, twilio: Provider) -> Scheduler:
    """A scheduler in the midst of sending."""
    some_due()
    behave(twilio, always={"do": "accept", "delay": 0.3})
    first = start()
    wait_for(lambda: twilio.calls() >= 5)
    return first


@pytest.mark.proves("K-01", "K-03")
def test_one_leads_the_other_waits_and_the_doctor_names_the_leader(start: Start, twilio: Provider):
    some_due(3)
    first = start()
    wait_for(lambda: first.has_said(LEADS))
    second = start()
    wait_for(lambda: second.has_said(WAITS))
    wait_for(lambda: counted() == {TextState.ACCEPTED: 3})
    assert not second.has_said(LEADS)
    assert f" {first.process.pid} leads" in checks.scheduler().words
    ran = db.session.scalars(sa.select(JobRun.name)).all()
    assert len(ran) == len(set(ran)), "a job was run by both"
    assert twilio.twice() == []


@pytest.mark.proves("K-02", "K-03")
def test_when_the_leader_is_killed_the_other_takes_over_and_sends_the_rest(
    start: Start, twilio: Provider
):
    first = a_leader_sending(start, twilio)
    second = start()
    wait_for(lambda: second.has_said(WAITS))
    first.process.kill()
    wait_for(lambda: second.has_said(LEADS), seconds=30)
    wait_for(lambda: TextState.PLANNED not in counted())
    wait_for(lambda: counted().get(TextState.CLAIMED, 0) <= 16)
    left = counted()
    assert set(left) <= {TextState.ACCEPTED, TextState.CLAIMED}
    assert sum(left.values()) == DUE
    assert twilio.twice() == []


@pytest.mark.proves("K-04")
def test_a_leader_that_hangs_raises_the_alarm_and_sends_nothing_twice_once_it_goes_on(
    start: Start, twilio: Provider
):
    first = a_leader_sending(start, twilio)
    first.tell(signal.SIGSTOP)
    second = start()
    wait_for(lambda: second.has_said(WAITS))
    assert late_scheduler() is None
    with clock.fixed(EVENING + timedelta(minutes=11)):
        assert "not running" in (late_scheduler() or "")
        found = checks.scheduler()
    assert found.state == "warning"
    assert f" {first.process.pid} still leads" in found.words
    assert not second.has_said(LEADS), "the lock is free although its holder lives"
    first.tell(signal.SIGCONT)
    wait_for(lambda: counted() == {TextState.ACCEPTED: DUE})
    assert len(twilio.accepted()) == DUE
    assert twilio.twice() == []


@pytest.mark.proves("K-11")
def test_told_to_stop_in_a_batch_it_records_what_is_under_way_and_leaves_the_rest(
    start: Start, twilio: Provider
):
    first = a_leader_sending(start, twilio)
    first.tell(signal.SIGTERM)
    assert first.process.wait(timeout=120) == 0
    left = counted()
    assert set(left) == {TextState.ACCEPTED, TextState.PLANNED}
    assert left[TextState.ACCEPTED] == len(twilio.accepted()) < DUE
    assert twilio.calls() == left[TextState.ACCEPTED]

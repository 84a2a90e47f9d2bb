"""In the evening every text that was due has ended in one of five ways, or it is an alarm."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock, timetable
from beacon.core.db import db, transaction
from beacon.notify import commands, jobs, outbox
from beacon.notify.models import OutboundText
from beacon.notify.reckoning import reckon
from beacon.notify.terms import TextState
from tests.provider.kind import CLOSES, EVENING, KIND, TEST, TOMORROW, a_text
from tests.provider.process import Provider

EVENING_REPORT = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
TODAY = EVENING.date()


def a_mixed_evening(twilio: Provider) -> None:
    """Two sent, one each refused, too late, in doubt and cancelled; and one that was never due."""
    for n in (500, 501):
        a_text(n)
    commands.send_due()
    a_text(502)
    twilio.fault("status", status=400, code=99999)
    commands.send_due()
    a_text(503)
    twilio.fault("drop")
    commands.send_due()
    twilio.behave()
    a_text(504, send_after=CLOSES - timedelta(seconds=1))
    a_text(505)
    outbox.cancel(kind=KIND, about_id=505, on=TOMORROW, reason="vacated", actor=TEST)
    outbox.suppress(kind=KIND, about_id=506, on=TOMORROW, reason="in_custody", actor=TEST)
    with clock.fixed(CLOSES + timedelta(minutes=1)):
        jobs.send_texts()
        jobs.settle_texts()
    db.session.remove()


@pytest.mark.proves("T-29")
def test_the_sum_of_a_mixed_day_comes_out(
    app: Flask, twilio: Provider, caplog: pytest.LogCaptureFixture
):
    a_mixed_evening(twilio)
    found = reckon(TODAY)
    assert (found.due, found.sent, found.rejected) == (6, 2, 1)
    assert (found.expired, found.person, found.cancelled) == (1, 1, 1)
    assert found.left == 0
    with clock.fixed(EVENING_REPORT), caplog.at_level(logging.INFO):
        assert jobs.reckon_texts() == 0  # it changes nothing
        said = app.test_cli_runner().invoke(args=["notify", "report"])
    assert [r for r in caplog.records if r.levelno >= logging.CRITICAL] == []
    assert said.exit_code == 0
    assert "6 due = 2 + 1 + 1 + 1 + 1" in said.output


@pytest.mark.proves("T-29")
@pytest.mark.parametrize("state", [TextState.CLAIMED, TextState.UNKNOWN, TextState.HELD])
def test_a_text_that_is_left_over_is_an_alarm(
    app: Flask, twilio: Provider, caplog: pytest.LogCaptureFixture, state: TextState
):
    a_mixed_evening(twilio)
    with transaction() as session:
        session.execute(
            sa.update(OutboundText).where(OutboundText.about_id == 504).values(state=state)
        )
    with clock.fixed(EVENING_REPORT):
        jobs.reckon_texts()
        said = app.test_cli_runner().invoke(args=["notify", "report", "--json"])
    assert caplog.messages.count("texts are left over") == 1
    assert said.exit_code == 1
    assert json.loads(said.output)["left"] == 1


@pytest.mark.proves("T-29")
def test_it_is_reckoned_once_at_a_quarter_past_eight():
    entry = next(one for one in timetable.entries() if one.name == "reckon-texts")
    assert not entry.is_open(EVENING_REPORT - timedelta(seconds=1))
    assert entry.is_open(EVENING_REPORT)
    assert entry.minutes == 24 * 60

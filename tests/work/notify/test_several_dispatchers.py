"""Two dispatchers at the same moment, each in its own process, and a provider in a third."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider
from tests.provider.several import dispatcher, environment, go, last_line, until, without_caps

DUE = 120


@pytest.mark.proves("T-02", "T-03")
@pytest.mark.timeout(180)
def test_two_dispatchers_and_two_ticks_text_nobody_twice(app: Flask, twilio: Provider):
    without_caps()
    for n in range(500, 500 + DUE):
        a_text(n)
    db.session.remove()
    twilio.fault("accept", delay=0.02)
    pair = [dispatcher(environment(app, twilio), EVENING, passes=2) for _ in range(2)]
    for process in pair:
        until(process, "ready")
    for process in pair:
        go(process)
    sent = [last_line(process) for process in pair]
    assert sum(sent) == DUE
    assert all(sent), "one of the two did everything: they did not run at the same moment"
    assert len(twilio.accepted()) == DUE
    assert twilio.twice() == []
    assert set(db.session.scalars(sa.select(OutboundText.state))) == {TextState.ACCEPTED}

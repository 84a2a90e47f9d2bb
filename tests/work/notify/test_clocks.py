"""This machine's clock and the provider's must agree before texts go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from beacon.notify import commands
from beacon.notify.readiness import why_stopped
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider


@pytest.fixture
def ticking(app: Flask, stand_in: Provider) -> Iterator[Provider]:
    """The app in the evening of the day before, its clock running and not held."""
    stand_in.behave(forget=True)
    stand_in.file.write_text("")
    kind.register()
    was = app.extensions["beacon_post"]
    kind.send_through(app, stand_in)
    ahead = (EVENING - datetime.now(UTC)).total_seconds()
    with time_machine.travel(EVENING):
        stand_in.behave(clock_ahead=ahead)
        yield stand_in
    app.extensions["beacon_post"] = was


def test_while_the_clocks_agree_texts_go_on(ticking: Provider):
    for n in range(500, 505):
        a_text(n)
    assert commands.send_due() == 5
    assert why_stopped() == ""


@pytest.mark.proves("D-07")
def test_a_provider_whose_clock_differs_by_ten_minutes_pauses_the_sender(ticking: Provider):
    for n in range(500, 505):
        a_text(n)
    ticking.behave(clock_ahead=600)
    assert commands.send_due() == 1
    assert commands.send_due() == 0
    assert "clock" in why_stopped()

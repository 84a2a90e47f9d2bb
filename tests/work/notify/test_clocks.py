"""This machine's clock and the provider's must agree before texts go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from beacon.notify import commands
from beacon.notify.commands.stepping import ClockNotKnown
from beacon.notify.readiness import why_stopped
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider

IN_2099 = datetime(2099, 1, 5, 18, tzinfo=UTC)


def ahead_of_now(moment: datetime) -> float:
    """By how many seconds a moment is ahead of the stand-in's own clock, which nothing moves."""
    return moment.timestamp() - time_machine.escape_hatch.time.time()


@pytest.fixture
def ticking(app: Flask, stand_in: Provider) -> Iterator[Provider]:
    """The app in the evening of the day before, its clock running and not held."""
    stand_in.behave(forget=True)
    stand_in.file.write_text("")
    kind.register()
    was = app.extensions["beacon_post"]
    kind.send_through(app, stand_in)
    with time_machine.travel(EVENING):
        stand_in.behave(clock_ahead=ahead_of_now(EVENING))
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


@pytest.mark.proves("D-06")
@pytest.mark.parametrize("back", [timedelta(hours=2), EVENING - datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_clock_that_was_set_back_sends_nothing_and_pauses_the_sender(
    ticking: Provider, back: timedelta
):
    a_text(500)
    assert commands.send_due() == 1
    with time_machine.travel(EVENING - back):
        assert commands.send_due() == 0
        assert "set back" in why_stopped()
    assert len(ticking.accepted()) == 1


@pytest.mark.proves("D-06")
@pytest.mark.parametrize(
    "then", [EVENING + timedelta(days=3), datetime(2099, 1, 5, 18, tzinfo=UTC)]
)
def test_a_clock_that_was_set_forward_sends_nothing_and_pauses_the_sender(
    ticking: Provider, then: datetime
):
    a_text(500)
    assert commands.send_due() == 1
    with time_machine.travel(then):
        a_text(501, send_after=then - timedelta(hours=1), expires_at=then + timedelta(hours=1))
        assert commands.send_due() == 0
        assert "differ" in why_stopped()
    assert len(ticking.accepted()) == 1


@pytest.mark.proves("D-06")
def test_after_a_long_silence_texts_go_on_where_the_providers_clock_agrees(ticking: Provider):
    a_text(500)
    assert commands.send_due() == 1
    later = EVENING + timedelta(days=3)
    with time_machine.travel(later):
        ticking.behave(clock_ahead=ahead_of_now(later))
        a_text(501, send_after=later - timedelta(hours=1), expires_at=later + timedelta(hours=1))
        assert commands.send_due() == 1
        assert why_stopped() == ""


@pytest.mark.proves("D-06")
def test_where_the_providers_clock_cannot_be_asked_nothing_leaves_and_the_job_has_failed(
    ticking: Provider,
):
    a_text(500)
    assert commands.send_due() == 1
    later = EVENING + timedelta(days=3)
    ticking.behave(always={"do": "status", "status": 503})
    with time_machine.travel(later), pytest.raises(ClockNotKnown):
        commands.send_due()
    assert len(ticking.accepted()) == 1

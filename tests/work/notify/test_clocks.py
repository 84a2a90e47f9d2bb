"""This machine's clock and the provider's must agree before texts go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from beacon.core import timetable
from beacon.core.db import transaction
from beacon.core.settings import Environment
from beacon.core.timetable import Ran
from beacon.notify import commands
from beacon.notify.readiness import why_stopped
from tests.factories import TEST
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


@pytest.fixture
def in_production(app: Flask, ticking: Provider) -> Provider:
    """The same in production, where no pass is made as at another moment."""
    with transaction() as session:
        session.execute(sa.delete(Environment))
        session.add(Environment(name="production"))
    kind.send_through(app, ticking, env="production")
    return ticking


def one_pass() -> Ran:
    """One pass of the scheduler's job that sends, as it is written down."""
    entry = next(entry for entry in timetable.entries() if entry.name == "send-texts")
    return timetable.run(entry, log=lambda name, fault: None)


@pytest.mark.proves("D-06")
@pytest.mark.parametrize("back", [timedelta(hours=2), EVENING - datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_clock_that_was_set_back_sends_nothing_and_pauses_the_sender(
    in_production: Provider, back: timedelta
):
    a_text(500)
    assert one_pass().done == 1
    with time_machine.travel(EVENING - back):
        assert one_pass().done == 0
        assert "set back" in why_stopped()
    assert len(in_production.accepted()) == 1


@pytest.mark.proves("D-06")
def test_texts_go_on_once_a_person_has_set_the_clock_right(in_production: Provider):
    a_text(500)
    assert one_pass().done == 1
    with time_machine.travel(EVENING - timedelta(hours=2)):
        one_pass()
    a_text(501)
    commands.resume(actor=TEST)
    assert (one_pass().done, why_stopped()) == (1, "")


@pytest.mark.proves("D-06")
@pytest.mark.parametrize("then", [EVENING + timedelta(days=3), IN_2099])
def test_a_clock_that_was_set_forward_sends_nothing_and_pauses_the_sender(
    in_production: Provider, then: datetime
):
    a_text(500)
    assert one_pass().done == 1
    with time_machine.travel(then):
        a_text(501, send_after=then - timedelta(hours=1), expires_at=then + timedelta(hours=1))
        assert one_pass().done == 0
        assert "differ" in why_stopped()
    assert len(in_production.accepted()) == 1


@pytest.mark.proves("D-06")
def test_after_a_long_silence_texts_go_on_where_the_providers_clock_agrees(
    in_production: Provider,
):
    a_text(500)
    assert one_pass().done == 1
    later = EVENING + timedelta(days=3)
    with time_machine.travel(later):
        in_production.behave(clock_ahead=ahead_of_now(later))
        a_text(501, send_after=later - timedelta(hours=1), expires_at=later + timedelta(hours=1))
        assert one_pass().done == 1
        assert why_stopped() == ""


@pytest.mark.proves("D-06")
def test_where_the_providers_clock_cannot_be_asked_nothing_leaves_and_the_job_has_failed(
    in_production: Provider,
):
    a_text(500)
    assert one_pass().done == 1
    later = EVENING + timedelta(days=3)
    in_production.behave(always={"do": "status", "status": 503})
    with time_machine.travel(later):
        a_text(501, send_after=later - timedelta(hours=1), expires_at=later + timedelta(hours=1))
        assert (one_pass().failed, one_pass().failed) == (1, 1)
    assert len(in_production.accepted()) == 1

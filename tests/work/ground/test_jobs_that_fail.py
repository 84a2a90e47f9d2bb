"""A job that fails again and again raises the alarm; what was missed is made up once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import DutyReminder
from beacon.core import clock, timetable
from beacon.core.db import db, transaction
from beacon.core.timetable import Entry, JobRun
from beacon.notify.models import OutboundText
from beacon.ops import checks
from beacon.scheduler import queries, running
from tests.factories import a_member_of_staff
from tests.hearings import a_hearing
from tests.provider.fixtures import here, stand_in, twilio
from tests.provider.kind import a_text
from tests.provider.process import Provider
from tests.provider.several import without_caps
from tests.work.cases.test_reminding_managers import a_case_in_contact, charged

pytestmark = pytest.mark.on_both

__all__ = ["here", "stand_in", "twilio"]
NINE = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
FOUR = NINE + timedelta(hours=7)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def one_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[timetable.Job], None]:
    """A timetable of one job that tests bring."""
    kept: dict[str, Entry] = {}
    monkeypatch.setattr(timetable, "_entries", kept)

    def put(job: timetable.Job) -> None:
        kept["count-sheep"] = Entry("count-sheep", job, 1, None, None, 50)

    return put


def fails() -> int:
    raise ZeroDivisionError


def passes(at: datetime, many: int) -> None:
    """So many passes, a minute apart."""
    for n in range(many):
        with clock.fixed(at + n * MINUTE):
            for entry in running.due():
                running._in_turn(entry)


@pytest.mark.proves("K-08")
def test_a_job_that_fails_runs_again_and_three_times_in_a_row_is_an_alarm(
    one_job: Callable[[timetable.Job], None], caplog: pytest.LogCaptureFixture
):
    one_job(fails)
    passes(NINE, 2)
    assert timetable.failing() == []
    assert checks.jobs().state == "ok"
    passes(NINE + 2 * MINUTE, 3)
    assert db.session.query(JobRun).count() == 5
    assert caplog.messages.count("a job failed") == 5
    assert caplog.messages.count("a job keeps failing") == 1
    assert [r.job for r in caplog.records if r.levelno >= logging.CRITICAL] == ["count-sheep"]
    found = checks.jobs()
    assert (found.state, "count-sheep" in found.words) == ("warning", True)
    one_job(lambda: 7)
    passes(NINE + 5 * MINUTE, 1)
    assert checks.jobs().state == "ok"


@pytest.mark.proves("K-08")
def test_two_failures_a_success_and_one_more_are_no_alarm(
    one_job: Callable[[timetable.Job], None],
):
    for place, job in enumerate((fails, fails, lambda: 1, fails)):
        one_job(job)
        passes(NINE + place * MINUTE, 1)
    assert timetable.failures_in_a_row("count-sheep") == 1
    assert timetable.failing() == []


@pytest.mark.proves("K-08")
def test_whichever_job_raises_the_others_of_the_pass_run(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    names = [entry.name for entry in timetable.entries()]
    assert "send-texts" in names
    for name in names:
        known = {one: Entry(one, fails if one == name else int, 1, None, None, 1) for one in names}
        monkeypatch.setattr(timetable, "_entries", known)
        with clock.fixed(NINE):
            ran = running.tick()
        assert {one.name: one.failed for one in ran} == {one: int(one == name) for one in names}


@pytest.mark.proves("K-07")
def test_stopped_from_nine_to_four_it_makes_up_what_was_missed_once(app: Flask, twilio: Provider):
    without_caps()
    with clock.fixed(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        charged(a_case_in_contact(manager=a_member_of_staff()))
    with clock.fixed(NINE):
        for n in range(500, 510):
            a_text(
                n,
                on=(NINE + timedelta(days=1)).date(),
                send_after=NINE + timedelta(hours=2),
                expires_at=FOUR + timedelta(hours=2),
            )
        a_text(
            510,
            on=NINE.date(),
            send_after=NINE + timedelta(minutes=5),
            expires_at=NINE + timedelta(hours=1),
        )
    passes(FOUR, 3)
    runs = db.session.scalars(
        sa.select(JobRun.started_at).where(JobRun.name == "remind-managers")
    ).all()
    assert runs == [FOUR], "once, and not once for each time that was missed"
    kinds = db.session.execute(sa.select(DutyReminder.duty_id, DutyReminder.kind)).all()
    assert len(kinds) == len(set(kinds)) > 0
    sent = {line["body"] for line in twilio.accepted()}
    assert len(sent) == len(twilio.accepted()) == 10, "what was still in time, and not the stale"


@pytest.mark.proves("K-07")
def test_after_an_outage_it_is_said_what_went_late_and_what_was_dropped(
    app: Flask, twilio: Provider
):
    without_caps()
    tomorrow = (NINE + timedelta(days=1)).date()
    passes(NINE, 2)
    with clock.fixed(NINE + MINUTE):
        for n in (500, 501, 502):
            a_text(n, on=tomorrow, send_after=NINE + 60 * MINUTE, expires_at=FOUR + 60 * MINUTE)
        a_text(503, on=NINE.date(), send_after=NINE + 5 * MINUTE, expires_at=FOUR - 60 * MINUTE)
        a_text(504, on=tomorrow, send_after=FOUR + 30 * MINUTE, expires_at=FOUR + 60 * MINUTE)
    with clock.fixed(FOUR - MINUTE):
        (going_on,) = queries.outages(NINE - MINUTE)
        assert (going_on.is_over, going_on.due, going_on.waiting) == (False, 4, 4)
    passes(FOUR, 2)
    with clock.fixed(FOUR + 2 * MINUTE):
        (outage,) = queries.outages(NINE - MINUTE)
        said = app.test_cli_runner().invoke(args=["scheduler", "report"])
    assert (outage.began, outage.ended, outage.is_over) == (NINE + MINUTE, FOUR, True)
    assert (outage.due, outage.late, outage.stale, outage.waiting) == (4, 3, 1, 0)
    assert "4 texts were due, 3 went late, 1 were too late and were given up" in said.output
    assert queries.outages(FOUR) == []


def test_hearings_whose_day_passed_whole_in_an_outage_are_counted(app: Flask):
    day = (NINE + timedelta(days=1)).date()
    with clock.fixed(NINE):
        a_hearing(held_on=day)
        passes(NINE - 20 * MINUTE, 1)
    with transaction() as session:
        session.execute(sa.delete(OutboundText))
    with clock.fixed(NINE + timedelta(days=2)):
        (outage,) = queries.outages(NINE - 60 * MINUTE)
    assert outage.never_planned == 1

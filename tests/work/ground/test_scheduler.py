"""The scheduler: one leads, a failing job stops no other, and a window is kept."""

from datetime import UTC, datetime, time

import pytest

from beacon.core import clock, timetable
from beacon.core.db import db
from beacon.core.timetable import Entry, JobRun
from beacon.scheduler.leader import Leadership
from beacon.scheduler.running import due, tick

pytestmark = pytest.mark.on_both

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_only_one_leads_until_it_gives_up(app, tmp_path):
    first, second = Leadership(tmp_path), Leadership(tmp_path)
    assert first.take()
    assert not second.take()
    assert first.take()
    first.give_up()
    assert second.take()
    second.give_up()


def test_every_job_runs_once_in_a_tick_and_leaves_a_row(app):
    with clock.fixed(MORNING):
        ran = tick()
    names = [one.name for one in ran]
    assert names == [entry.name for entry in timetable.entries()]
    assert len(set(names)) == len(names)
    assert not any(one.failed for one in ran)
    assert db.session.query(JobRun).count() == len(ran)


def test_a_job_that_fails_is_written_down_and_the_pass_goes_on(app):
    def fails() -> int:
        raise ZeroDivisionError

    said: list[str] = []
    ran = timetable.run(
        Entry("fails", fails, 1, None, None, 1), log=lambda name, fault: said.append(name)
    )
    assert (ran.failed, said) == (1, ["fails"])
    assert db.session.query(JobRun.error).scalar() == "ZeroDivisionError"


def test_a_job_waits_for_its_window_by_the_london_clock(app):
    entry = Entry("a", lambda: 0, 10, time(17), time(20), 1)
    assert not entry.is_open(datetime(2026, 7, 1, 15, 59, tzinfo=UTC))
    assert entry.is_open(datetime(2026, 7, 1, 16, 0, tzinfo=UTC))
    assert not entry.is_open(datetime(2026, 11, 23, 16, 59, tzinfo=UTC))


def test_a_job_is_due_again_only_after_its_minutes(app):
    with clock.fixed(MORNING):
        tick()
        assert due() == []

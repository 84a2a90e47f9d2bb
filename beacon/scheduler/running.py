"""One pass of the timetable, and the wait between passes."""

from __future__ import annotations

import logging
import signal
from datetime import UTC, datetime
from threading import Event
from types import FrameType

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from beacon.core import clock, timetable
from beacon.core.db import db
from beacon.core.timetable import Entry, JobRun, Ran
from beacon.ops.start import stop_where_foreign
from beacon.scheduler.leader import Leadership

log = logging.getLogger(__name__)
WAKE_SECONDS = 30


def complain(name: str, fault: BaseException) -> None:
    """Write down that a job failed: its name and the fault, no personal data."""
    log.error("a job failed", extra={"job": name}, exc_info=fault)


def tick() -> list[Ran]:
    """Every job once, in their order, as at this moment: the windows are left to the jobs."""
    return [_in_turn(entry) for entry in timetable.entries()]


def due() -> list[Entry]:
    """The jobs whose window is open and whose interval has passed since they last began."""
    now = clock.now()
    last = dict(
        db.session.execute(
            sa.select(JobRun.name, sa.func.max(JobRun.started_at)).group_by(JobRun.name)
        ).all()
    )
    db.session.rollback()
    return [entry for entry in timetable.entries() if _is_due(entry, now, last.get(entry.name))]


def _is_due(entry: Entry, now: datetime, last: datetime | None) -> bool:
    waited = last is None or (now - last).total_seconds() >= entry.minutes * 60 - WAKE_SECONDS / 2
    return entry.is_open(now) and waited


def _in_turn(entry: Entry) -> Ran:
    try:
        return timetable.run(entry, log=complain)
    finally:
        db.session.remove()


def serve(app: Flask) -> None:
    """Wake every half minute until told to stop; the text in hand is finished first."""
    stop_where_foreign(app)
    stopping = Event()
    leadership = Leadership(app.config["BEACON"].instance)

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    def wake() -> None:
        with app.app_context():
            if not leadership.take():
                return
            for entry in due():
                if stopping.is_set():
                    return
                _in_turn(entry)

    alarm = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    alarm.add_job(wake, "interval", seconds=WAKE_SECONDS, next_run_time=clock.now())
    alarm.start()
    log.info("the scheduler is awake", extra={"jobs": len(timetable.entries())})
    stopping.wait()
    alarm.shutdown(wait=True)
    with app.app_context():
        leadership.give_up()
    log.info("the scheduler has stopped")

"""One pass of the timetable, and the wait between passes."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from types import FrameType

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from beacon.core import clock, timetable
from beacon.core.db import db
from beacon.core.timetable import FAILURES_TOO_MANY, Entry, JobRun, Ran
from beacon.notify import commands as texts
from beacon.ops.start import stop_where_foreign
from beacon.scheduler.leader import Leadership, own_name

log = logging.getLogger(__name__)
WAKE_SECONDS = 30
# How often it is looked whether this process leads, still or at last.
LOOK_SECONDS = 1
ROUND = "pass"


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
        ran = timetable.run(entry, log=complain)
        if ran.failed and timetable.failures_in_a_row(entry.name) == FAILURES_TOO_MANY:
            log.critical("a job keeps failing", extra={"job": entry.name})
        return ran
    finally:
        db.session.remove()


class Watch:
    """One scheduler at work: it looks whether it leads, and passes over the jobs while it does."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.leadership = Leadership(app.config["BEACON"].instance)
        self.leads: bool | None = None
        self.stopping = Event()
        self.leads_again: Callable[[], object] = lambda: None

    def look(self) -> None:
        """Take the lead, keep it, or notice that it is gone: then no further text is claimed."""
        with self.app.app_context():
            leads = self.leadership.take()
        if leads is self.leads:
            return
        self.leads = leads
        if leads:
            log.info("this scheduler leads", extra={"scheduler": own_name()})
            if not self.stopping.is_set():
                texts.stopping.clear()
            self.leads_again()
        else:
            texts.stopping.set()
            log.warning("this scheduler waits: it does not lead", extra={"scheduler": own_name()})

    def pass_over(self) -> None:
        """Every job that is due, in their order, for as long as this process leads."""
        with self.app.app_context():
            for entry in due() if self.leads else ():
                if self.stopping.is_set() or not self.leads:
                    return
                _in_turn(entry)

    def stop(self) -> None:
        """Finish and record what is under way, and begin nothing else."""
        self.stopping.set()
        texts.stopping.set()


def alarm_clock(watch: Watch) -> BackgroundScheduler:
    """The alarm clock: it keeps no jobs, loses none that is late, and runs none beside itself."""
    alarm = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    now = clock.now()
    alarm.add_job(watch.look, "interval", seconds=LOOK_SECONDS, next_run_time=now)
    alarm.add_job(watch.pass_over, "interval", seconds=WAKE_SECONDS, id=ROUND)
    watch.leads_again = lambda: alarm.modify_job(ROUND, next_run_time=clock.now())
    return alarm


def serve(app: Flask) -> None:
    """Wake every half minute until told to stop; the text in hand is finished first."""
    stop_where_foreign(app)
    watch = Watch(app)

    def stop(number: int, frame: FrameType | None) -> None:
        watch.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    alarm = alarm_clock(watch)
    alarm.start()
    log.info("the scheduler is awake", extra={"jobs": len(timetable.entries())})
    watch.stopping.wait()
    alarm.shutdown(wait=True)
    with app.app_context():
        watch.leadership.give_up()
    log.info("the scheduler has stopped")

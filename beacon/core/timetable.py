"""When each job runs: the timetable is code beside the jobs; what is due is asked of the data."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core import clock, together
from beacon.core.db import Base, Kept, db, transaction
from beacon.core.together import Asking, asking

Job = Callable[[], int]
FAILURES_TOO_MANY = 3  # in a row: then somebody must look (security.md K-08)


@dataclass(frozen=True)
class Entry:
    """One line of the timetable. Minutes between runs; London times of its window."""

    name: str
    job: Job
    minutes: int
    opens: time | None
    closes: time | None
    order: int

    def is_open(self, moment: datetime) -> bool:
        """Whether the job may run at this moment, by the London clock."""
        if self.opens is None or self.closes is None:
            return True
        return self.opens <= clock.london(moment).time() < self.closes


class JobRun(Kept, Base):
    """One run of one job: what it did, how long it took, or how it failed."""

    __tablename__ = "job_run"
    name: Mapped[str] = mapped_column(sa.String(60))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(sa.String(200), default="")
    __table_args__ = (sa.Index("ix_job_run_name_started", "name", "started_at"),)


@dataclass(frozen=True)
class Ran:
    """What one run of a job came to."""

    name: str
    done: int
    failed: int
    seconds: float


_entries: dict[str, Entry] = {}


def every(
    minutes: int, *, name: str, between: tuple[str, str] | None = None, order: int = 50
) -> Callable[[Job], Job]:
    """Put a job on the timetable: how often, within which London hours, and its place in a pass."""

    def put(job: Job) -> Job:
        opens, closes = (time.fromisoformat(t) for t in between) if between else (None, None)
        _entries[name] = Entry(name, job, minutes, opens, closes, order)
        return job

    return put


def entries() -> list[Entry]:
    """The timetable in the order of a pass: what plans comes before what sends."""
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.name))


def run(entry: Entry, *, log: Callable[[str, BaseException], None]) -> Ran:
    """Run one job now and keep a row of it. A failing job is logged and the pass goes on."""
    started, begun = clock.now(), stopwatch.perf_counter()
    done, error = 0, ""
    try:
        done = entry.job()
    except Exception as fault:  # the scheduler's loop: the next job must still run
        db.session.rollback()
        error = type(fault).__name__
        log(entry.name, fault)
    with transaction() as session:
        session.add(
            JobRun(
                name=entry.name, started_at=started, finished_at=clock.now(), done=done, error=error
            )
        )
    return Ran(entry.name, done, int(bool(error)), round(stopwatch.perf_counter() - begun, 3))


@asking
def last_finished() -> Asking[datetime | None]:
    """When the scheduler last finished anything: its heartbeat."""
    return together.first(sa.select(JobRun.finished_at).order_by(JobRun.id.desc()).limit(1))


def last_success(name: str) -> datetime | None:
    """When the last run of a job that did not fail began, in the order in which they were made."""
    return db.session.scalar(
        sa.select(JobRun.started_at)
        .where(JobRun.name == name, JobRun.error == "")
        .order_by(JobRun.id.desc())
        .limit(1)
    )


def failures_in_a_row(name: str) -> int:
    """How often a job has failed since it last succeeded, counted up to what is too many."""
    errors = list(
        db.session.scalars(
            sa.select(JobRun.error)
            .where(JobRun.name == name)
            .order_by(JobRun.started_at.desc(), JobRun.id.desc())
            .limit(FAILURES_TOO_MANY + 1)
        )
    )
    return next((place for place, error in enumerate(errors) if not error), len(errors))


def failing() -> list[str]:
    """The jobs that failed too often in a row, by name."""
    return [entry.name for entry in entries() if failures_in_a_row(entry.name) >= FAILURES_TOO_MANY]

"""The scheduler is a process of its own: nothing else that is started brings one with it."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from apscheduler.jobstores.memory import MemoryJobStore
from flask import Flask

from beacon.core.db import db
from beacon.core.timetable import JobRun
from beacon.scheduler.leader import Leadership, leader
from beacon.scheduler.running import ROUND, Watch, alarm_clock
from tests.architecture.tree import calls, dotted, name_of, parsed
from tests.provider.process import ROOT
from tests.provider.schedulers import wait_for

pytestmark = pytest.mark.on_both

GUNICORN = ("-m", "gunicorn", "--workers", "4", "--threads", "2", "--no-control-socket", "wsgi:app")
RELOADING = ("-m", "flask", "run", "--debug")
SERVERS = {"four workers": GUNICORN, "the reloader": RELOADING}


@contextmanager
def serving(app: Flask, order: tuple[str, ...]) -> Iterator[int]:
    """A web server of this installation that answers."""
    import os

    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    config = app.config["BEACON"]
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BEACON_", "FLASK_"))}
    env = plain | {
        "BEACON_INSTANCE": str(config.instance),
        "DATABASE_URL": config.database_url,
        "FLASK_RUN_PORT": str(port),
        "GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{port}",
        "FLASK_APP": "wsgi",
    }
    process = subprocess.Popen(
        [sys.executable, *order],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(lambda: answers(port))
        yield port
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def nobody_wakes(app: Flask) -> bool:
    """Whether no job has run, and the lead is free to take: a scheduler takes it as it starts."""
    mine = Leadership(app.config["BEACON"].instance)
    is_free = leader(app.config["BEACON"].instance) == "" and mine.take()
    mine.give_up()
    db.session.rollback()
    return is_free and db.session.scalar(sa.select(sa.func.count(JobRun.id))) == 0


@pytest.mark.proves("K-05")
@pytest.mark.timeout(400)
@pytest.mark.long_on("postgresql")  # where the lead is kept is the business of test_leading
@pytest.mark.parametrize("order", SERVERS.values(), ids=SERVERS)
def test_a_web_server_brings_no_scheduler(app: Flask, order: tuple[str, ...]):
    with serving(app, order) as port:
        assert [answers(port) for _ in range(20)] == [True] * 20
        assert nobody_wakes(app)


@pytest.mark.proves("K-05")
def test_an_upgrade_and_this_very_run_bring_no_scheduler(app: Flask):
    done = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert done.exit_code == 0, done.output
    assert nobody_wakes(app)
    assert [t.name for t in threading.enumerate() if "APScheduler" in t.name] == []


@pytest.mark.proves("K-05")
def test_only_the_scheduler_makes_an_alarm_clock():
    made = {
        name_of(path)
        for path in sorted((ROOT / "beacon").rglob("*.py"))
        for call in calls(parsed(path))
        if dotted(call.func).endswith("Scheduler")
    }
    assert made == {"beacon/scheduler/running.py"}
    served = {
        name_of(path)
        for path in sorted((ROOT / "beacon").rglob("*.py"))
        for call in calls(parsed(path))
        if isinstance(call.func, ast.Name | ast.Attribute)
        and dotted(call.func) in {"serve", "running.serve"}
        and "scheduler" in name_of(path)
    }
    assert served == {"beacon/scheduler/__main__.py", "beacon/scheduler/cli.py"}


@pytest.mark.proves("K-06")
def test_a_pass_that_comes_late_is_made_all_the_same(app: Flask):
    alarm, late, made = alarm_clock(Watch(app)), threading.Event(), []
    alarm.remove_all_jobs()
    hours_ago = datetime.now(UTC) - timedelta(hours=7)
    alarm.add_job(late.set, "interval", minutes=1, next_run_time=hours_ago)
    alarm.add_job(lambda: made.append(1), "date", run_date=hours_ago)
    alarm.start()
    try:
        assert late.wait(30)
        wait_for(lambda: made)
    finally:
        alarm.shutdown(wait=True)
    assert made == [1], "what was missed for hours is made up once, not once for each time"


@pytest.mark.proves("K-06", "K-07", "K-10", "D-03")
def test_the_alarm_clock_keeps_no_jobs_and_loses_none(app: Flask):
    alarm = alarm_clock(Watch(app))
    alarm.start(paused=True)
    try:
        assert str(alarm.timezone) == "UTC"
        for job in alarm.get_jobs():
            assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
            assert isinstance(alarm._lookup_jobstore("default"), MemoryJobStore)
        assert ROUND in {job.id for job in alarm.get_jobs()}
    finally:
        alarm.shutdown(wait=False)
    assert "apscheduler_jobs" not in sa.inspect(db.engine).get_table_names()

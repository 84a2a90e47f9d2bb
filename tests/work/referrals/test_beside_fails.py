"""Whatever becomes of the processes that make rows ready: the import comes to the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.people.models import Victim
from beacon.referrals.models import Referral
from tests.feed_rows import a_file

ROWS = 1_050
CHILD = """
import json, os, sys, time
from pathlib import Path
from beacon.app import create_app
from beacon.core.actor import machine
from beacon.feeds.commands import run
from beacon.referrals import columns
from beacon.referrals.imports.making import Making
from beacon.referrals.imports.taking import Taking
from config import Config

class Failing(Making):
    def __call__(self, rows, keys):
        if rows[0].row_no > 600:
            if sys.argv[2] == "dies":
                os._exit(3)
            if sys.argv[2] == "raises":
                raise RuntimeError("it fails")
            if sys.argv[2] == "too few keys":
                keys = {name: [*of][:150] for name, of in keys.items()}
        return super().__call__(rows, keys)

class Watched(Taking):
    accepted = 0

    def beside(self, batch_id):
        return Failing("police", machine("a test"), batch_id)

    def accept(self, row):
        result = super().accept(row)
        self.accepted += result is not None
        return result

with create_app(Config.from_environment()).app_context():
    taking = Watched("police", machine("a test"), dry_run=False)
    report = run(
        columns.FEEDS["police"], Path(sys.argv[1]), file_name="list.csv", actor=machine("a test"),
        take=taking.take, rehearse=taking.rehearse, ahead=taking.ahead, together=taking, beside=2,
    )
    print(json.dumps([report.read, report.counts["created"], taking.accepted]))
"""


@pytest.fixture
def begin(app: Flask, tmp_path: Path):
    """Begin an import of strangers in a process of its own, which fails in this way."""

    def started(way: str) -> subprocess.Popen[str]:
        path = tmp_path / "list.csv"
        path.write_bytes(
            a_file(
                *(
                    {
                        "crime_reference": f"41/{n}/26",
                        "last_name": f"Made{n}",
                        "mobile": "",
                        "email": f"made{n}@example.org",
                        "date_of_birth": "",
                    }
                    for n in range(1, ROWS + 1)
                )
            )
        )
        db.session.remove()
        environment = {
            **os.environ,
            "BEACON_INSTANCE": str(app.config["BEACON"].instance),
            "DATABASE_URL": app.config["BEACON"].database_url,
        }
        order = [sys.executable, "-c", CHILD, str(path), way]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(order, env=environment, text=True, **pipes)

    return started


def counted(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.mark.on_both
@pytest.mark.parametrize("way", ["dies", "raises", "too few keys"])
def test_what_is_not_made_ready_is_taken_the_ordinary_way(begin, way: str):
    said, faults = begin(way).communicate(timeout=110)
    read, created, accepted = json.loads(said.splitlines()[-1])
    assert (read, created, counted(Referral), counted(Victim)) == (ROWS, ROWS, ROWS, ROWS)
    assert 0 < accepted < ROWS - 200
    assert ("beside failed" in faults) is (way != "too few keys")


def beside(parent: int) -> list[int]:
    """The processes that this one has made."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(one) for one in listed.read_text("ascii").split()]


def lives(process: int) -> bool:
    """Whether it runs: one that has ended may still be listed."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text("ascii").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.on_both
def test_those_beside_end_with_an_import_that_is_killed(begin):
    importing = begin("")
    helpers: list[int] = []
    while len(helpers) < 2:
        assert importing.poll() is None, importing.communicate()[1]
        helpers = beside(importing.pid)
        time.sleep(0.05)
    importing.send_signal(signal.SIGKILL)
    importing.communicate()
    until = time.monotonic() + 20
    while any(map(lives, helpers)):
        assert time.monotonic() < until, "they live on"
        time.sleep(0.1)
    assert counted(Referral) == counted(Victim)

"""An import that is killed leaves whole rows; running it again finishes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.feeds import queries
from beacon.feeds.models import FeedRecord, ImportBatch
from beacon.feeds.terms import BatchState
from beacon.people.models import Victim
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.factories import TEST
from tests.feed_rows import a_file

ROWS = 220
CHILD = """
from pathlib import Path
import sys
from beacon.app import create_app
from beacon.core.actor import machine
from beacon.referrals.imports import import_file
from config import Config

app = create_app(Config.from_environment())
with app.app_context():
    import_file("police", Path(sys.argv[1]), file_name="list.csv", actor=machine("child"))
"""


def counted(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.mark.proves("M-13")
@pytest.mark.timeout(120)
def test_a_killed_import_leaves_whole_rows_and_is_finished_by_the_next(app: Flask, tmp_path: Path):
    rows = [
        {
            "crime_reference": f"41/{n}/26",
            "last_name": f"Made{n}",
            "mobile": f"07700 900{n:03}",
            "email": "",
            "date_of_birth": "",
        }
        for n in range(1, ROWS)
    ]
    path = tmp_path / "list.csv"
    path.write_bytes(a_file(*rows))
    environment = {
        **os.environ,
        "BEACON_INSTANCE": str(app.config["BEACON"].instance),
        "DATABASE_URL": app.config["BEACON"].database_url,
    }
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], env=environment)
    while counted(Referral) < 50:
        assert child.poll() is None, "it ended before it could be killed"
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()

    left = counted(Referral)
    assert 0 < left < ROWS - 1
    assert left == counted(FeedRecord) == counted(Victim) == counted(CaseFile)
    (interrupted,) = queries.batches().rows
    assert interrupted.state is BatchState.INTERRUPTED

    report = import_file("police", path, file_name="list.csv", actor=TEST)
    assert (report.counts["unchanged"], report.counts["created"]) == (left, ROWS - 1 - left)
    stored = db.session.scalars(sa.select(ImportBatch.state).order_by(ImportBatch.id)).all()
    assert stored == [BatchState.INTERRUPTED, BatchState.FINISHED]

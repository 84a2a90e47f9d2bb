"""Beacon's own commands as processes of their own, which can be killed and weighed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.referrals.models import Referral
from config import ROOT
from tests.ways import MONDAY

AT = ("--at", MONDAY.isoformat())
# Runs a command in a child of its own, and says how many KB it held at its peak.
WEIGHED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print("PEAK", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


def environment(app: Flask, **more: str) -> dict[str, str]:
    """Where the child finds the same database and keys."""
    config = app.config["BEACON"]
    own = {"BEACON_INSTANCE": str(config.instance), "DATABASE_URL": config.database_url}
    return os.environ | own | more


def begun(app: Flask, *words: str, **more: str) -> subprocess.Popen[bytes]:
    """A command of `flask`, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env=environment(app, **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def weighed(app: Flask, *words: str) -> tuple[int, float]:
    """A command of `flask` run to its end: its status, and its peak in MB."""
    order = [sys.executable, "-c", WEIGHED, sys.executable, "-m", "flask", *words]
    done = subprocess.run(
        order, cwd=ROOT, env=environment(app), capture_output=True, text=True, check=False
    )
    peak = int(done.stdout.rpartition("PEAK ")[2].split()[0])
    return done.returncode, peak / 1024


def importing(path: Path, feed: str = "police") -> tuple[str, ...]:
    """The command that takes a file in, as on Monday morning."""
    return ("referrals", "import", str(path), "--feed", feed, *AT)


def referrals() -> int:
    """How many there are by now; no transaction stays open while a child works."""
    db.session.rollback()
    number = db.session.scalar(sa.select(sa.func.count(Referral.id))) or 0
    db.session.rollback()
    return number


def killed_when(child: subprocess.Popen[bytes], is_time: Callable[[], bool]) -> bool:
    """Kill the child as soon as it is time; whether it was still at work."""
    while child.poll() is None and not is_time():
        time.sleep(0.02)
    is_at_work = child.poll() is None
    child.kill()
    child.wait()
    return is_at_work

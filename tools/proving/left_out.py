"""What the suite leaves out: what is slow, and on PostgreSQL what it asks of SQLite alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

from postgres import database
from proving.numbered import HOURS, WORKERS, say, there
from proving.plugin import POSTGRESQL
from proving.running import Broken, run

# What the folders of long evidence hold belongs to the parts that are named after them.
SLOW_IN = ("unit", "architecture", "migrations", "work", "web", "journeys")
ON_POSTGRESQL = ("work", "journeys")


def prove_slow() -> int:
    """Run every test that tests/slow.txt names."""
    return prove("suite", "--slow", SLOW_IN)


def prove_on_postgresql() -> int:
    """Run every test that the suite leaves out on PostgreSQL."""
    return prove(POSTGRESQL, f"--long-on={POSTGRESQL}", ON_POSTGRESQL)


def prove(part: str, asked: str, folders: Iterable[str]) -> int:
    """Run the tests that are asked for in these folders; one line for each that failed."""
    begun = time.monotonic()
    with database(os.environ) as settings:
        os.environ.update(settings)
        try:
            order = ["-n", WORKERS, "--dist=worksteal", asked, *there(folders)]
            found = run(order, minutes=HOURS * 60)
        except Broken as fault:
            say(f"{part}, failed: the tests could not be run", str(fault))
            return 1
    for one in found:
        if one.outcome != "passed":
            reason = "failed" if one.outcome == "failed" else f"left out: {one.why}"
            say(f"{one.test}, {reason}", one.why if one.outcome == "failed" else "")
    passed, failed, left_out = (
        sum(one.outcome == became for one in found) for became in ("passed", "failed", "skipped")
    )
    say(
        f"{part}: {passed} passed, {failed} failed, {left_out} left out, "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 1 if failed or not passed else 0

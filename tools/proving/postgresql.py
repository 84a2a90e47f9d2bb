"""What the suite asks of SQLite alone, asked of PostgreSQL."""

from __future__ import annotations

import os
import time

from postgres import database
from proving.numbered import HOURS, WORKERS, say, there
from proving.plugin import POSTGRESQL
from proving.running import Broken, run

# What the folders of long evidence hold belongs to the parts that are named after them.
WHERE = ("work", "journeys")


def prove() -> int:
    """Run every test that the suite leaves out on PostgreSQL; one line for each that failed."""
    begun = time.monotonic()
    with database(os.environ) as settings:
        os.environ.update(settings)
        try:
            order = ["-n", WORKERS, "--dist=worksteal", f"--long-on={POSTGRESQL}", *there(WHERE)]
            found = run(order, minutes=HOURS * 60)
        except Broken as fault:
            say(f"{POSTGRESQL}, failed: the tests could not be run", str(fault))
            return 1
    for one in found:
        if one.outcome != "passed":
            reason = "failed" if one.outcome == "failed" else f"left out: {one.why}"
            say(f"{one.test}, {reason}", one.why if one.outcome == "failed" else "")
    passed, failed, left_out = (
        sum(one.outcome == became for one in found) for became in ("passed", "failed", "skipped")
    )
    say(
        f"{POSTGRESQL}: {passed} passed, {failed} failed, {left_out} left out, "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 1 if failed or not passed else 0

"""A scheduler in a process of its own that lives through days, and may be killed on the way.

    python -m tests.provider.living FROM UNTIL [TABLE NUMBER]

It makes a pass at each of the moments of every day, and says when it has. At the insert of that
NUMBER into TABLE it kills itself as kill -9 does, within the transaction and before the commit.
"""

from __future__ import annotations

import os
import signal
import sys
import time as stopwatch
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from beacon.app import create_app
from beacon.core import clock
from beacon.core.db import db
from beacon.scheduler.running import Watch
from config import Config

# By the London clock: before eight, at eight and soon after it, in the day, and after six.
TIMES = (
    *(time(7, 50), time(8), time(8, 1), time(8, 10), time(8, 11), time(8, 20)),
    *(time(12), time(17, 50), time(18)),
)


def moments(begin: datetime, until: datetime) -> Iterator[datetime]:
    """Every moment of a pass from one moment on, up to another."""
    day = clock.london_day(begin)
    while day <= clock.london_day(until):
        for at in TIMES:
            moment = clock.from_london(day, at)
            if begin <= moment < until:
                yield moment
        day += timedelta(days=1)


def die_at(table: str, number: int) -> None:
    """Be killed at the insert of that number, once it is done and not committed."""
    seen = [0]

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen[0] += statement.startswith(f"INSERT INTO {table} ")
        if seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(db.engine, "after_cursor_execute", count)


def main(begin: str, until: str, table: str = "", number: str = "0") -> None:
    """Live through the days."""
    app = create_app(Config.from_environment())
    watch = Watch(app)
    if table:
        with app.app_context():
            die_at(table, int(number))
    watch.look()
    while not watch.leads:  # the lock of one that was killed frees itself
        stopwatch.sleep(0.05)
        watch.look()
    for moment in moments(datetime.fromisoformat(begin), datetime.fromisoformat(until)):
        with clock.fixed(moment):
            watch.pass_over()
        print(moment.isoformat(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

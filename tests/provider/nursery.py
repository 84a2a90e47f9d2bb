"""Makes dispatchers quickly: the application is made once, and each dispatcher is a fork of it.

    python -m tests.provider.nursery

It says `ready`; for each line, a moment, it starts a dispatcher whose clock stands there, and says
its number. A dispatcher runs the jobs of texts for ever, each pass a second later than the one
before. Every claim that it makes carries the microsecond of its moment.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import datetime, timedelta
from itertools import count

from flask import Flask

from beacon.app import create_app
from beacon.core import clock
from beacon.core.db import db
from beacon.notify import jobs
from config import Config
from tests.provider import kind

REST = 0.05  # seconds between two passes


def send_for_ever(app: Flask, at: datetime) -> None:
    """One dispatcher, until somebody ends it."""
    for turn in count():
        with app.app_context(), clock.fixed(at + timedelta(seconds=turn)):
            jobs.send_texts()
            jobs.settle_texts()
            db.session.remove()
        time.sleep(REST)


def main() -> None:
    """Make the application, and a dispatcher for each line."""
    app = create_app(Config.from_environment())
    kind.register()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever was killed is gone at once
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                send_for_ever(app, datetime.fromisoformat(line.strip()))
            finally:
                os._exit(1)
        print(child, flush=True)


if __name__ == "__main__":
    main()

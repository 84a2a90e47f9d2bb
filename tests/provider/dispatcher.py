"""A process that sends what is due, as the scheduler's would, for tests that need several.

    python -m tests.provider.dispatcher AT [PASSES]

It says `ready`, waits for a line, and then runs the jobs of texts PASSES times (0: for ever),
each pass a second later than the one before.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from itertools import count

from beacon.app import create_app
from beacon.core import clock
from beacon.core.db import db
from beacon.notify import jobs
from config import Config
from tests.provider import kind


def main() -> None:
    """Make the app, wait for the word, and send."""
    at, passes = datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])
    app = create_app(Config.from_environment())
    kind.register()
    print("ready", flush=True)
    sys.stdin.readline()
    sent = 0
    for turn in count():
        if passes and turn >= passes:
            break
        with app.app_context(), clock.fixed(at + timedelta(seconds=turn)):
            sent += jobs.send_texts()
            jobs.settle_texts()
            db.session.remove()
    print(sent, flush=True)


if __name__ == "__main__":
    main()

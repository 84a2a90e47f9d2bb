"""A scheduler in a process of its own, whose clock began at a given moment and runs.

    python -m tests.provider.waking AT

It answers for the kind of text of the tests, and is otherwise the scheduler that is shipped.
"""

from __future__ import annotations

import sys
from datetime import datetime

import time_machine

from beacon.app import create_app
from beacon.scheduler.running import serve
from config import Config
from tests.provider import kind


def main() -> None:
    """Serve until told to stop."""
    with time_machine.travel(datetime.fromisoformat(sys.argv[1])):
        app = create_app(Config.from_environment())
        kind.register()
        serve(app)


if __name__ == "__main__":
    main()

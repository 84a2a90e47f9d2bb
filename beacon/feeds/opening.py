"""The process that opens a workbook: bounds set first, then the file from stdin, rows to stdout."""

from __future__ import annotations

import json
import resource
import sys


def main(memory: int, seconds: int) -> int:
    """Read one workbook; a line of JSON for each row, one for a refusal, one for the end."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from beacon.feeds.apart import written
    from beacon.feeds.terms import FileRefused
    from beacon.feeds.workbooks import Workbook

    def say(what: object) -> None:
        sys.stdout.write(json.dumps(what) + "\n")

    try:
        book = Workbook(sys.stdin.buffer.read(), most_kept=0)
        say({"epoch": book.epoch.isoformat()})
        for number, cells in book.records():
            say([number, written(cells)])
    except FileRefused as refusal:
        say({"refused": refusal.message})
    except MemoryError:
        return 1
    say({"end": True})
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))

"""Nothing that is kept or shipped carries the path of the machine it was written on."""

from __future__ import annotations

import re
import subprocess

from tests.architecture.tree import ROOT, name_of, tracked

# Folders that every machine has: a clone made there gives nothing away.
COMMON = {"/", "/tmp", "/opt", "/srv", "/var/tmp", "/app", "/usr/src"}  # noqa: S108 - not opened
HOMES = re.compile(r"(?<![\w.~])/(?:root|Users/\w+)/|(?<![\w.~])/home/(?!beacon\b)\w+/")


def patterns() -> list[re.Pattern[str]]:
    """What gives a machine away: somebody's home folder, or where this clone lies."""
    here = ROOT.parent.as_posix()
    return (
        [HOMES] if here in COMMON else [HOMES, re.compile(r"(?<![\w.~])" + re.escape(here) + "/")]
    )


def test_no_file_carries_a_path_of_this_machine():
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "ignore")
        if any(pattern.search(text) for pattern in patterns()):
            found.append(name_of(path))
    assert found == []


def test_no_commit_carries_a_path_of_this_machine():
    order = ["git", "log", "-z", "--format=%h %B"]
    log = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [
        message.split()[0]
        for message in log.stdout.split("\0")
        if any(pattern.search(message) for pattern in patterns())
    ]
    assert found == []

"""Where a long run of tests keeps its databases: in memory if there is room, else on the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 8 * 2**30  # bytes


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what this process and those it starts keep for a while; it goes at the end."""
    has_room = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM
    named = os.environ.get("TMPDIR")
    where = IN_MEMORY if has_room and named is None else None
    with tempfile.TemporaryDirectory(prefix="beacon-", dir=where) as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else, and passes through
        os.environ["TMPDIR"], tempfile.tempdir = name, None
        try:
            yield folder
        finally:
            if named is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = named
            tempfile.tempdir = None

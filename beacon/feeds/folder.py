"""The drop folder: what other systems lay down, claimed once, and moved when it is dealt with.

A folder of each feed lies in it, with `done` and `refused` inside. The claim is a lock on the open
file, which the system lifts when the process dies: a file that was cut short is taken up again, and
two processes never have the same one. It holds on a local disk, as the scheduler's own lock does.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from beacon.core import clock
from beacon.feeds.sniffing import MAX_BYTES

# A sender that writes under another name and then renames is never waited for.
STILL_FOR = timedelta(seconds=30)
UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".swp", "~")
OURS = (".report.txt", ".rejected.csv")
DONE, REFUSED = "done", "refused"
NAME_AT_MOST = 180  # bytes; a stamp before it and an ending after it still fit


class _Root:
    """Where the drop folder is, once the configuration has been read."""

    held: Path | None = None


def configure(folder: Path | None) -> None:
    """Say where the drop folder is, or that there is none, when an application is made."""
    _Root.held = folder


def root() -> Path | None:
    """The drop folder, where there is one."""
    return _Root.held


def of_feed(feed: str) -> Path:
    """The folder of one feed, made where it is missing. Raises OSError where it cannot be used."""
    if _Root.held is None:
        raise FileNotFoundError("there is no drop folder")
    folder = _Root.held / feed
    for place in (folder, folder / DONE, folder / REFUSED):
        place.mkdir(exist_ok=True)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionError("a folder of the drop folder cannot be written")
    return folder


def lying_still(feed: str) -> list[Path]:
    """The files of one feed that nobody is still writing, the oldest first."""
    found = []
    with os.scandir(of_feed(feed)) as entries:
        for entry in entries:
            if _is_ready(entry):
                found.append((entry.stat(follow_symlinks=False).st_mtime_ns, entry.path))
    return [Path(path) for _, path in sorted(found)]


def _is_ready(entry: os.DirEntry[str]) -> bool:
    name = entry.name.lower()
    if name.startswith(".") or name.endswith((*UNFINISHED, *OURS)):
        return False
    try:
        about = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # another process was quicker
        return False
    return stat.S_ISREG(about.st_mode) and _is_still(about)


def _is_still(about: os.stat_result) -> bool:
    """Whether neither the content nor the name has changed for a while, by either clock."""
    last = datetime.fromtimestamp(max(about.st_mtime, about.st_ctime), UTC)
    return abs(clock.now() - last) >= STILL_FOR


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One file that this process alone has in hand."""

    path: Path
    content: bytes
    """At most one byte over the limit: then it is refused unread."""
    mark: tuple[int, ...]

    def is_as_it_was(self) -> bool:
        """Whether the file is still the one that was read, to the byte and the moment."""
        try:
            return _mark(self.path.stat(follow_symlinks=False)) == self.mark
        except FileNotFoundError:
            return False

    def move(self, into: str) -> Path:
        """Lay the file into `done` or `refused`, under a name that says when; gives where."""
        place = self.path.parent / into
        stamp = f"{clock.now():%Y%m%dT%H%M%SZ}"
        name = os.fsdecode(os.fsencode(self.path.name)[-NAME_AT_MOST:])
        target, number = place / f"{stamp}-{name}", 1
        while target.exists():
            number += 1
            target = place / f"{stamp}-{number}-{name}"
        self.path.rename(target)
        return target


@contextmanager
def claimed(path: Path) -> Iterator[Claim | None]:
    """Hold one file while it is dealt with; None where another has it, or has dealt with it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:  # gone, or no longer a file that may be read
        yield None
        return
    with os.fdopen(handle, "rb") as file:
        if not _is_ours(handle, path):
            yield None
            return
        mark = _mark(os.fstat(handle))
        yield Claim(path=path, content=file.read(MAX_BYTES + 1), mark=mark)


def _is_ours(handle: int, path: Path) -> bool:
    """Whether the lock was free, and the name still leads to the file that was locked."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        there = path.stat(follow_symlinks=False)
    except OSError:
        return False
    held = os.fstat(handle)
    return stat.S_ISREG(held.st_mode) and (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino)


def _mark(about: os.stat_result) -> tuple[int, ...]:
    return (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)


def report_beside(file: Path, lines: list[str]) -> Path:
    """Write what became of a file beside it, for whoever sent it; no cell is repeated."""
    report = file.with_name(f"{file.name}.report.txt")
    draft = file.with_name(f".{file.name}.part")
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft.chmod(0o640)
    draft.replace(report)
    return report


def sweep_done(feed: str, *, before: datetime) -> int:
    """Delete what was taken in before a moment, with the reports beside it; how many files went.

    What was refused stays: nobody has taken it in.
    """
    gone = 0
    with os.scandir(of_feed(feed) / DONE) as entries:
        for entry in entries:
            about = entry.stat(follow_symlinks=False)
            moved = datetime.fromtimestamp(about.st_ctime, UTC)
            if stat.S_ISREG(about.st_mode) and moved < before:
                Path(entry.path).unlink(missing_ok=True)
                gone += 1
    return gone

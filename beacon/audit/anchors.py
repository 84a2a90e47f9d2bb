"""The heads of the log in a file outside the database that only grows: `seq mac moment` a line.

Kept on another machine or disk, they show that the end of the log was cut, or the whole rewritten
by somebody who holds the key (security.md R5, U-08).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NAME = "audit-anchors"
MAC_CHARS = 64


@dataclass(frozen=True)
class Anchor:
    """One head: the number and the code of the last row, and when it was written down."""

    seq: int
    mac: str
    at: datetime | None = None

    @property
    def line(self) -> str:
        """The head as a line of the file."""
        return f"{self.seq} {self.mac} {self.at.isoformat() if self.at else '-'}\n"


def file_at(place: Path) -> Path:
    """The file itself; in a folder, the one of our name."""
    return place / NAME if place.is_dir() else place


def write(place: Path, anchor: Anchor) -> Path:
    """Write one more head down. Comes back only when it is on the disk."""
    path = file_at(place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, anchor.line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    _sync_folder(path.parent)
    return path


def read(place: Path) -> list[Anchor]:
    """Every head in the file, the oldest first; none where there is no file yet."""
    path = file_at(place)
    if not path.exists():
        return []
    found = (_read_line(line) for line in path.read_text("utf-8", "replace").splitlines())
    return [anchor for anchor in found if anchor is not None]


def _read_line(line: str) -> Anchor | None:
    """A head; or nothing, where a line was not written whole."""
    parts = line.split()
    whole = len(parts) >= 2 and parts[0].isascii() and parts[0].isdigit()
    if not whole or len(parts[1]) != MAC_CHARS:
        return None
    return Anchor(int(parts[0]), parts[1], _moment(parts[2]) if len(parts) > 2 else None)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _sync_folder(folder: Path) -> None:
    """The file's own name must be on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

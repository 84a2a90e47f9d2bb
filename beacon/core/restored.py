"""What is known of the backup that a database was restored from, until texts may go on.

A file in the instance folder, not a row: the database itself knows only what it knew at the time
of its backup.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "restored-from.json"
# How a restored database is marked, before the name of the environment it came from.
MARK = "restored:"


@dataclass(frozen=True)
class RestoredFrom:
    """The backup, its place in the log, and its mark in the send journal."""

    made_at: str
    restored_at: str
    environment: str
    checksum: str
    schema: str
    head_seq: int
    journal_mark: str


def write(instance: Path, facts: RestoredFrom) -> None:
    """Keep the facts, readable by this account alone; on the disk when it comes back."""
    path = instance / FILE
    draft = path.with_suffix(".part")
    with draft.open("w") as file:
        json.dump(asdict(facts), file)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.replace(path)


def read(instance: Path) -> RestoredFrom | None:
    """The facts of the last restore; none where nothing was restored here."""
    try:
        return RestoredFrom(**json.loads((instance / FILE).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def forget(instance: Path) -> None:
    """Nothing waits on the restore any more."""
    (instance / FILE).unlink(missing_ok=True)


def origin(owner: str | None) -> str:
    """The environment that a database came from, restored or not."""
    return (owner or "").removeprefix(MARK)


def is_restored(owner: str | None) -> bool:
    """Whether the database was restored, and nobody has made it their own yet."""
    return (owner or "").startswith(MARK)

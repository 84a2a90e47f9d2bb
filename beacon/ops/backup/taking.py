"""Taking a backup: the head of the log written down, a mark in the journal, one sealed file."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import BACKED_UP, Operation
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import db, let_go, transaction
from beacon.core.errors import RuleBroken, Unavailable
from beacon.notify.journal import JournalUnwritable
from beacon.notify.post import post
from beacon.ops.backup import contents, postgresql, sqlite
from beacon.ops.backup.contents import Progress
from beacon.ops.backup.manifest import Manifest, made_with
from config import Config

TAKING = machine("backup")
KEY_FILE = "demo-keys.json"
NO_KEY = "Set BEACON_BACKUP_KEY first: 32 random bytes in base64, kept apart from every backup."


@dataclass(frozen=True)
class Taken:
    """A backup that was made."""

    path: Path
    checksum: str
    size: int
    manifest: Manifest


def create(dest: Path, config: Config, progress: Progress | None = None) -> Taken:
    """Make a sealed backup while others read and write; it is there whole, or not at all.

    Into a folder under a name of its own; a file that is there already is never written over.
    """
    if not config.backup_keys:
        raise RuleBroken(NO_KEY)
    path = _free(dest, config)
    audit.anchor_now()
    manifest, checksum = _write(path, config, progress)
    with transaction():
        audit.record(
            BACKED_UP,
            ("backup", checksum[:40]),
            TAKING,
            operation=Operation.DISCLOSURE,
            checksum=checksum,
            head_seq=manifest.facts.head_seq,
        )
    return Taken(path, checksum, path.stat().st_size, manifest)


def place_of(config: Config) -> ModuleType:
    """What knows the kind of database that this installation has."""
    return sqlite if config.database_url.startswith("sqlite") else postgresql


def _free(dest: Path, config: Config) -> Path:
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    path = dest / f"beacon-{config.env}-{stamp}.backup" if dest.is_dir() else dest
    if path.exists():
        raise RuleBroken(f"{path.name} is there already: no backup is written over. Name another.")
    if not path.parent.is_dir():
        raise RuleBroken(f"There is no folder {path.parent}: make it first.")
    if (path.parent / KEY_FILE).exists():
        raise RuleBroken("The key lies in that folder: keep a backup apart from its key.")
    return path


def _write(path: Path, config: Config, progress: Progress | None) -> tuple[Manifest, str]:
    mark = _marked_journal()
    draft = path.with_name(f".{path.name}.part")
    let_go()
    try:
        with place_of(config).source(config, progress) as (facts, dump):
            manifest = Manifest(
                kind=db.engine.dialect.name,
                made_at=clock.now().isoformat(timespec="seconds"),
                beacon=made_with(),
                journal_mark=mark,
                journal_bytes=config.journal.stat().st_size if mark else 0,
                facts=facts,
            )
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                checksum = contents.write(file, config.backup_keys[0], manifest, dump)
        draft.replace(path)
        _sync(path.parent)
    except OSError as fault:
        raise Unavailable(f"The backup cannot be written: {fault.strerror}.") from fault
    except sa.exc.DBAPIError as fault:
        raise Unavailable(f"The database cannot be read ({type(fault).__name__}).") from fault
    finally:
        draft.unlink(missing_ok=True)
    return manifest, checksum


def _marked_journal() -> str:
    """A line in the send journal, by which it is known again after a restore (decision 0018).

    A journal that cannot be written does not stop a backup: texts then wait for a person.
    """
    mark = secrets.token_hex(16)
    try:
        post().journal.backed_up(mark, clock.now())
    except JournalUnwritable:
        return ""
    return mark


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

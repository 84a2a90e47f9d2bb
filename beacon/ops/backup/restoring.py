"""Putting a backup back: proved first, into a new database, which then takes the place of the old.

What was there is kept under another name. The database that was restored belongs to nobody until
`flask env adopt` (security.md B-04, B-09, R10).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from beacon.core import clock, restored, schema
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.restored import MARK, RestoredFrom
from beacon.core.settings import Environment
from beacon.ops.backup import postgresql, sqlite
from beacon.ops.backup.contents import Backup, Progress
from beacon.ops.backup.manifest import Manifest
from beacon.ops.backup.taking import NO_KEY, place_of
from beacon.ops.backup.visiting import prove, visiting
from config import Config


@dataclass(frozen=True)
class Proved:
    """A backup that was read whole, opened and compared with what it says of itself."""

    manifest: Manifest
    checksum: str


@dataclass(frozen=True)
class Restored(Proved):
    """A backup that was put back."""

    kept: str  # where the former database is now; empty where there was none
    needs_upgrade: bool


def verify(file: Path, config: Config, progress: Progress | None = None) -> Proved:
    """Prove a backup: checksum, key, the database itself, its counts and its log (B-04)."""
    backup = _opened(file, config)
    manifest, checksum = backup.prove(progress)
    _refuse_unknown(manifest, config)
    with _scratch(config, "verifying", backup):
        return Proved(manifest, checksum)


def restore(
    file: Path, config: Config, *, replace: bool = False, progress: Progress | None = None
) -> Restored:
    """Put a backup in the place of the database, whole or not at all."""
    backup, place = _opened(file, config), place_of(config)
    manifest, checksum = backup.prove(progress)
    _refuse_unknown(manifest, config)
    if not place.is_empty(config) and not replace:
        raise RuleBroken(
            "There is a database already. To put the backup in its place, give --replace: the "
            "database that is there is kept under another name."
        )
    place.refuse_if_used(config)
    with _scratch(config, "restoring", backup) as scratch:
        with visiting(config, scratch.url):
            _belong_to_nobody(manifest)
        restored.write(config.instance, _facts(manifest, checksum))
        kept = scratch.put_in_place()
    return Restored(manifest, checksum, kept, manifest.facts.schema != schema.head())


def _opened(file: Path, config: Config) -> Backup:
    if not config.backup_keys:
        raise RuleBroken(NO_KEY)
    return Backup(file, config.backup_keys)


def _refuse_unknown(manifest: Manifest, config: Config) -> None:
    """Refuse what this version of Beacon, on this kind of database, cannot work on (B-09)."""
    here = sa.make_url(config.database_url).get_backend_name()
    if manifest.kind != here:
        raise RuleBroken(
            f"The backup is of {manifest.kind}, and this installation runs on {here}: set "
            "DATABASE_URL to a database of that kind."
        )
    if manifest.facts.schema not in schema.known():
        raise RuleBroken(
            f"The backup has schema {manifest.facts.schema or 'none'}, which this version of "
            "Beacon does not know: install the version that made it, or a later one."
        )


@contextmanager
def _scratch(
    config: Config, purpose: str, backup: Backup
) -> Iterator[sqlite.Scratch | postgresql.Scratch]:
    """A new database with the backup in it, proved; taken away again where it found no place."""
    scratch: sqlite.Scratch | postgresql.Scratch = place_of(config).Scratch(config, purpose)
    try:
        scratch.fill(backup.dump())
        with visiting(config, scratch.url):
            prove(backup.manifest())
        yield scratch
    finally:
        scratch.drop()


def _belong_to_nobody(manifest: Manifest) -> None:
    """Mark the database as restored, so that nothing starts on it before it is adopted."""
    name = f"{MARK}{restored.origin(manifest.facts.environment)}"
    table: sa.Table = Environment.__table__  # type: ignore[assignment]
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(sa.delete(table))
        connection.execute(sa.insert(table).values(name=name, created_at=clock.now()))


def _facts(manifest: Manifest, checksum: str) -> RestoredFrom:
    return RestoredFrom(
        made_at=manifest.made_at,
        restored_at=clock.now().isoformat(timespec="seconds"),
        environment=restored.origin(manifest.facts.environment),
        checksum=checksum,
        schema=manifest.facts.schema,
        head_seq=manifest.facts.head_seq,
        journal_mark=manifest.journal_mark,
    )

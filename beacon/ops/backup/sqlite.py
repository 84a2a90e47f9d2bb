"""A backup of the embedded database: a copy of one moment, made while others write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.ops.backup.contents import Progress
from beacon.ops.backup.manifest import Facts, facts_of
from config import Config

PIECE = 1024 * 1024
BESIDE = ("-wal", "-shm", "-journal")
IN_USE = (
    "The database is in use: stop the web server and the scheduler first, then restore again. "
    "Nothing was changed."
)


@contextmanager
def source(config: Config, progress: Progress | None) -> Iterator[tuple[Facts, Iterator[bytes]]]:
    """The database of one moment: what can be counted in it, and its bytes.

    `VACUUM INTO` reads one state and holds up nobody who writes.
    """
    copy = _at(config).with_suffix(f".backup-{os.getpid()}")
    _remove(copy)
    try:
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            _driver(connection).execute("VACUUM INTO ?", (str(copy),))
        copy.chmod(0o600)
        engine = sa.create_engine(f"sqlite:///{copy}", module=_module(), poolclass=sa.NullPool)
        with engine.connect() as connection:
            facts = facts_of(connection)
        yield facts, _pieces(copy, progress)
    finally:
        _remove(copy)


class Scratch:
    """A new database that a backup is put into, before anything takes its place."""

    def __init__(self, config: Config, purpose: str) -> None:
        self._target = _at(config)
        self._target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = self._target.with_suffix(f".{purpose}-{os.getpid()}")
        self.url = f"sqlite:///{self.path}"

    def fill(self, dump: Iterator[bytes]) -> None:
        """Write the dump into it, whole and on the disk."""
        _remove(self.path)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in dump:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())

    def drop(self) -> None:
        """Take it away again."""
        _remove(self.path)

    def put_in_place(self) -> str:
        """Let it be the database; give where the former one is kept, if there was one."""
        kept = ""
        if self._target.exists():
            _alone(self._target)
            stamp = clock.now().strftime("%Y%m%dT%H%M%S%fZ")
            former = self._target.with_name(f"{self._target.name}.before-{stamp}")
            try:
                os.link(self._target, former)
            except OSError:  # a disk without links
                shutil.copy2(self._target, former)
            kept = str(former)
        self.path.replace(self._target)
        _sync(self._target.parent)
        return kept


def is_empty(config: Config) -> bool:
    """Whether there is no database yet, or one without tables."""
    path = _at(config)
    if not path.exists() or not path.stat().st_size:
        return True
    return not sa.inspect(db.engine).get_table_names()


def refuse_if_used(config: Config) -> None:
    """Refuse while another process has the database open."""
    if _at(config).exists():
        _alone(_at(config))


def _alone(path: Path) -> None:
    """Make one file of it, which only a process that is alone with it can do; else RuleBroken."""
    db.session.remove()
    db.engine.dispose()
    module = _module()
    connection = module.connect(str(path), timeout=0.5)
    try:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except module.OperationalError as fault:
        raise RuleBroken(IN_USE) from fault
    finally:
        connection.close()
    if mode != "delete":
        raise RuleBroken(IN_USE)


def _at(config: Config) -> Path:
    return Path(config.database_url.removeprefix("sqlite:///").partition("?")[0])


def _module() -> Any:  # a module of the DBAPI
    return db.engine.dialect.loaded_dbapi


def _driver(connection: sa.Connection) -> Any:  # the driver's own connection
    return connection.connection.driver_connection


def _pieces(path: Path, progress: Progress | None) -> Iterator[bytes]:
    size, done = path.stat().st_size, 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            done += len(piece)
            if progress:
                progress(done, size)
            yield piece


def _remove(path: Path) -> None:
    for one in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        with suppress(FileNotFoundError):
            one.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

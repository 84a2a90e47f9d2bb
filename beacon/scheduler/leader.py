"""One leader at a time: an advisory lock on PostgreSQL, a locked file beside a SQLite database.

This is tidiness, not safety: the unique claim on every text and reminder is what prevents doubles
(security.md R7). Both locks free themselves when the process dies.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from beacon.core.db import db

LOCK = 0x6C65_6164


class Leadership:
    """Tries to lead, keeps leading, and can tell whether it still does."""

    def __init__(self, instance: Path) -> None:
        self._path = instance / "scheduler.lock"
        self._file: IO[str] | None = None
        self._connection: sa.Connection | None = None

    def take(self) -> bool:
        """Whether this process leads, now or still."""
        if db.engine.dialect.name == "sqlite":
            return self._take_file()
        return self._take_lock()

    def _take_file(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def _take_lock(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")  # is the line still up?
                return True
            # A connection of its own, outside the pool: a pooled one would keep the lock.
            connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            connection.exec_driver_sql("SET idle_session_timeout = 0")
            if connection.scalar(sa.text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
                self._connection = connection
                return True
            connection.close()
        except sa.exc.DBAPIError:
            self._connection = None
        return False

    def give_up(self) -> None:
        """Let another lead."""
        if self._file is not None:
            self._file.close()
        if self._connection is not None:
            self._connection.close()
        self._file = self._connection = None

"""One leader at a time: an advisory lock on PostgreSQL, a locked file beside a SQLite database.

This is tidiness, not safety: the unique claim on every text and reminder is what prevents doubles
(security.md R7). Both locks free themselves when the process dies; neither does while it hangs, so
the age of the last finished job is what raises the alarm.
"""

from __future__ import annotations

import fcntl
import os
import socket
from pathlib import Path
from threading import Lock
from typing import IO

import sqlalchemy as sa

from beacon.core.db import db

LOCK = 0x6C65_6164
FILE = "scheduler.lock"
SAYS = "beacon-scheduler "
LONGEST_NAME = 40  # PostgreSQL keeps 63 bytes of what a connection calls itself
_HOLDER = sa.text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = :lock "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def own_name() -> str:
    """What this process is called in the doctor's report: its machine and its number."""
    return f"{socket.gethostname()[:LONGEST_NAME]} {os.getpid()}"


def leader(instance: Path) -> str:
    """Which scheduler leads now; empty where none does."""
    if db.engine.dialect.name == "sqlite":
        return _holder_of(instance / FILE)
    return str(db.session.scalar(_HOLDER, {"lock": LOCK}) or "").removeprefix(SAYS)


def _holder_of(path: Path) -> str:
    if not os.access(path, os.R_OK):
        return ""
    with path.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return file.read().strip()
    return ""


class Leadership:
    """Tries to lead, keeps leading, and can tell whether it still does."""

    def __init__(self, instance: Path) -> None:
        self._path = instance / FILE
        self._file: IO[str] | None = None
        self._connection: sa.Connection | None = None
        self._one_at_a_time = Lock()

    def take(self) -> bool:
        """Whether this process leads, now or still."""
        with self._one_at_a_time:
            if db.engine.dialect.name == "sqlite":
                return self._take_file()
            return self._take_lock()

    def _take_file(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        file.truncate(0)
        file.write(own_name())
        file.flush()
        self._file = file
        return True

    def _take_lock(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")  # is the line still up?
                return True
            return self._ask()
        except sa.exc.DBAPIError:
            self._let_go()
        return False

    def _ask(self) -> bool:
        """Ask for the lock on a connection of its own: a pooled one would keep the lock."""
        connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.detach()
            connection.exec_driver_sql("SET idle_session_timeout = 0")
            name = sa.text("SELECT set_config('application_name', :name, false)")
            connection.execute(name, {"name": SAYS + own_name()})
            if connection.scalar(sa.text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
                self._connection = connection
                return True
        finally:
            if self._connection is not connection:
                connection.close()
        return False

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def give_up(self) -> None:
        """Let another lead."""
        with self._one_at_a_time:
            if self._file is not None:
                self._file.truncate(0)
                self._file.close()
            if self._connection is not None:
                self._connection.close()
            self._file = self._connection = None

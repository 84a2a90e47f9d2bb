"""What SQLite is told on each connection, and how a transaction begins there."""

from __future__ import annotations

import time as stopwatch
from typing import Any

import sqlalchemy as sa

from beacon.core.errors import BeaconError

# The WAL-reset fault (3.7.0 to 3.51.2) can corrupt a file that two processes use.
FIT_FROM = (3, 51, 3)
BACKPORTS = {(3, 44, 6), (3, 50, 7)}
ASK_AGAIN_MS = 20
TOLD = (
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE removes a row past the triggers
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "cache_size=-32768",
    "wal_autocheckpoint=16000",  # pages: an import fills thousands in each transaction
    "trusted_schema=OFF",
    "secure_delete=ON",
)


class DatabaseUnfit(BeaconError):
    """This SQLite may not be used: the message says what to install."""

    status = 503


def sqlite_is_fit(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault."""
    return version >= FIT_FROM or version in BACKPORTS


def prepare_sqlite(engine: sa.Engine) -> None:
    """Make SQLite keep foreign keys, wait its turn, sync fully, and begin when we say so."""
    version = engine.dialect.dbapi.sqlite_version_info  # type: ignore[union-attr]
    if not sqlite_is_fit(tuple(version)):
        raise DatabaseUnfit(
            f"SQLite {'.'.join(map(str, version))} can damage a database that two programs use. "
            "Install the locked requirements (pysqlite3 with SQLite 3.51.3 or later)."
        )

    sa.event.listen(engine, "connect", _tell)
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "rollback", _rolled_back)


def _tell(connection: Any, record: object) -> None:  # the driver's own connection
    connection.isolation_level = None
    for pragma in TOLD:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("writing"):
        _begin_in_turn(connection)
    elif options.get("unwritten"):
        # Each question by itself: whoever reads in one long transaction keeps the journal from
        # beginning anew, and an import would make it some gigabytes long.
        connection.exec_driver_sql("PRAGMA query_only=ON")
    else:
        connection.exec_driver_sql("BEGIN")


def _rolled_back(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("unwritten"):
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA query_only=OFF")


def _begin_in_turn(connection: sa.Connection) -> None:
    """Begin as the writer, asking often: SQLite itself asks ever more seldom the longer one waits,
    so that on a busy day whoever came first would come last.
    """
    driver: Any = connection.connection.dbapi_connection
    patience = driver.execute("PRAGMA busy_timeout").fetchall()[0][0]
    until = stopwatch.monotonic() + patience / 1000
    driver.execute(f"PRAGMA busy_timeout={ASK_AGAIN_MS}").fetchall()
    try:
        while stopwatch.monotonic() < until:
            # By the driver: a failure that SQLAlchemy sees would undo what it is about to begin.
            try:
                driver.execute("BEGIN IMMEDIATE")
            except connection.dialect.loaded_dbapi.OperationalError as fault:
                if "locked" not in str(fault):  # a broken disk will not mend by asking
                    break
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}").fetchall()

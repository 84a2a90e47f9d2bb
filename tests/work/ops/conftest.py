"""Backups in a folder of their own, with the tools of the PostgreSQL that the tests run on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db, transaction
from beacon.ops import adopting
from beacon.ops.backup import restoring, taking
from beacon.ops.backup.taking import Taken
from config import Config
from tests import servers
from tests.provider.fixtures import here, stand_in, twilio

__all__ = ["here", "stand_in", "twilio"]


class Vault:
    """Taking, restoring and adopting as an administrator does."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder

    @property
    def config(self) -> Config:
        """The settings of this installation."""
        found: Config = self.app.config["BEACON"]
        return found

    def take(self, name: str = "one.backup") -> Taken:
        """Make a backup."""
        return taking.create(self.folder / name, self.config)

    def put_back(self, name: str = "one.backup") -> restoring.Restored:
        """Put it in the place of the database."""
        return restoring.restore(self.folder / name, self.config, replace=True)

    def adopt(self, **how: bool) -> adopting.Adopted:
        """Make it this environment's own."""
        return adopting.adopt(self.config, **how)


@pytest.fixture
def vault(app: Flask, tmp_path: Path) -> Iterator[Vault]:
    """A place for backups; what was kept of the databases before is taken away at the end."""
    folder = tmp_path / "backups"
    folder.mkdir()
    was = app.config["BEACON"]
    app.config["BEACON"] = replace(was, postgresql_tools=servers.tools())
    yield Vault(app, folder)
    app.config["BEACON"] = was
    servers.drop_kept(was.database_url)


@pytest.fixture
def rows() -> Callable[[str], int]:
    """How many rows a table has."""

    def counted(table: str) -> int:
        db.session.rollback()
        return int(db.session.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)

    return counted


@pytest.fixture
def bear() -> Callable[[str], None]:
    """Let the database bear the name of an environment."""
    from beacon.core.settings import Environment

    def named(name: str) -> None:
        with transaction() as session:
            session.execute(sa.update(Environment).values(name=name))

    return named

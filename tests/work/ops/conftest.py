"""Backups in a folder of their own, with the tools of the PostgreSQL that the tests run on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from beacon.core.db import db, transaction
from beacon.core.settings import Environment
from tests.provider.fixtures import here, stand_in, twilio
from tests.restores import vault

__all__ = ["here", "stand_in", "twilio", "vault"]


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

    def named(name: str) -> None:
        with transaction() as session:
            session.execute(sa.update(Environment).values(name=name))

    return named

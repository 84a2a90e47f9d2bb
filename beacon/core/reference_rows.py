"""Rows that every database of Beacon holds from its first upgrade: whose environment it is."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core.db import db, transaction
from beacon.core.settings import Environment


def mark_environment(name: str) -> None:
    """Write the environment's name into a database that has none yet (security.md R10)."""
    with transaction() as session:
        if session.scalar(sa.select(Environment.name)) is None:
            session.add(Environment(name=name))


def environment_of_database() -> str | None:
    """The environment that the database says it belongs to."""
    return db.session.scalar(sa.select(Environment.name))

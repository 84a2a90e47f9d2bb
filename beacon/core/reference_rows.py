"""Rows that every database of Beacon holds from its first upgrade: whose environment it is."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import restored
from beacon.core.db import db, transaction
from beacon.core.errors import Unavailable
from beacon.core.settings import Environment


class ForeignDatabase(Unavailable):
    """The database belongs to another environment: it is a copy, or this is set up wrongly."""


def mark_environment(name: str) -> None:
    """Write the environment's name into a database that has none yet (security.md R10)."""
    with transaction() as session:
        if session.scalar(sa.select(Environment.name)) is None:
            session.add(Environment(name=name))


def environment_of_database() -> str | None:
    """The environment that the database says it belongs to."""
    return db.session.scalar(sa.select(Environment.name))


def refuse_foreign_database(name: str) -> None:
    """Refuse to serve anybody from a database that belongs to another environment (E-02).

    A database that has no tables yet, or does not answer, belongs to nobody: the start goes on,
    and the checks of readiness say what is wrong.
    """
    try:
        owner = environment_of_database()
    except sa.exc.SQLAlchemyError:
        return
    finally:
        db.session.rollback()
    if restored.is_restored(owner):
        raise ForeignDatabase(
            f"The database was restored from a backup of {restored.origin(owner)} and belongs to "
            f"nobody yet. Make it {name}'s own: flask env adopt"
        )
    if owner not in {None, name}:
        raise ForeignDatabase(
            f"This is {name}, and the database belongs to {owner}. Set BEACON_ENV to {owner}, or "
            "make the copy this environment's own: flask env adopt"
        )

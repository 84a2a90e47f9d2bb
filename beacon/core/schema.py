"""Whether the tables of the database are those that this program was written for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from beacon.core.db import db
from config import ROOT


def head() -> str | None:
    """The last migration that there is."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def here() -> str | None:
    """The last migration that the database has had; none, where it has no tables."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def why_unusable() -> str | None:
    """Why no work can be done on the database, in one line; None where it can."""
    try:
        found, wanted = here(), head()
    except sa.exc.SQLAlchemyError as fault:
        return f"The database cannot be read ({type(fault).__name__}): see flask doctor."
    if found == wanted:
        return None
    if found is None:
        return "The database has no tables yet: run flask db upgrade first."
    return f"The database is at {found}, not {wanted}: run flask db upgrade first."

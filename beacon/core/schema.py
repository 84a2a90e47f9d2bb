"""Whether the tables of the database are those that this program was written for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from beacon.core.db import db
from beacon.core.errors import Unavailable
from config import ROOT


def head() -> str | None:
    """The last migration that there is."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def known() -> set[str]:
    """Every migration that there is: a database at another was made by another version."""
    return {
        script.revision for script in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()
    }


def refuse_unknown() -> None:
    """Refuse to serve anybody from tables that a later version of this program made (B-09).

    A database that has no tables yet, or does not answer, is told by the checks of readiness.
    """
    try:
        found = here()
    except sa.exc.SQLAlchemyError:
        return
    if found is not None and found not in known():
        raise Unavailable(
            f"The database is at {found}, which this version of Beacon does not know. Install the "
            "version that made it, or restore a backup of this one: flask backup restore"
        )


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

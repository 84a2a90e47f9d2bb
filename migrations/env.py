"""How a migration runs: in one transaction, and never so that a rebuild eats a child's rows.

On SQLite Alembic rebuilds a table by copy and drop. With foreign keys on, the drop takes the
children with it; so keys are off for this one connection, and orphans are looked for before the
commit (decision 0003).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app

migrate = current_app.extensions["migrate"]
metadata = migrate.db.metadata
UPGRADING = 0x7570_6772


def render_plain(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write plain SQL types into migrations, so that no migration imports application code."""
    if kind != "type":
        return False
    if isinstance(item, sa.TypeDecorator):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second upgrade wait for the first, its reference rows and all.

    On PostgreSQL by a lock of a connection of its own; SQLite has one writer anyway.
    """
    if migrate.db.engine.dialect.name == "sqlite":
        yield
        return
    with migrate.db.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("SET lock_timeout = 0")
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({UPGRADING})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({UPGRADING})")
            connection.detach()


def run() -> None:
    """Run what is asked for on a connection of its own."""
    with migrate.db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
            connection.detach()  # closed afterwards, never lent to anyone else
            connection = connection.execution_options(writing=True)
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transactional_ddl=True,
            render_as_batch=sqlite,
            render_item=render_plain,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and (orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"this migration leaves orphans: {orphans}")
    if goes_to_head():
        for load in current_app.extensions["beacon_reference"]:
            load()


def goes_to_head() -> bool:
    """Whether this run upgrades to the newest schema, and so also loads the reference rows."""
    try:
        destination = context.get_revision_argument()
    except KeyError:  # a command that goes nowhere, such as check
        return False
    return destination in set(ScriptDirectory.from_config(context.config).get_heads())


with one_at_a_time():
    run()

"""How a migration runs: in one transaction, and never so that a rebuild eats a child's rows.

On SQLite Alembic rebuilds a table by copy and drop. With foreign keys on, the drop takes the
children with it; so keys are off for this one connection, and orphans are looked for before the
commit (decision 0003).
"""

from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app

migrate = current_app.extensions["migrate"]
metadata = migrate.db.metadata


def render_plain(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write plain SQL types into migrations, so that no migration imports application code."""
    if kind != "type":
        return False
    if isinstance(item, sa.TypeDecorator):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


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
            if not sqlite:  # two upgrades at once: one waits
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(7041776)"))
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


run()

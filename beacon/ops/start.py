"""What is looked at once, before anybody is served."""

from __future__ import annotations

import click
from flask import Flask

from beacon.core import schema
from beacon.core.db import db
from beacon.core.errors import Unavailable
from beacon.core.reference_rows import refuse_foreign_database


def stop_where_foreign(app: Flask) -> None:
    """Stop with status 2 and one line where the database is another environment's or version's."""
    with app.app_context():
        try:
            refuse_foreign_database(app.config["BEACON"].env)
            schema.refuse_unknown()
        except Unavailable as foreign:
            click.echo(foreign.message, err=True)
            raise SystemExit(2) from foreign
        finally:
            db.session.remove()
            db.engine.dispose()  # the processes that serve make their own connections


def serves_pages() -> bool:
    """Whether a web server is starting: there is no other command of flask's than its own."""
    context = click.get_current_context(silent=True)
    return context is None or context.info_name == "run"

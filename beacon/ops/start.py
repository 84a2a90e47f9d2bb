"""What is looked at once, before anybody is served."""

from __future__ import annotations

import click
from flask import Flask

from beacon.core.db import db
from beacon.core.reference_rows import ForeignDatabase, refuse_foreign_database


def stop_where_foreign(app: Flask) -> None:
    """Stop with status 2 and one line where the database belongs to another environment."""
    with app.app_context():
        try:
            refuse_foreign_database(app.config["BEACON"].env)
        except ForeignDatabase as foreign:
            click.echo(foreign.message, err=True)
            raise SystemExit(2) from foreign
        finally:
            db.session.remove()
            db.engine.dispose()  # the processes that serve make their own connections


def serves_pages() -> bool:
    """Whether a web server is starting: there is no other command of flask's than its own."""
    context = click.get_current_context(silent=True)
    return context is None or context.info_name == "run"

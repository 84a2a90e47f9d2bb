"""Looking into another database than the one that this installation works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.core.db import db, prepare
from beacon.ops.backup.manifest import Facts, Manifest, difference, facts_of
from beacon.ops.backup.sealing import NotWhole
from config import Config


@contextmanager
def visiting(config: Config, url: str) -> Iterator[None]:
    """The session and engine of another database, for as long as the block lasts."""
    app = Flask("beacon.visiting")
    app.config.from_mapping(replace(config, database_url=url).flask())
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def prove(manifest: Manifest) -> Facts:
    """Compare the database that is visited with what its backup says; NotWhole where they differ.

    Rows are counted, the head of the log compared, and the chain walked where its key is here.
    """
    with db.engine.connect() as connection:
        found = facts_of(connection)
        if connection.dialect.name == "sqlite":
            _whole(connection.exec_driver_sql("PRAGMA integrity_check").scalar(), "ok")
            _whole(connection.exec_driver_sql("PRAGMA foreign_key_check").first(), None)
    if why := difference(manifest.facts, found):
        raise NotWhole(f"The backup is not what it says: {why}.")
    verdict = log.verify(log.keyed(*audit.audit_keys()))
    if not verdict.ok:
        place = f"row {verdict.first_bad_seq}: " if verdict.first_bad_seq else ""
        raise NotWhole(f"The log in the backup does not hold: {place}{verdict.why}.")
    return found


def _whole(answer: object, wanted: object) -> None:
    if answer != wanted:
        raise NotWhole("The database in the backup is damaged.")

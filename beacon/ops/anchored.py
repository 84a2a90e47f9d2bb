"""What the doctor looks at of the log: heads and backups kept elsewhere, and who could alter it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from beacon.audit import anchors as heads
from beacon.audit import queries as log
from beacon.audit.terms import BACKED_UP
from beacon.core import clock
from beacon.core.db import db
from beacon.ops.finding import Finding
from beacon.ops.grants import ONLY_GROW
from config import Config

LATE = timedelta(hours=26)


def anchors() -> Finding:
    """Whether the head of the log was lately written down, elsewhere, and is still in the log."""
    config: Config = current_app.config["BEACON"]
    try:
        must_be = log.last_anchored()  # before the file: another may be written meanwhile
        written = heads.read(config.audit_anchors)
        here = log.row_at(written[-1].seq) if written else None
    except sa.exc.SQLAlchemyError as fault:
        db.session.rollback()
        return Finding("anchors", "fault", f"the log cannot be read ({type(fault).__name__})")
    if must_be and must_be not in {one.seq for one in written}:
        words = f"row {must_be} was written down, and its head is gone: flask audit verify"
        return Finding("anchors", "fault", words)
    if not written:
        return Finding("anchors", "warning", "no head of the log is written down: see the runbook")
    last = written[-1]
    if here != last.mac:
        words = f"row {last.seq} is not as it was written down: flask audit verify"
        return Finding("anchors", "fault", words)
    if last.at is None or clock.now() - last.at > LATE:
        return Finding("anchors", "warning", "the last head was written down over 26 hours ago")
    if _on_one_disk(heads.file_at(config.audit_anchors)):
        words = "the heads lie on the same disk as the database: set BEACON_AUDIT_ANCHORS"
        return Finding("anchors", "warning", words)
    return Finding("anchors", "ok", f"row {last.seq} written down on {clock.london(last.at):%d %B}")


def backups() -> Finding:
    """Whether a backup was made within the day: what is lost with the disk is lost for good (B-12).

    A demonstration needs none.
    """
    config: Config = current_app.config["BEACON"]
    try:
        made = log.last_done(BACKED_UP)
    except sa.exc.SQLAlchemyError as fault:
        db.session.rollback()
        return Finding("backup", "fault", f"the log cannot be read ({type(fault).__name__})")
    if made is None:
        words = "none has been made: flask backup create"
        return Finding("backup", "ok" if config.is_demo else "warning", words)
    if clock.now() - made > LATE:
        return Finding("backup", "warning", "the last was made over 26 hours ago")
    return Finding("backup", "ok", f"made at {clock.london(made):%H:%M on %d %B}")


def rights() -> Finding:
    """Whether the role that this process is could alter what only grows (PostgreSQL)."""
    if db.engine.dialect.name != "postgresql":
        return Finding("rights", "ok", "SQLite has no roles: triggers keep the log")
    may = sa.select(
        sa.or_(
            *(
                sa.func.has_table_privilege(table, right)
                for table in sorted(ONLY_GROW)
                for right in ("UPDATE", "DELETE", "TRUNCATE")
            )
        )
    )
    try:
        is_free = db.session.scalar(may)
    except sa.exc.SQLAlchemyError as fault:
        db.session.rollback()
        return Finding("rights", "fault", f"cannot be asked ({type(fault).__name__})")
    if is_free:
        words = "this role may alter the log: run as another (flask ops grants)"
        return Finding("rights", "warning", words)
    return Finding("rights", "ok", "this role can only add to the log")


def _on_one_disk(file: Path) -> bool:
    """Whether an embedded database and the heads would be lost, or altered, together."""
    if db.engine.dialect.name != "sqlite" or not db.engine.url.database:
        return False
    return Path(db.engine.url.database).stat().st_dev == file.stat().st_dev

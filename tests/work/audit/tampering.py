"""What the tests of the log share: rows written fast, and changes made behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.audit.models import AuditEntry
from beacon.audit.rules import chained
from beacon.core.db import db, transaction
from tests.factories import TEST


def write(count: int, *, at_once: bool = False) -> None:
    """Rows of the log, each in a transaction of its own, or all in one."""
    if at_once:
        with transaction():
            for number in range(count):
                audit.record("test.done", ("thing", number), TEST, fields=("colour",))
        return
    for number in range(count):
        with transaction():
            audit.record("test.done", ("thing", number), TEST, fields=("colour",))


def verdict(anchors=()) -> queries.Verdict:
    """What verify says, with the keys of this process."""
    db.session.rollback()
    return queries.verify(queries.keyed(*audit.audit_keys()), anchors)


def without_triggers(connection: sa.Connection) -> None:
    """Take away what keeps the log, as whoever owns the tables could."""
    on_sqlite = connection.dialect.name == "sqlite"
    for table in ("audit_entry", "audit_object"):
        if on_sqlite:
            for deed in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_keeps_{deed}")
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    numbering = "audit_entry_counts_from_one"
    connection.exec_driver_sql(
        f"DROP TRIGGER {numbering}"
        if on_sqlite
        else f"ALTER TABLE audit_entry DROP CONSTRAINT ck_{numbering}"
    )


def by_force(*statements: str) -> None:
    """Change the log behind its back."""
    db.session.rollback()
    with db.engine.execution_options(writing=True).begin() as connection:
        without_triggers(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)


SWAP = (
    "UPDATE audit_entry SET seq = -1 WHERE seq = 4",
    "UPDATE audit_entry SET seq = 4 WHERE seq = 8",
    "UPDATE audit_entry SET seq = 8 WHERE seq = -1",
)
COLUMNS = (
    "at, actor_kind, actor_id, actor_name, session, ip, action, operation, object_type, object_id, "
    "facts, reason, outcome, request_id, key_id, previous, mac"
)


def put_in(after: int) -> tuple[str, ...]:
    """Put a row into the middle: those below it move down by one, the last first."""
    return (
        f"UPDATE audit_entry SET seq = -seq WHERE seq > {after}",
        "UPDATE audit_entry SET seq = 1 - seq WHERE seq < 0",
        forged(after + 1, like=after),
    )


def forged(seq: int, *, like: int) -> str:
    """Put in a copy of a row under another number, which INSERT alone can do."""
    copied = f"SELECT {seq}, {COLUMNS} FROM audit_entry WHERE seq = {like}"
    return f"INSERT INTO audit_entry (seq, {COLUMNS}) {copied}"


def recompute(connection: sa.Connection, key: bytes, since: int) -> None:
    """Sign every row from here on again, in a line, with whatever key the attacker has."""
    connection.execute(
        sa.text("UPDATE audit_entry SET operation = 'erasure' WHERE seq = :seq"), {"seq": since}
    )
    table = AuditEntry.__table__
    rows = connection.execute(sa.select(table).where(table.c.seq >= since).order_by(table.c.seq))
    previous = None
    for row in rows.mappings().all():
        facts = {name: held for name, held in row.items() if name not in {"previous", "mac"}}
        previous = previous or row["previous"]
        mac = chained(key, previous, facts)
        connection.execute(
            sa.update(table).where(table.c.seq == row["seq"]).values(previous=previous, mac=mac)
        )
        previous = mac


def recompute_by_force(key: bytes, since: int) -> None:
    """The same, with the rights of whoever owns the tables."""
    db.session.rollback()
    with db.engine.execution_options(writing=True).begin() as connection:
        without_triggers(connection)
        recompute(connection, key, since)


def side_by_side(app: Flask, writers: int, rows: int) -> None:
    """So many writers at one moment, each with a connection of its own."""

    def work(_: int) -> None:
        with app.app_context():
            write(rows)
            db.session.remove()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(work, range(writers)))


@contextmanager
def written_before(reading_of: str, app: Flask) -> Iterator[list[int]]:
    """Let somebody else show a list at the moment when this table begins to be read."""
    came: list[int] = []

    def work() -> None:
        with app.app_context():
            audit.shown(TEST, "thing", [1, 2, 3], (), action="thing.listed")
            db.session.remove()

    def meanwhile(connection, cursor, statement, *rest) -> None:
        if not came and f"FROM {reading_of}" in statement:
            came.append(1)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(work).result()

    sa.event.listen(db.engine, "before_cursor_execute", meanwhile)
    yield came
    sa.event.remove(db.engine, "before_cursor_execute", meanwhile)


def line_of_codes() -> list[tuple[int, str, str]]:
    """Each row's number with the code of the row before and its own."""
    db.session.rollback()
    query = "SELECT seq, previous, mac FROM audit_entry ORDER BY seq"
    return [tuple(row) for row in db.session.execute(sa.text(query))]


def rows_of_log() -> int:
    """How many rows the log has now."""
    db.session.rollback()
    return db.session.scalar(sa.text("SELECT count(*) FROM audit_entry"))

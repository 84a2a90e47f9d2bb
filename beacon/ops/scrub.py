"""Taking every number, e-mail and sealed fact out of a copy of another environment's database.

Names of people stay. What is sealed goes whole: words may hold a number, and a copy has keys of its
own. Numbers are replaced by those that Ofcom keeps for drama (security.md E-02, B-10).
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from beacon.core.db import Base, transaction
from beacon.core.phone import normal
from beacon.core.sealed import blind_index, seal
from beacon.notify.terms import Reason, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner

Row = sa.RowMapping
Make = Callable[[Row], dict[str, object]]
BATCH = 1_000
TAKEN_OUT = "(taken out)"
# Rows that are nothing but somebody's number, address, words or proof.
EMPTIED = (
    "draft", "survey_invitation", "survey_draft", "outbound_mail", "declared_contact",
    "kept_reject", "second_factor", "recovery_code",
    "sign_in_attempt", "number_decision", "suppressed_number", "held_number", "inbound_reply",
    "inbound_day", "unsent_referral", "door_try", "document_file",
)  # fmt: skip
EMPTY_JSON = {("feed_record", "raw_sealed"), ("partner_referral", "shared_sealed")}
# Of references, not of numbers: rows are found by them.
KEPT_INDEXES = {("feed_key", "key_index")}
UNSETTLED = (
    TextState.PLANNED, TextState.HELD, TextState.CLAIMED, TextState.UNKNOWN,
    TextState.NEEDS_A_PERSON,
)  # fmt: skip
APART = 500  # made-up numbers of victims below, of defendants above


def scrub() -> int:
    """Take it all out, in the transaction that is open; how many rows were changed or taken away.

    Run as the owner of the tables: histories that only grow are changed this once.
    """
    with transaction() as session:
        connection = session.connection()
        changed = _cancel_texts(connection)
        for name in EMPTIED:
            changed += connection.execute(sa.delete(_table(name))).rowcount
        for table in Base.metadata.sorted_tables:
            if table.name not in EMPTIED:
                changed += _scrub_table(connection, table)
        _hold_anew(connection)
        session.expire_all()
        return changed


def _table(name: str) -> sa.Table:
    return Base.metadata.tables[name]


def _cancel_texts(connection: sa.Connection) -> int:
    """No text that was planned elsewhere leaves from here."""
    text = _table("outbound_text")
    given_up = sa.update(text).where(text.c.state.in_(UNSETTLED))
    values = {"state": TextState.CANCELLED, "reason": Reason.ENVIRONMENT.value}
    return connection.execute(given_up.values(**values)).rowcount


def _scrub_table(connection: sa.Connection, table: sa.Table) -> int:
    sealed = [column for column in table.c if column.name.endswith("_sealed")]
    indexes = [
        column
        for column in table.c
        if column.name.endswith("_index") and (table.name, column.name) not in KEPT_INDEXES
    ]
    if not sealed and not indexes:
        return 0
    with _may_change(connection, table):
        if table.name in MADE_UP:
            return _each_row(connection, table, MADE_UP[table.name]())
        emptied = {c.name: None for c in (*sealed, *indexes) if _may_be_empty(table, c)}
        changed = 0
        if emptied:
            any_there = sa.or_(*(table.c[name].is_not(None) for name in emptied))
            changed = connection.execute(sa.update(table).where(any_there).values(emptied)).rowcount
        rest = [column for column in (*sealed, *indexes) if column.name not in emptied]
        if rest:
            changed += _each_row(connection, table, lambda row: _instead(table, rest, row))
        return changed


def _may_be_empty(table: sa.Table, column: sa.Column[object]) -> bool:
    """Whether nothing may stand there, and no rule of the table speaks of it."""
    rules = (str(c.sqltext) for c in table.constraints if isinstance(c, sa.CheckConstraint))
    return bool(column.nullable) and not any(re.search(rf"\b{column.name}\b", r) for r in rules)


def _instead(table: sa.Table, columns: list[sa.Column[object]], row: Row) -> dict[str, object]:
    """What stands where something must stand."""
    found: dict[str, object] = {}
    for column in columns:
        if row[column.name] is None:
            continue
        if column.name.endswith("_index"):
            found[column.name] = secrets.token_hex(16)  # equal to no other
        else:
            words = "{}" if (table.name, column.name) in EMPTY_JSON else TAKEN_OUT
            found[column.name] = _sealed(table.name, column.name, row, words)
    return found


def _sealed(table: str, column: str, row: Row, text: str) -> bytes:
    return seal(text, table=table, column=column, row=str(row["seal_key"]))


class _Numbers:
    """A made-up number for each of a person's contact points: no two of one person alike."""

    def __init__(self) -> None:
        self._given: Counter[int] = Counter()

    def next_of(self, victim_id: int) -> str:
        self._given[victim_id] += 1
        return f"+447700900{(7 * victim_id + self._given[victim_id]) % APART:03}"


def _contacts() -> Make:
    made_up = _Numbers()

    def made(row: Row) -> dict[str, object]:
        if row["kind"] == "email":
            value = f"person-{row['id']}@example.org"
            index, tail = blind_index("email", value), None
        else:
            value = made_up.next_of(row["victim_id"])
            index, tail = blind_index("phone", normal(value)), blind_index("phone6", value[-6:])
        blob = _sealed("contact_point", "value_sealed", row, value)
        return {"value_sealed": blob, "value_index": index, "last_six_index": tail}

    return made


def _staff(row: Row) -> dict[str, object]:
    email = f"staff-{row['id']}@example.org"
    return {
        "email_sealed": _sealed("staff", "email_sealed", row, email),
        "email_index": blind_index("email", email),
        "phone_sealed": None,
    }


def _defendant(row: Row) -> dict[str, object]:
    given: dict[str, object] = {"listed_mobile_sealed": None}
    if row["mobile_sealed"] is not None:
        mobile = f"+447700900{APART + row['id'] % APART:03}"
        given["mobile_sealed"] = _sealed("defendant", "mobile_sealed", row, mobile)
        given["mobile_index"] = blind_index("phone", normal(mobile))
    return given


MADE_UP: dict[str, Callable[[], Make]] = {
    "contact_point": _contacts,
    "staff": lambda: _staff,
    "defendant": lambda: _defendant,
}


def _each_row(connection: sa.Connection, table: sa.Table, make: Make) -> int:
    """Change each row by itself, a batch of them read at a time."""
    last, changed = 0, 0
    while True:
        page = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(BATCH)
        rows = connection.execute(page).mappings().all()
        for row in rows:
            if values := make(row):
                connection.execute(sa.update(table).where(table.c.id == row["id"]).values(values))
                changed += 1
        if len(rows) < BATCH:
            return changed
        last = rows[-1]["id"]


def _hold_anew(connection: sa.Connection) -> None:
    """The made-up numbers guard as the real ones did."""
    point = _table("contact_point")
    numbered = sa.select(point.c.id, point.c.victim_id).where(point.c.kind != "email")
    made_up = _Numbers()  # in the same order, so the same numbers
    for row in connection.execute(numbered.order_by(point.c.id)).all():
        numbers.hold(made_up.next_of(row.victim_id), Owner.VICTIM, row.victim_id)


@contextmanager
def _may_change(connection: sa.Connection, table: sa.Table) -> Iterator[None]:
    """Take the triggers of a table that only grows off for this, in the same transaction."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        triggers = connection.exec_driver_sql(asked, (table.name,)).all()
        before = [f"DROP TRIGGER {trigger.name}" for trigger in triggers]
        after = [trigger.sql for trigger in triggers]
    else:
        before = [f"ALTER TABLE {table.name} DISABLE TRIGGER USER"]
        after = [f"ALTER TABLE {table.name} ENABLE TRIGGER USER"]
    for order in before:
        connection.exec_driver_sql(order)
    yield
    for order in after:
        connection.exec_driver_sql(order)

"""Many rows into one table at once: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

Write = Callable[[Any], Any]
Row = Mapping[str, Any]
Names = tuple[str, ...]


def put(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Put rows that name the same columns into their table, in the transaction that is open.

    What a column is where the row says nothing is as in every insert. Raises SQLAlchemy's own
    errors on both databases: IntegrityError where a key is taken.
    """
    names, given = written(connection.dialect, table, rows, tuple(rows[0]))
    send(connection, table, names, given)


def written(
    dialect: Dialect, table: sa.Table, rows: Sequence[Row], names: Names
) -> tuple[Names, list[tuple[Any, ...]]]:
    """The rows as the driver is given them, by these names; and the names of what they give.

    A row may hold more than it gives.
    """
    shape = _shape(table, names, dialect)
    given = []
    for row in rows:
        values = [*shape.pick(row), *(make(None) for make in shape.made)]
        for place, write in shape.written:
            values[place] = write(values[place])
        given.append(tuple(values))
    return shape.names, given


def send(
    connection: sa.Connection, table: sa.Table, names: Names, given: Sequence[tuple[Any, ...]]
) -> None:
    """Put rows into their table that are as the driver is given them (`written`)."""
    statement = _shape(table, names, connection.dialect).statement
    if connection.dialect.name == "postgresql":
        _copy(connection, statement, given)
    else:
        connection.exec_driver_sql(statement, [*given])


@dataclass(frozen=True)
class _Shape:
    """How rows of a table that name certain columns are written."""

    names: Names
    statement: str
    pick: Callable[[Row], Sequence[Any]]  # what a row gives, in the order of the columns
    made: list[Write]  # what the columns are that no row names: they come last
    written: list[tuple[int, Write]]  # the places of what the driver is given in another form


@lru_cache(maxsize=500)
def _shape(table: sa.Table, names: Names, dialect: Dialect) -> _Shape:
    left = [
        (column, _default(column.default))
        for column in table.columns
        if column.key not in names and column.default is not None
    ]
    columns = [*(table.c[name] for name in names), *(column for column, _ in left)]
    quote = dialect.identifier_preparer.quote
    into = f"{dialect.identifier_preparer.format_table(table)} "
    into += f"({', '.join(quote(column.name) for column in columns)})"
    marks = ", ".join("?" * len(columns))
    # The names are those of our own tables, quoted.
    statement = f"INSERT INTO {into} VALUES ({marks})"  # nosec B608  # noqa: S608
    if dialect.name == "postgresql":
        statement = f"COPY {into} FROM STDIN"
    return _Shape(
        names,
        statement,
        itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],),
        [make for _, make in left],
        [
            (place, write)
            for place, column in enumerate(columns)
            if not isinstance(column.type, sa.LargeBinary)  # the drivers take bytes as they are
            and (write := column.type.dialect_impl(dialect).bind_processor(dialect))
        ],
    )


def _copy(connection: sa.Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    assert connection.dialect.dbapi is not None
    fault = connection.dialect.dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except fault as refused:
        raise sa.exc.DBAPIError.instance(
            statement, None, refused, fault, dialect=connection.dialect
        ) from refused


def _default(default: Any) -> Write:
    """What a column is by itself: its kinds have no type in common that says what it holds."""
    return default.arg if default.is_callable else lambda _: default.arg

"""The database: our Base, one way to open a transaction, and both profiles (SQLite, PostgreSQL)."""

from __future__ import annotations

import enum
import time as stopwatch
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from beacon.core import clock
from beacon.core.moments import UtcDateTime
from beacon.core.sqlite import ASK_AGAIN_MS, prepare_sqlite

LENGTHS = (1, 5, 20, 50, 200)
# The lot that is open (core.lots): asked for at every row that is made.
open_lot: ContextVar[Any] = ContextVar("open_lot", default=None)


class Base(DeclarativeBase):
    """What every table stands on. Models inherit this, never db.Model."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime(),
        enum.StrEnum: sa.Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=False,
            length=40,
            validate_strings=True,
            values_callable=lambda words: [word.value for word in words],
        ),
        bytes: sa.LargeBinary(),
        int: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    }

    def __init__(self, **given: Any) -> None:
        """Take each value by its name; TypeError where the table has none of that name.

        A new row has nothing before it that could be changed: the value of a plain column goes
        straight to where the row holds it. Whatever watches (a validator, a sealed text, a
        relationship) is told as ever.
        """
        kind, held = type(self), self.__dict__
        plain = _plain(kind)
        for name, value in given.items():
            if name in plain:
                held[name] = value
            elif hasattr(kind, name):
                setattr(self, name, value)
            else:
                raise TypeError(f"{kind.__name__} has no {name!r}")


@cache
def _plain(model: type[Base]) -> frozenset[str]:
    """The columns of a model that nobody watches."""
    mapper = sa.inspect(model)
    return frozenset(mapper.column_attrs.keys()) - mapper.validators.keys()


class Kept:
    """An integer key and the moment of creation, on every table."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=-1)


db = SQLAlchemy(metadata=Base.metadata)


class transaction:  # said as a verb, `with transaction() as session`
    """Open a transaction, or join the one already open; only the outermost commits.

    It leaves any read behind and begins again as the writer, so that what a command checks inside
    stays true until it commits (decision 0003). A class, not a generator: an import joins many.
    """

    __slots__ = ("_depth", "_session")

    def __enter__(self) -> Session:
        self._session = session = db.session()
        self._depth: int = session.info.get("depth", 0)
        if self._depth == 0:
            session.rollback()
            session.connection(execution_options={"writing": True})
        session.info["depth"] = self._depth + 1
        return session

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        session = self._session
        try:
            if kind is None:
                self._finish(session)
            elif self._depth == 0:
                session.rollback()
        finally:
            session.info["depth"] = self._depth

    def _finish(self, session: Session) -> None:
        try:
            if open_lot.get() is None:  # what it puts by is not the session's
                session.flush()
            if self._depth == 0:
                session.commit()
        except BaseException:
            if self._depth == 0:
                session.rollback()
            raise


def give_way() -> None:
    """Between many transactions of one piece of work, let whoever waits to write have a turn.

    SQLite gives the turn to whoever asks next, and those who wait ask at least every half of
    ASK_AGAIN_MS.
    """
    if db.engine.dialect.name == "sqlite":
        stopwatch.sleep(0.75 * ASK_AGAIN_MS / 1000)


@contextmanager
def unwritten() -> Iterator[None]:
    """Let commands make what is written elsewhere: they join this, and nothing of it is kept.

    What they read may be of different moments: it is asked again where it is written.
    """
    session = db.session()
    session.rollback()
    session.connection(execution_options={"unwritten": True})
    session.info["depth"] = 1
    try:
        yield
    finally:
        session.info["depth"] = 0
        session.rollback()


def in_transaction() -> bool:
    """Whether a transaction() is open on this thread's session."""
    return bool(db.session().info.get("depth", 0))


def let_go() -> None:
    """Give the connection back before slow work; what was read before is read anew after it."""
    if in_transaction():
        raise RuntimeError("slow work was about to be done inside transaction()")
    db.session.rollback()


@sa.event.listens_for(Session, "before_flush")
def refuse_stray_writes(session: Session, context: object, instances: object) -> None:
    """Make a write outside transaction() impossible to miss."""
    if not session.info.get("depth", 0):
        raise RuntimeError("something was changed outside transaction()")


def prepare(engine: sa.Engine) -> None:
    """Give the engine the profile of its database."""
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    else:
        from beacon.core.postgresql import prepare_postgresql  # its driver: only where it is used

        prepare_postgresql(engine)


def evened(ids: Sequence[int]) -> list[int]:
    """The same ids, the last one repeated up to one of a few lengths.

    A statement with a list in it is another statement for each length of the list, and a database
    keeps the plans of only so many.
    """
    length = next((size for size in LENGTHS if size >= len(ids)), len(ids))
    return [*ids, *list(ids[-1:]) * (length - len(ids))]


def insert_once(session: Session, table: sa.Table, **values: object) -> bool:
    """Insert a row unless its unique key is already there; tell whether it was new."""
    if (lot := open_lot.get()) is not None:
        return bool(lot.once(table, values))
    statement = _insert_once(table, session.get_bind().dialect.name)
    # What it returns, not its row count: PostgreSQL's driver gives none for such an insert.
    return session.connection().execute(statement, values).first() is not None


def insert_or_change(
    session: Session,
    table: sa.Table,
    rows: Sequence[Mapping[str, object]],
    *,
    key: tuple[str, ...],
) -> None:
    """Insert rows, and where one with the same unique `key` is there, change the rest of it.

    The moment of creation stays. All rows name the same columns.
    """
    if not rows:
        return
    insert = _inserting(table, session.get_bind().dialect.name)
    changed = {name: insert.excluded[name] for name in rows[0].keys() - {*key, "created_at"}}
    statement = insert.on_conflict_do_update(index_elements=key, set_=changed)
    session.connection().execute(statement, rows)


@cache
def _insert_once(table: sa.Table, dialect: str) -> sa.Insert:
    """The statement, made once for each table: it is sent for every number and every crime."""
    statement = _inserting(table, dialect).on_conflict_do_nothing()
    return statement.returning(*table.primary_key.columns)


def _inserting(table: sa.Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)

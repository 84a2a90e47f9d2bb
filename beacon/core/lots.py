"""Rows that are made one after another and written together: how an import keeps its pace.

Asking the database for each of sixty thousand rows whether anything hangs on it takes longer than
all the work. Whoever takes rows in asks for many at once (which of these are held already?), opens
a lot, and makes the records of those rows that are wholly new by the same commands as everybody::

    lot = Lot(session)
    with lot.open():
        receive_referral(...)  # its commands say keep(row) and is_new(row)
    lot.write()

Within `open` a row that is kept gets its key at once and is put by. `is_new` says of such a row
that it was made here, so that nothing in the database can hang on it and nobody need be asked.
`write` puts all of them into their tables, many in one statement. Until then no query finds them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, RelationshipDirection, Session

from beacon.core import bulk
from beacon.core.db import Base, db, open_lot

Row = TypeVar("Row", bound=Base)
Value = TypeVar("Value")
# PostgreSQL gives keys from a sequence: so many are asked for at once.
KEYS_AT_ONCE = 200


def keep(row: Row) -> Row:
    """Give a new row to the session, or put it by with the lot that is open."""
    lot = _open_lot()
    if lot is not None:
        return lot.keep(row)
    db.session().add(row)
    return row


def insert(table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Put bare rows into their table, or put them by with the lot that is open."""
    lot = _open_lot()
    if lot is None:
        bulk.put(db.session().connection(), table, rows)
    else:
        lot.insert(table, rows)


def is_new(row: Base) -> bool:
    """Whether the row was made in the lot that is open: then nothing hangs on it but its like."""
    lot = _open_lot()
    return lot is not None and lot.holds(row)


def is_open() -> bool:
    """Whether a lot is open: whoever opened it has asked that nothing of this is held yet."""
    return _open_lot() is not None


def hung_on(model: type[Row], owner: str, key: int) -> list[Row]:
    """The rows of the open lot whose column `owner` names this key, in the order of their making.

    Of what hangs on a row of this very lot it is all there is.
    """
    lot = _open_lot()
    return lot.hung_on(model, owner, key) if lot else []


def draw(make: Callable[[int], list[Value]]) -> Value:
    """One of what `make` gives so many of at once: alone, or with the lot that is open."""
    lot = _open_lot()
    return make(1)[0] if lot is None else lot.draw(make)


def put_off(tell: Callable[[frozenset[str]], None], words: frozenset[str]) -> None:
    """Call this with the words: at once, or once for everything when the open lot is written."""
    lot = _open_lot()
    if lot is None:
        tell(words)
    else:
        lot.put_off(tell, words)


class Lot:
    """Rows put by, within one transaction that keeps every other writer of their tables out."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys: dict[sa.Table, Iterator[int]] = {}
        self._drawn: dict[Callable[[int], list[Any]], list[Any]] = {}
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._begin()

    def _begin(self) -> None:
        if self._is_sqlite:  # what is taken alone meanwhile takes the next keys too
            self._keys.clear()
        self._rows: defaultdict[sa.Table, list[dict[str, Any]]] = defaultdict(list)
        self._kept: dict[int, Base] = {}
        self._hanging: defaultdict[tuple[type, str, int], list[Base]] = defaultdict(list)
        self._once: defaultdict[sa.Table, dict[tuple[object, ...], None]] = defaultdict(dict)
        self._later: defaultdict[Callable[[frozenset[str]], None], set[str]] = defaultdict(set)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Have every command put its new rows by, here, until this ends."""
        token = open_lot.set(self)
        try:
            yield
        finally:
            open_lot.reset(token)

    def holds(self, row: Base) -> bool:
        """Whether the row was put by here, and is not written yet."""
        return id(row) in self._kept

    def keep(self, row: Row) -> Row:
        """Put a row by, with its key and its defaults, and whatever was hung on it."""
        mapper = _mapper_of(type(row))
        held = row.__dict__
        table = cast(sa.Table, mapper.local_table)
        if held.get("id") is None:
            held["id"] = self._next_key(table)
        plain, made = _defaults(mapper)
        held.update(plain | held)
        for name, make in made:
            if name not in held:
                held[name] = make(_Beside(held))
        self._kept[id(row)] = row
        for name in _owners(mapper):
            if held[name] is not None:
                self._hanging[type(row), name, held[name]].append(row)
        for name, owner in _children(mapper):
            below = held.get(name)
            for one in below if isinstance(below, list) else [below] if below else []:
                setattr(one, owner, held["id"])
                self.keep(one)
        return row

    def insert(self, table: sa.Table, rows: Iterable[Mapping[str, object]]) -> None:
        """Put bare rows by."""
        self._rows[table].extend(dict(row) for row in rows)

    def once(self, table: sa.Table, values: Mapping[str, object]) -> bool:
        """Put a bare row by, unless its unique key is here already; tell whether it was new."""
        key = tuple(values.get(name) for name in _unique(table))
        if key in self._once[table]:
            return False
        self._once[table][key] = None
        self._rows[table].append(dict(values))
        return True

    def hung_on(self, model: type[Row], owner: str, key: int) -> list[Row]:
        """The rows of one model that hang on this key, in the order of their making."""
        return cast(list[Row], self._hanging.get((model, owner, key), []))

    def draw(self, make: Callable[[int], list[Value]]) -> Value:
        """The next of what was made ahead; many more are made where none is left."""
        stock = self._drawn.setdefault(make, [])
        if not stock:
            stock.extend(make(KEYS_AT_ONCE))
        return cast(Value, stock.pop())

    def put_off(self, tell: Callable[[frozenset[str]], None], words: Iterable[str]) -> None:
        """Remember what is to be told when everything is written."""
        self._later[tell].update(words)

    def write(self) -> None:
        """Put everything into its tables, then tell what was put off; begin anew."""
        kept, rows, later = self._kept, self._rows, self._later
        self._begin()
        for row in kept.values():
            mapper = _mapper_of(type(row))
            held = row.__dict__
            values = {column: held[name] for name, column in _columns(mapper)}
            rows[cast(sa.Table, mapper.local_table)].append(values)
        connection = self._session.connection()
        for table in _in_order(frozenset(rows)):
            bulk.put(connection, table, rows[table])
        for tell, words in later.items():
            tell(frozenset(words))

    def _next_key(self, table: sa.Table) -> int:
        keys = self._keys.get(table)
        if keys is None:
            keys = self._keys[table] = self._fresh_keys(table)
        return next(keys)

    def _fresh_keys(self, table: sa.Table) -> Iterator[int]:
        """Keys that no row has: nobody else writes meanwhile, or the sequence sees to it."""
        if self._is_sqlite:
            last = self._session.scalar(sa.select(sa.func.max(table.c.id))) or 0
            while True:
                last += 1
                yield last
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        ask = sa.select(sa.func.nextval(sa.cast(sequence, sa.dialects.postgresql.REGCLASS)))
        many = ask.select_from(sa.func.generate_series(1, KEYS_AT_ONCE))
        while True:
            yield from self._session.scalars(many).all()


def _open_lot() -> Lot | None:
    return cast(Lot | None, open_lot.get())


@cache
def _mapper_of(model: type[Base]) -> Mapper[Any]:
    return sa.inspect(model)


@cache
def _columns(mapper: Mapper[Any]) -> list[tuple[str, str]]:
    """Each attribute with the column in which it is kept."""
    stored = (one for one in mapper.column_attrs if one.columns[0].computed is None)
    return [(one.key, one.columns[0].name) for one in stored]


@cache
def _defaults(mapper: Mapper[Any]) -> tuple[dict[str, Any], list[tuple[str, Callable[..., Any]]]]:
    """What an attribute is where nobody said anything: plain values, and those made anew."""
    plain: dict[str, Any] = {}
    made = []
    for one in mapper.column_attrs:
        default = one.columns[0].default
        if one.key == "id":
            continue
        if default is not None and default.is_callable:
            made.append((one.key, default.arg))
        else:
            plain[one.key] = None if default is None else default.arg
    return plain, made


@cache
def _owners(mapper: Mapper[Any]) -> list[str]:
    """The attributes that name a row of another table."""
    return [one.key for one in mapper.column_attrs if one.columns[0].foreign_keys]


@cache
def _children(mapper: Mapper[Any]) -> list[tuple[str, str]]:
    """The relationships to what hangs on a row, each with the attribute that names its owner."""
    return [
        (one.key, one.mapper.get_property_by_column(remote).key)
        for one in mapper.relationships
        if one.direction is RelationshipDirection.ONETOMANY
        for remote in one.remote_side
    ]


@cache
def _unique(table: sa.Table) -> tuple[str, ...]:
    """The columns of the table's one unique key."""
    (key,) = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    return tuple(column.name for column in key.columns)


@cache
def _in_order(tables: frozenset[sa.Table]) -> list[sa.Table]:
    """The tables, each after those that its rows name."""
    return [table for table in Base.metadata.sorted_tables if table in tables]


class _Beside:
    """What a default may ask of the statement that writes its row: the values beside it."""

    def __init__(self, held: Mapping[str, object]) -> None:
        self._held = held

    def get_current_parameters(self) -> Mapping[str, object]:
        """The values that the row has so far."""
        return self._held

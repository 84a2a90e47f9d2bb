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

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import bulk, mapped
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


Once = list[tuple[str, dict[str, Any]]]
# By their tables, and by the names of what each of them gives.
Rows = defaultdict[sa.Table, defaultdict[bulk.Names, list[Mapping[str, Any]]]]
Ready = defaultdict[sa.Table, defaultdict[bulk.Names, list[tuple[Any, ...]]]]
Later = defaultdict[Callable[[frozenset[str]], None], set[str]]


class NoKeys(Exception):
    """A lot has used up the keys that it was given: what it makes cannot be written."""


@dataclass(frozen=True)
class Packed:
    """What a lot has put by, as another process can take it in and write it."""

    rows: list[tuple[str, bulk.Names, list[tuple[Any, ...]]]]
    once: Once
    later: list[tuple[Callable[[frozenset[str]], None], frozenset[str]]]


class Lot:
    """Rows put by, within one transaction that keeps every other writer of their tables out.

    With `keys`, by the names of the tables, it may be anywhere: it is cut and packed, not written.
    """

    def __init__(self, session: Session, keys: Mapping[str, Sequence[int]] | None = None) -> None:
        self._session = session
        self._given = None if keys is None else {name: iter(of) for name, of in keys.items()}
        self.needed: Counter[sa.Table] = Counter()
        self._cuts: list[tuple[Rows, Once, Later]] = []
        self._keys: dict[sa.Table, Iterator[int]] = {}
        self._drawn: dict[Callable[[int], list[Any]], list[Any]] = {}
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._begin()

    def _begin(self) -> None:
        if self._is_sqlite:  # what is taken alone meanwhile takes the next keys too
            self._keys.clear()
        self._rows: Rows = defaultdict(lambda: defaultdict(list))
        self._kept: dict[int, Base] = {}
        self._hanging: defaultdict[tuple[type, str, int], list[Base]] = defaultdict(list)
        self._once: defaultdict[sa.Table, dict[tuple[object, ...], None]] = defaultdict(dict)
        self._later: Later = defaultdict(set)
        self._ready: Ready = defaultdict(lambda: defaultdict(list))

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
        mapper = mapped.mapper_of(type(row))
        held = row.__dict__
        table = cast(sa.Table, mapper.local_table)
        if held.get("id") is None:
            held["id"] = self._next_key(table)
        plain, made = mapped.defaults(mapper)
        held.update(plain | held)
        for name, make in made:
            if name not in held:
                held[name] = make(mapped.Beside(held))
        self._kept[id(row)] = row
        for name in mapped.owners(mapper):
            if held[name] is not None:
                self._hanging[type(row), name, held[name]].append(row)
        for name, owner in mapped.children(mapper):
            below = held.get(name)
            for one in below if isinstance(below, list) else [below] if below else []:
                setattr(one, owner, held["id"])
                self.keep(one)
        return row

    def insert(self, table: sa.Table, rows: Iterable[Mapping[str, object]]) -> None:
        """Put bare rows by."""
        alike = self._rows[table]
        for row in rows:
            alike[tuple(row)].append(dict(row))

    def once(self, table: sa.Table, values: Mapping[str, object]) -> bool:
        """Put a bare row by, unless its unique key is here already; tell whether it was new."""
        key = tuple(values.get(name) for name in mapped.unique(table))
        if key in self._once[table]:
            return False
        self._once[table][key] = None
        self._rows[table][tuple(values)].append(dict(values))
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
        rows, later, ready = self._gathered(), self._later, self._ready
        self._begin()
        connection = self._session.connection()
        for table in mapped.in_order(frozenset(rows) | frozenset(ready)):
            for names, made in rows[table].items():
                bulk.send(connection, table, *bulk.written(connection.dialect, table, made, names))
            for names, given in ready[table].items():
                bulk.send(connection, table, names, given)
        for tell, words in later.items():
            tell(frozenset(words))

    def cut(self) -> None:
        """Let what was put by since the last cut be written together, or not at all."""
        once = [
            (table.name, dict(row))
            for table in self._once
            for alike in self._rows.pop(table).values()
            for row in alike
        ]
        self._cuts.append((self._gathered(), once, self._later))
        self._begin()

    def packed(self) -> list[Packed]:
        """Each cut, to be written elsewhere."""
        cuts, self._cuts = self._cuts, []
        made = [
            Packed([], once, [(tell, frozenset(words)) for tell, words in later.items()])
            for _, once, later in cuts
        ]
        placed: defaultdict[tuple[sa.Table, bulk.Names], list[tuple[int, list[Mapping[str, Any]]]]]
        placed = defaultdict(list)
        for place, (rows, _, _) in enumerate(cuts):
            for table, alike in rows.items():
                for names, many in alike.items():
                    placed[table, names].append((place, many))
        dialect = self._session.get_bind().dialect
        for (table, names), lists in placed.items():
            together = [row for _, many in lists for row in many]
            told, given = bulk.written(dialect, table, together, names)
            values = iter(given)
            for place, many in lists:
                made[place].rows.append((table.name, told, list(islice(values, len(many)))))
        return made

    def unpack(self, packed: Packed) -> None:
        """Put by what a lot elsewhere has packed."""
        tables = Base.metadata.tables
        for name, names, given in packed.rows:
            self._ready[tables[name]][names] += given
        for name, row in packed.once:
            self.once(tables[name], row)
        for tell, words in packed.later:
            self.put_off(tell, words)

    def drop(self) -> None:
        """Forget what was put by."""
        self._begin()

    def _gathered(self) -> Rows:
        """All that was put by, in the columns of its tables."""
        for row in self._kept.values():
            mapper = mapped.mapper_of(type(row))
            self._rows[cast(sa.Table, mapper.local_table)][mapped.names(mapper)].append(
                row.__dict__
            )
        return self._rows

    def _next_key(self, table: sa.Table) -> int:
        self.needed[table] += 1
        if self._given is not None:
            key = next(self._given.get(table.name, iter(())), None)
            if key is None:
                raise NoKeys(table.name)
            return key
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

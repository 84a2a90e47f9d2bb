"""Selects of different shapes sent as one statement, and their rows told apart again.

Each becomes an arm of one UNION ALL. An arm says its number and puts its columns where the union
has room for values of their kind; the rest is NULL. What comes back is read as each column's own
type reads it, so that the rows are those that the select alone would have given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any  # a value of whatever type its column has

import sqlalchemy as sa
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.orm import InstrumentedAttribute, Mapper, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from beacon.core.db import db

Select = sa.Select[*tuple[Any, ...]]
# With a limit a database keeps the order of an arm, however much there is.
EVERY = 1_000_000_000
NOTHING = sa.null()


class Raw(UserDefinedType[Any]):
    """A value as the driver gives it; each arm knows the type of its own."""

    cache_ok = True


RAW = Raw()
# The kinds of value that the union has room for, each with the type that NULL has there.
KINDS: dict[type[TypeEngine[Any]], TypeEngine[Any]] = {
    sa.Boolean: sa.Boolean(),
    sa.Integer: sa.BigInteger(),
    sa.DateTime: sa.DateTime(timezone=True),
    sa.Date: sa.Date(),
    sa.Time: sa.Time(),
    sa.LargeBinary: sa.LargeBinary(),
    sa.String: sa.Text(),
}
Kind = type[TypeEngine[Any]]
Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class _Column:
    """One column of an arm: what it selects, the kind of its values, and how they are read."""

    expression: Any
    type: TypeEngine[Any]
    kind: Kind


@dataclass(frozen=True)
class _Element:
    """What a select names: a column, or a whole object by its columns."""

    name: str
    columns: Sequence[_Column]
    mapper: Mapper[Any] | None = None
    attributes: Sequence[str] = ()  # of an object, in the order of the columns


def send(queries: Sequence[Select]) -> list[Sequence[Any]]:
    """Send the selects, joined where they are several, and give the rows of each in its order.

    Objects are those of the session. A joined select cannot say how others are loaded beside its
    own: it names them as further columns, or another select gives them.
    """
    if len(queries) < 2:
        return [db.session.execute(query).all() for query in queries]
    arms = [[_element(said) for said in query.column_descriptions] for query in queries]
    room = _room(arms)
    joined = sa.union_all(
        _header(tuple(room.items())),
        *(_arm(number, queries[number], arms[number], room) for number in range(len(queries))),
    )
    found: list[list[Any]] = [[] for _ in queries]
    for row in db.session.execute(joined):
        found[row[0]].append(row)
    return [_read(elements, rows, room) for elements, rows in zip(arms, found, strict=True)]


def _element(said: Any) -> _Element:
    """One thing that a select names, as SQLAlchemy describes it."""
    if isinstance(said["type"], TypeEngine):
        return _Element(said["name"] or "value", [_column(said["expr"], said["type"])])
    mapper: Mapper[Any] = sa.inspect(said["expr"]).mapper
    held = [one for one in mapper.column_attrs if not one.deferred]
    columns = [_column(getattr(said["expr"], one.key), one.columns[0].type) for one in held]
    return _Element(said["name"], columns, mapper, [one.key for one in held])


def _column(expression: Any, of_type: TypeEngine[Any]) -> _Column:
    kind = _kind(of_type)
    if kind is sa.Integer and not isinstance(expression, InstrumentedAttribute):
        expression = sa.cast(expression, sa.BigInteger)  # PostgreSQL would make all of them numeric
    return _Column(expression, of_type, kind)


def _kind(of_type: TypeEngine[Any]) -> Kind:
    while isinstance(of_type, TypeDecorator):
        of_type = of_type.impl_instance
    for kind in KINDS:
        if isinstance(of_type, kind):
            return kind
    raise TypeError(f"values of {of_type!r} cannot be asked for together with others")


def _room(arms: Sequence[Sequence[_Element]]) -> dict[Kind, int]:
    """How many values of each kind the widest arm has."""
    room = dict.fromkeys(KINDS, 0)
    for elements in arms:
        needed = Counter(column.kind for one in elements for column in one.columns)
        for kind, many in needed.items():
            room[kind] = max(room[kind], many)
    return room


@lru_cache(maxsize=200)
def _header(room: tuple[tuple[Kind, int], ...]) -> sa.Select[*tuple[Any, ...]]:
    """An arm without rows: it says what kind of value each column of the union holds."""
    empty = [
        sa.type_coerce(sa.cast(sa.null(), KINDS[kind]), RAW).label(f"{kind.__name__}_{number}")
        for kind, many in room
        for number in range(many)
    ]
    return sa.select(sa.literal(-1).label("arm"), *empty).where(sa.false())


def _arm(
    number: int, query: Select, elements: Sequence[_Element], room: dict[Kind, int]
) -> sa.Select[*tuple[Any, ...]]:
    columns = [column for one in elements for column in one.columns]
    # Both are read and nothing else: a select that has an order keeps it within the union.
    if query._order_by_clauses and query._limit_clause is None:
        query = query.limit(EVERY)
    named = [column.expression.label(f"c{place}") for place, column in enumerate(columns)]
    inner = query.with_only_columns(*named).subquery()
    placed: dict[Kind, list[Any]] = {kind: [] for kind in room}
    for place, column in enumerate(columns):
        placed[column.kind].append(_named(place))
    slots = [
        slot
        for kind, many in room.items()
        for slot in (*placed[kind], *[NOTHING] * (many - len(placed[kind])))
    ]
    return sa.select(sa.literal(number), *slots).select_from(inner)


@lru_cache(maxsize=200)
def _named(place: int) -> sa.ColumnClause[Any]:
    """A column of an arm, by its name alone: an arm has no other source."""
    return sa.column(f"c{place}")


def _read(
    elements: Sequence[_Element], rows: Sequence[Any], room: dict[Kind, int]
) -> Sequence[Any]:
    """The rows of one arm as its select alone would give them."""
    starts = dict(zip(room, accumulate(room.values(), initial=1), strict=False))
    readers = []
    for one in elements:
        places = []
        for column in one.columns:
            places.append((starts[column.kind], _reader(column.type)))
            starts[column.kind] += 1
        readers.append((one, places))
    shaped = [tuple(_value(one, places, row) for one, places in readers) for row in rows]
    return IteratorResult(SimpleResultMetaData([one.name for one in elements]), iter(shaped)).all()


def _reader(of_type: TypeEngine[Any]) -> Reader | None:
    dialect = db.session.get_bind().dialect
    return of_type.dialect_impl(dialect).result_processor(dialect, None)


def _value(element: _Element, places: Sequence[tuple[int, Reader | None]], row: Any) -> Any:
    values = [read(row[place]) if read else row[place] for place, read in places]
    return values[0] if element.mapper is None else _object(element, values)


def _object(element: _Element, values: Sequence[Any]) -> Any:
    """The object that these values make: the session's own, where it holds it already."""
    held = dict(zip(element.attributes, values, strict=True))
    if held["id"] is None:
        return None  # of an outer join
    mapper: Any = element.mapper
    session = db.session()
    found = session.identity_map.get(mapper.identity_key_from_primary_key((held["id"],)))
    if found is not None:
        expired = sa.inspect(found).expired_attributes & held.keys()
        for name in expired:
            set_committed_value(found, name, held[name])
        return found
    made = mapper.class_()
    for name, value in held.items():
        set_committed_value(made, name, value)
    make_transient_to_detached(made)
    session.add(made)
    return made

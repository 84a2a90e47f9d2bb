"""Long lists a page at a time, by the key of the last row seen: page 2,000 costs what page 2 does.

Queries use this half, which knows nothing of requests; `beacon.web.cursors` puts it in addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar  # rows hold whatever the query asked for

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import together
from beacon.core.together import Asking

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Cursor:
    """The key of the row beside which a page begins, the order it is a key of, and the way to go.

    In a list of another order it is no place at all: such a list begins at its beginning.
    """

    keys: tuple[Any, ...]
    order: str
    backwards: bool = False


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, with the way to the ones after and before."""

    rows: Sequence[T]
    next: Cursor | None = None
    previous: Cursor | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Key:
    """One column the list is ordered by. It is never null: wrap it in `coalesce` if it may be."""

    column: sa.ColumnElement[Any] | Any  # a mapped attribute is both
    descending: bool = False

    def turned(self) -> Key:
        """The same key, the other way."""
        return replace(self, descending=not self.descending)

    def order(self) -> sa.UnaryExpression[Any]:
        """The key as an ORDER BY."""
        order = sa.desc if self.descending else sa.asc
        return order(self.column)

    def beyond(self, value: Any) -> sa.ColumnElement[bool]:
        """Rows past this value."""
        return self.column < value if self.descending else self.column > value


def read_page(
    session: Session,
    query: sa.Select[Any],
    keys: Sequence[Key],
    cursor: Cursor | None = None,
    *,
    size: int = PAGE_SIZE,
    shape: Callable[[Any], T] = lambda row: row[0],
) -> Page[T]:
    """One page of the query, ordered by the keys; the last key must tell any two rows apart."""
    asked, cursor = _asked(query, keys, cursor, size)
    return _read(list(session.execute(asked)), keys, cursor, size, shape)


def asked_page(
    query: sa.Select[Any],
    keys: Sequence[Key],
    cursor: Cursor | None = None,
    *,
    size: int = PAGE_SIZE,
    shape: Callable[[Any], T] = lambda row: row[0],
) -> Asking[Page[T]]:
    """The same page, to be asked with others."""
    asked, cursor = _asked(query, keys, cursor, size)
    rows = yield from together.rows(asked)
    return _read(list(rows), keys, cursor, size, shape)


def _asked(
    query: sa.Select[Any], keys: Sequence[Key], cursor: Cursor | None, size: int
) -> tuple[sa.Select[Any], Cursor | None]:
    """The rows of a page and one more, and the place in the list where it is one of this order."""
    if cursor is not None and cursor.order != _named(keys):
        cursor = None
    backwards = cursor is not None and cursor.backwards
    way = [key.turned() for key in keys] if backwards else list(keys)
    if cursor is not None:
        query = query.where(_after(way, cursor.keys))
    query = query.add_columns(*(key.column.label(f"key_{n}") for n, key in enumerate(keys)))
    return query.order_by(None).order_by(*(key.order() for key in way)).limit(size + 1), cursor


def _read(
    rows: list[Any],
    keys: Sequence[Key],
    cursor: Cursor | None,
    size: int,
    shape: Callable[[Any], T],
) -> Page[T]:
    has_more, rows = len(rows) > size, rows[:size]
    if cursor is not None and cursor.backwards:
        rows.reverse()
    return _page(rows, cursor, _named(keys), has_more=has_more, count=len(keys), shape=shape)


def _named(keys: Sequence[Key]) -> str:
    """The order of a list in words: which columns, and which way."""
    return ", ".join(f"{key.column} {'down' if key.descending else 'up'}" for key in keys)


def _page(
    rows: list[Any],
    cursor: Cursor | None,
    order: str,
    *,
    has_more: bool,
    count: int,
    shape: Callable[[Any], T],
) -> Page[T]:
    backwards = cursor is not None and cursor.backwards
    shaped = [shape(row) for row in rows]
    if not rows:
        return Page(shaped)
    first, last = (tuple(row[-count:]) for row in (rows[0], rows[-1]))
    return Page(
        shaped,
        next=Cursor(last, order) if has_more or backwards else None,
        previous=Cursor(first, order, backwards=True)
        if (has_more if backwards else cursor is not None)
        else None,
    )


def _after(keys: Sequence[Key], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Rows after these values: the first key beyond, or level and the next beyond, and so on."""
    steps = []
    for place, key in enumerate(keys):
        level = [earlier.column == values[n] for n, earlier in enumerate(keys[:place])]
        steps.append(sa.and_(*level, key.beyond(values[place])))
    # The first key alone, so that an index on it narrows the search on both databases.
    first = keys[0]
    floor = first.column <= values[0] if first.descending else first.column >= values[0]
    return sa.and_(floor, sa.or_(*steps))

"""Keys for rows that are made before it is their turn to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

# Beyond twice what a lot has needed so far: for those who write between two lots.
SPARE = 400
Keys = Mapping[str, Sequence[int]]


class Reserve:
    """Keys for one lot after another, by the table's name: never those of another lot.

    PostgreSQL's sequences give them away for good. On SQLite whoever writes takes the key after the
    greatest, so that between the keys of two lots some are left; `are_free` tells, within the
    transaction that writes, whether they were enough.
    """

    def __init__(self, session: Session, needed: Mapping[sa.Table, int]) -> None:
        self._session = session
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._sizes = {table: 2 * number + SPARE for table, number in needed.items()}
        self._last = dict.fromkeys(self._sizes, 0)

    def draw(self) -> Keys:
        """The keys of the next lot."""
        if self._is_sqlite:
            return {table.name: self._after(table, last) for table, last in self._greatest()}
        return {table.name: self._drawn(table, size) for table, size in self._sizes.items()}

    def are_free(self, keys: Keys) -> bool:
        """Whether nobody has taken one of these meanwhile."""
        if not self._is_sqlite:
            return True
        return all(last < keys[table.name][0] for table, last in self._greatest())

    def _greatest(self) -> list[tuple[sa.Table, int]]:
        greatest = [sa.select(sa.func.max(one.c.id)).scalar_subquery() for one in self._sizes]
        found = self._session.execute(sa.select(*greatest)).one()
        return [(table, last or 0) for table, last in zip(self._sizes, found, strict=True)]

    def _after(self, table: sa.Table, last: int) -> range:
        first = max(last, self._last[table]) + 1
        self._last[table] = first + self._sizes[table] - 1
        return range(first, self._last[table] + 1)

    def _drawn(self, table: sa.Table, size: int) -> Sequence[int]:
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        ask = sa.select(sa.func.nextval(sa.cast(sequence, postgresql.REGCLASS)))
        return self._session.scalars(ask.select_from(sa.func.generate_series(1, size))).all()

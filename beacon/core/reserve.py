"""Keys for rows that are made before it is their turn to be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from beacon.core.db import Base

# Beyond twice what a lot has needed so far: for those who write between two lots.
SPARE = 400
Keys = Mapping[str, Sequence[int]]


class Reserve:
    """Keys for one lot after another, by the table's name: never those of another lot.

    PostgreSQL's sequences give them away for good. On SQLite whoever writes takes the key after the
    greatest, so that between the keys of two lots some are left; `are_free` tells, within the
    transaction that writes, whether they were enough.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._last: defaultdict[sa.Table, int] = defaultdict(int)

    def draw(self, needed: Mapping[sa.Table, int]) -> Keys:
        """The keys of the next lot, by what lots have needed so far."""
        sizes = {table: 2 * number + SPARE for table, number in needed.items() if number}
        if not self._is_sqlite:
            return {table.name: self._drawn(table, size) for table, size in sizes.items()}
        greatest = self._greatest(sizes)
        return {one.name: self._after(one, greatest[one], size) for one, size in sizes.items()}

    def are_free(self, keys: Keys) -> bool:
        """Whether nobody has taken one of these meanwhile."""
        if not self._is_sqlite:
            return True
        greatest = self._greatest([Base.metadata.tables[name] for name in keys])
        return all(last < keys[table.name][0] for table, last in greatest.items())

    def _greatest(self, tables: Iterable[sa.Table]) -> dict[sa.Table, int]:
        asked = list(tables)
        if not asked:
            return {}
        greatest = [sa.select(sa.func.max(one.c.id)).scalar_subquery() for one in asked]
        found = self._session.execute(sa.select(*greatest)).one()
        return {table: last or 0 for table, last in zip(asked, found, strict=True)}

    def _after(self, table: sa.Table, last: int, size: int) -> range:
        first = max(last, self._last[table]) + 1
        self._last[table] = first + size - 1
        return range(first, first + size)

    def _drawn(self, table: sa.Table, size: int) -> Sequence[int]:
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        ask = sa.select(sa.func.nextval(sa.cast(sequence, postgresql.REGCLASS)))
        return self._session.scalars(ask.select_from(sa.func.generate_series(1, size))).all()

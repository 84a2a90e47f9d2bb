"""What of the commissioner's page may leave: small counts hidden, each so that it stays in doubt.

Tables of one family share one total, as those of the Code do (``hiding``): their small columns are
hidden in all of them, and each table is a network for itself. Rows that stand apart are hidden each
for itself, within its own total. Money is rounded, and hidden where few cases are behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from beacon.reports.rules.figures import Group
from beacon.reports.rules.grids import ALL, Grid, Row, counts
from beacon.reports.rules.hiding import DUE, LEAST, TOGETHER, Key, Network
from beacon.reports.terms import Kind

ROUNDED_TO = 100_000  # pence: sums leave in whole thousands of pounds
Rows = Mapping[Group, Counter[str]]


def publish_grids(grids: Sequence[Grid], *, second: bool = True) -> list[Grid]:
    """The tables as they leave. Without `second`, for a test, small counts alone are hidden."""
    return [_BY_KIND[grid.kind](grid, second) for grid in grids]


def _parts(grid: Grid, second: bool) -> Grid:
    """A table whose rows add up to a total that other tables share."""
    total = grid.total or Row()
    if 0 < (total.total or 0) < LEAST:
        return replace(grid, rows=(), total=None, withheld=True)
    known = counts(total)
    together = _together(known) if second else frozenset(_small(known))
    rows = _with_subtotals({row.key: Counter(counts(row)) for row in grid.rows})
    network = Network(dict(_cells(rows, together)))
    small = sorted(key for key, number in network.cells.items() if number < LEAST)
    network.hidden.update(small)
    if second:
        arcs = network.arcs()
        if not all(network.protect(key, arcs) for key in small):
            return replace(grid, rows=(), total=_total(total, together), withheld=True)
    shown = [
        Row(
            group=key[0],
            name=key[1],
            total=None if (*key, DUE) in network.hidden else one.total(),
            cells=_shown(one, grid.columns, together, network.hidden, key),
        )
        for key, one in rows.items()
    ]
    return replace(grid, rows=tuple(shown), total=_total(total, together))


def _apart(grid: Grid, second: bool) -> Grid:
    """A table whose rows each have a total of their own."""
    return replace(grid, rows=tuple(_alone(row, second) for row in grid.rows), total=None)


def _alone(row: Row, second: bool) -> Row:
    known, number = counts(row), row.total or 0
    if 0 < number < LEAST:
        return replace(row, total=None, cells=dict.fromkeys(known), amount=None)
    together = _together(known) if second else frozenset(_small(known))
    cells = {one: None if one in together else known[one] for one in known}
    return replace(row, cells=cells, amount=None if together else row.amount)


def _money(grid: Grid, second: bool) -> Grid:
    """Sums of money, without the number of cases that are behind each."""
    return replace(grid, rows=tuple(map(_rounded, grid.rows)))


def _rounded(row: Row) -> Row:
    if row.amount is None or 0 < (row.total or 0) < LEAST:
        return replace(row, total=0, amount=None)
    halves = ROUNDED_TO // 2
    return replace(row, total=0, amount=(row.amount + halves) // ROUNDED_TO * ROUNDED_TO)


def _taken(grid: Grid, second: bool) -> Grid:
    return grid


_BY_KIND = {Kind.PARTS: _parts, Kind.APART: _apart, Kind.MONEY: _money, Kind.TAKEN: _taken}


def _small(known: Mapping[str, int]) -> list[str]:
    return [one for one, number in known.items() if 0 < number < LEAST]


def _together(known: Mapping[str, int]) -> frozenset[str]:
    """The columns that are hidden in every row: the small ones, and the least of the others."""
    found = _small(known)
    if not found:
        return frozenset()
    larger = sorted((number, one) for one, number in known.items() if number >= LEAST)
    return frozenset({*found, *(one for _, one in larger[:1])})


def _total(total: Row, together: frozenset[str]) -> Row:
    cells = {one: None if one in together else number for one, number in total.cells.items()}
    return replace(total, cells=cells)


def _with_subtotals(rows: Rows) -> dict[Group, Counter[str]]:
    """Every row, and below the rows of a group their sum."""
    groups = {group for group, _ in rows if group}
    found: dict[Group, Counter[str]] = {}
    for (group, name), row in rows.items():
        if group in groups and (group, ALL) not in found:
            same = [one for (of, _), one in rows.items() if of == group]
            found[group, ALL] = sum(same, Counter[str]())
        found[group, name] = row
    return found


def _cells(rows: Rows, together: frozenset[str]) -> Iterable[tuple[Key, int]]:
    """Every count of a table above nought; the columns that are hidden together are one."""
    for (group, name), row in rows.items():
        sums = {one: number for one, number in row.items() if one not in together}
        sums |= {TOGETHER: sum(row[one] for one in together), DUE: row.total()}
        for column, number in sums.items():
            if number:
                yield (group, name, column), number


def _shown(
    row: Counter[str],
    columns: Iterable[str],
    together: frozenset[str],
    hidden: set[Key],
    key: Group,
) -> dict[str, int | None]:
    """The counts of a row, None for those that are hidden."""
    joined = any(row[one] for one in together)
    return {
        one: None if (joined if one in together else (*key, one) in hidden) else row[one]
        for one in columns
    }

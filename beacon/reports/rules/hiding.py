"""Small counts are hidden, each with others, so that none can be worked out (domain.md RULE 2.2).

All tables of one publication share one total row. Where an outcome of the total is small, its whole
column is hidden in every table together with another, so only the sum of both can be worked out.
Every other total stands, so each table is protected by itself, with the total taken as known.

A table whose rows lie in groups is a network: each cell is an arc between its row and its column,
each subtotal an arc between the column of its group and that of the table. What may change while
all published numbers stay is a circulation (Kelly, Golden and Assad, Networks 22, 1992). A small
cell is safe when a circle of hidden cells runs through it, along which one can be added here and
taken there, none falling under one. Where there is none, the cheapest such circle is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from beacon.reports.rules.figures import Group, Tally, in_order, percent
from beacon.reports.terms import JUDGED, Cut, Outcome

LEAST = 5  # no count above nought and under this is published
COST = 5  # what it costs to hide a cell at all; its count comes on top
TOGETHER, DUE, ALL = "together", "due", ""
Key = tuple[str, str, str]  # group, row and column; a subtotal has no row
Node = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row of a published table; a count that is hidden is None."""

    group: str
    name: str
    due: int | None
    counts: Mapping[Outcome, int | None]

    @property
    def is_subtotal(self) -> bool:
        """Whether it adds up the rows of its group."""
        return self.name == ALL

    @property
    def percent(self) -> float | None:
        """Told in time, of a hundred judged; None where any part of it is hidden."""
        parts = [self.counts[one] for one in JUDGED]
        known = [one for one in parts if one is not None]
        return percent(*known) if len(known) == len(parts) else None

    @property
    def hides_percent(self) -> bool:
        """Whether there may be a percentage that cannot be shown."""
        return any(self.counts[one] is None for one in JUDGED)


@dataclass(frozen=True)
class Table:
    """One cut as it is published; one that cannot be made safe has no lines."""

    lines: tuple[Line, ...] = ()
    is_withheld: bool = False


@dataclass(frozen=True)
class Publication:
    """All tables of one period that may leave, or the one sentence that none may."""

    total: Line | None
    tables: Mapping[Cut, Table]
    together: frozenset[Outcome] = frozenset()

    @property
    def hides_anything(self) -> bool:
        """Whether any count is hidden."""
        lines = [line for table in self.tables.values() for line in table.lines]
        return bool(self.together) or any(
            one is None for line in lines for one in (line.due, *line.counts.values())
        )


@dataclass
class Network:
    """The cells of one table that are not nought, between their rows and columns."""

    cells: dict[Key, int]
    hidden: set[Key] = field(default_factory=set)

    def ends(self, key: Key) -> tuple[Node, Node]:
        """The two sums of which a cell is part: in the one it adds, in the other it takes away."""
        group, row, column = key
        inner, outer = ("column", group, column), ("column", column)
        ends: tuple[Node, Node] = (inner, outer)
        if row != ALL:
            ends = (("row", group, row), inner if group else outer)
        return (ends[1], ends[0]) if column == DUE else ends

    def arcs(self) -> dict[Node, list[tuple[Node, Key]]]:
        """Along which cells one may go from a sum: up through a cell, and down where one stays."""
        found: dict[Node, list[tuple[Node, Key]]] = {}
        for key, number in sorted(self.cells.items()):
            tail, head = self.ends(key)
            found.setdefault(tail, []).append((head, key))
            if number > 1:
                found.setdefault(head, []).append((tail, key))
        return found

    def protect(self, key: Key, arcs: Mapping[Node, list[tuple[Node, Key]]]) -> bool:
        """Hide the cheapest circle through a cell; say whether there is one."""
        tail, head = self.ends(key)
        ways = [self._way(head, tail, key, arcs)]
        if self.cells[key] > 1:
            ways.append(self._way(tail, head, key, arcs))
        known = [way for way in ways if way is not None]
        if known:
            self.hidden |= {key, *min(known, key=self._cost_of)}
        return bool(known)

    def _cost(self, key: Key) -> int:
        return 0 if key in self.hidden else COST + self.cells[key]

    def _cost_of(self, way: list[Key]) -> int:
        return sum(map(self._cost, way))

    def _way(
        self, start: Node, end: Node, without: Key, arcs: Mapping[Node, list[tuple[Node, Key]]]
    ) -> list[Key] | None:
        """The cheapest way between two sums that leaves one cell out (Dijkstra, 1959)."""
        order = count()
        waiting: list[tuple[int, int, Node, tuple[Key, ...]]] = [(0, next(order), start, ())]
        seen: set[Node] = set()
        while waiting:
            cost, _, node, way = heappop(waiting)
            if node == end:
                return list(way)
            if node in seen:
                continue
            seen.add(node)
            for other, key in arcs.get(node, ()):
                if key != without and other not in seen:
                    heappush(waiting, (cost + self._cost(key), next(order), other, (*way, key)))
        return None


def publish(
    total: Tally, cuts: Mapping[Cut, Mapping[Group, Tally]], *, second: bool = True
) -> Publication:
    """What of these figures may leave. Without `second`, for a test, small counts alone are hidden.

    Fewer than LEAST duties in all: nothing is published.
    """
    if 0 < total.due < LEAST:
        return Publication(None, {})
    together = _together(total) if second else frozenset(_small(total))
    tables = {cut: _table(rows, together, second=second) for cut, rows in cuts.items()}
    line = Line(ALL, ALL, total.due, _shown(total, together, set(), (ALL, ALL)))
    return Publication(line, tables, together)


def _small(total: Tally) -> Iterator[Outcome]:
    return (one for one in Outcome if 0 < total[one] < LEAST)


def _together(total: Tally) -> frozenset[Outcome]:
    """The columns that are hidden in every table: the small ones, and others beside them.

    One of them is not small, where there is such a one, so that not even the knowledge that they
    are small gives them away.
    """
    found = set(_small(total))
    if not found:
        return frozenset()
    larger = sorted(
        (one for one in Outcome if total[one] >= LEAST),
        key=lambda one: (one in JUDGED, total[one], one),
    )
    return frozenset({*found, *larger[:1]})


def _table(rows: Mapping[Group, Tally], together: frozenset[Outcome], *, second: bool) -> Table:
    everything = dict(_with_subtotals(rows))
    network = Network(dict(_cells(everything, together)))
    small = sorted(key for key, number in network.cells.items() if number < LEAST)
    network.hidden.update(small)
    if second:
        arcs = network.arcs()
        if not all(network.protect(key, arcs) for key in small):
            return Table(is_withheld=True)
    lines = []
    for group, name in sorted(everything, key=_in_order):
        tally, key = everything[group, name], (group, name)
        is_due_hidden = (*key, DUE) in network.hidden
        counts = _shown(tally, together, network.hidden, key)
        lines.append(Line(group, name, None if is_due_hidden else tally.due, counts))
    return Table(tuple(lines))


def _in_order(row: Group) -> tuple[object, ...]:
    """The rows of a group in their order, and its subtotal below them."""
    group, name = row
    return in_order((group,)), name == ALL, in_order((name,))


def _with_subtotals(rows: Mapping[Group, Tally]) -> Iterable[tuple[Group, Tally]]:
    sums: dict[str, Tally] = {}
    for (group, name), tally in rows.items():
        yield (group, name), tally
        if group:
            sums.setdefault(group, Tally()).counts.update(tally.counts)
    for group, tally in sums.items():
        yield (group, ALL), tally


def _cells(rows: Mapping[Group, Tally], together: frozenset[Outcome]) -> Iterator[tuple[Key, int]]:
    """Every count of a table above nought; the columns that are hidden together are one."""
    for (group, name), tally in rows.items():
        sums = {one.value: tally[one] for one in Outcome if one not in together}
        sums |= {TOGETHER: sum(tally[one] for one in together), DUE: tally.due}
        for column, number in sums.items():
            if number:
                yield (group, name, column), number


def _shown(
    tally: Tally, together: frozenset[Outcome], hidden: set[Key], row: Group
) -> dict[Outcome, int | None]:
    """The counts of a row, None for those that are hidden."""
    joined = any(tally[one] for one in together)
    return {
        one: None if (joined if one in together else (*row, one.value) in hidden) else tally[one]
        for one in Outcome
    }

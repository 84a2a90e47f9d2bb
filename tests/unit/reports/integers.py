"""A real solver over all that is published: between which whole numbers a hidden one may lie.

Every published number and every sum is an equality; what is hidden is a whole number that is not
under its least. HiGHS (in scipy) finds the least and the greatest value of each. It does not know
how cells were chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from beacon.reports.rules.grids import Grid, Row
from beacon.reports.terms import Kind
from tests.unit.reports.solver import System, Var

MOST = 100_000


@dataclass
class Solver:
    """The hidden numbers of a system, as a problem in whole numbers."""

    system: System
    hidden: list[Var] = field(init=False)

    def __post_init__(self) -> None:
        self.hidden = self.system.hidden
        place = {var: number for number, var in enumerate(self.hidden)}
        self.place = place
        matrix = lil_matrix((max(len(self.system.sums), 1), max(len(place), 1)))
        sides = np.zeros(max(len(self.system.sums), 1))
        for number, terms in enumerate(self.system.sums):
            for var, sign in terms.items():
                if var in place:
                    matrix[number, place[var]] = sign
                else:
                    sides[number] -= sign * self.system.true[var]
        self.sums = LinearConstraint(matrix.tocsr(), sides, sides)
        least = [self.system.least[var] for var in self.hidden] or [0]
        self.bounds = Bounds(np.array(least), np.full(len(least), MOST))

    def extreme(self, var: Var, sign: int) -> dict[Var, int]:
        """All hidden numbers where one of them is least (1) or greatest (-1)."""
        aim = np.zeros(len(self.hidden))
        aim[self.place[var]] = sign
        found = milp(
            aim,
            constraints=self.sums,
            bounds=self.bounds,
            integrality=np.ones(len(self.hidden)),
        )
        assert found.x is not None, f"{var}: {found.message}"
        values = {one: round(found.x[place]) for one, place in self.place.items()}
        known = {one: self.system.true[one] for one in self.system.known}
        assert self.system.holds(known | values)
        return values

    def ranges(self) -> dict[Var, tuple[int, int]]:
        """The least and the greatest value of each hidden number."""
        return {var: (self.extreme(var, 1)[var], self.extreme(var, -1)[var]) for var in self.hidden}

    def certain(self) -> list[Var]:
        """The hidden numbers that have one value alone; each solution may serve several."""
        seen = {var: {self.system.true[var]} for var in self.hidden}
        for var in self.hidden:
            for sign in (1, -1):
                if len(seen[var]) > 1:
                    break
                for one, value in self.extreme(var, sign).items():
                    seen[one].add(value)
        return [var for var, values in seen.items() if len(values) < 2]


def system_of_grids(exact: Iterable[Grid], published: Iterable[Grid]) -> System:
    """Everything the page says, with the true numbers behind it.

    Tables of one family share their total row. What is taken from other figures is in their system.
    """
    system, totals = System(), set()
    for true, out in zip(exact, published, strict=True):
        assert true.key == out.key
        if out.kind is Kind.PARTS and not out.withheld:
            _parts(system, true, out, first=out.family not in totals)
            totals.add(out.family)
        elif out.kind is Kind.APART:
            for was, row in zip(true.rows, out.rows, strict=True):
                _line(system, out, was, row, (out.key, *row.key), 0)
    return system


def _parts(system: System, true: Grid, out: Grid, *, first: bool) -> None:
    assert true.total is not None
    assert out.total is not None
    together = {one for one, number in out.total.cells.items() if number is None}
    total = (out.family, "", "*")
    if first:
        _line(system, out, true.total, out.total, total, 0)
    groups: dict[tuple[str, str], dict[Var, int]] = {}
    outer: dict[str, dict[Var, int]] = {}
    for row in out.rows:
        was = _behind(true, row)
        _line(system, out, was, row, (out.key, *row.key), 1, together)
        for column in ("", *out.columns):
            var = (out.key, *row.key, column)
            if row.group:
                groups.setdefault((row.group, column), {})[var] = -1 if row.is_subtotal else 1
            if row.is_subtotal or not row.group:
                outer.setdefault(column, {})[var] = 1
    for terms in groups.values():
        system.add(terms)
    for column, terms in outer.items():
        system.add(terms | {(*total, column): -1})


def _behind(grid: Grid, row: Row) -> Row:
    if not row.is_subtotal:
        return next(one for one in grid.rows if one.key == row.key)
    same = [one for one in grid.rows if one.group == row.group]
    cells = {column: sum(one.cells[column] or 0 for one in same) for column in grid.columns}
    return Row(group=row.group, total=sum(one.total or 0 for one in same), cells=cells)


def _line(
    system: System,
    out: Grid,
    was: Row,
    row: Row,
    where: tuple[str, str, str],
    least: int,
    together: Iterable[str] = (),
) -> None:
    assert was.total is not None
    system.put((*where, ""), was.total, row.total, 1)
    known: Mapping[str, int | None] = row.cells
    for column in out.columns:
        # A nought is shown, but for the columns that are hidden together.
        floor = 0 if column in together else least
        system.put((*where, column), was.cells[column] or 0, known[column], floor)
    system.add({(*where, one): 1 for one in out.columns} | {(*where, ""): -1})

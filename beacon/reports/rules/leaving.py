"""The commissioner's page as it leaves: hidden where it must be, the Code as it was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beacon.reports.rules.grid_hiding import publish_grids
from beacon.reports.rules.grids import Grid, Row
from beacon.reports.rules.hiding import Line, Publication
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.rules.outcome_words import CODE_TAKEN, MONEY, MONEY_ROUNDED
from beacon.reports.terms import Cut, Kind, Outcome

NO_QUARTER = (
    "The figures of the Code are published by whole quarters. No quarter that was published lies "
    "within these days."
)


def leaving(exact: Outcomes, quarters: Sequence[Publication]) -> Outcomes:
    """The page as it may leave; `quarters` are what was published of the Code within its days."""
    grids = [
        _of_code(grid, quarters) if grid.key == "code.right" else _said(grid)
        for grid in exact.grids
    ]
    return replace(exact, grids=tuple(publish_grids(grids)))


def _said(grid: Grid) -> Grid:
    """A table with the definition that is true of it once it leaves."""
    return replace(grid, definition=MONEY + MONEY_ROUNDED) if grid.kind is Kind.MONEY else grid


def _of_code(grid: Grid, quarters: Sequence[Publication]) -> Grid:
    """The Code by Right, added up from published lines alone: it tells no more than they do."""
    lines = [
        line
        for one in quarters
        for line in (one.tables[Cut.RULE].lines if Cut.RULE in one.tables else ())
        if not line.is_subtotal
    ]
    names = {row.name.partition(":")[0]: row.name for row in grid.rows}
    by_right: dict[str, list[Line]] = {}
    for line in lines:
        right = line.name.partition(":")[0] if line.name.startswith("Right ") else ""
        by_right.setdefault(names.get(right, right), []).append(line)
    rows = [
        Row(
            name=name or "Clocks beside the Code",
            total=_sum([one.due for one in some]),
            cells={one.value: _sum([line.counts[one] for line in some]) for one in Outcome},
        )
        for name, some in by_right.items()
    ]
    order = {row.name: number for number, row in enumerate(grid.rows)}
    return replace(
        grid,
        kind=Kind.TAKEN,
        definition=CODE_TAKEN,
        rows=tuple(sorted(rows, key=lambda row: (order.get(row.name, len(order)), row.name))),
        total=None,
        empty=NO_QUARTER,
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    """The sum; None where any part of it is hidden."""
    known = [one for one in numbers if one is not None]
    return sum(known) if len(known) == len(numbers) else None

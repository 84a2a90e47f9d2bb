"""The commissioner's page as a workbook: a sheet with what each table counts, and one a table."""

from __future__ import annotations

from collections.abc import Iterator

from beacon.feeds.tables import workbook_of
from beacon.reports.rules.grids import Grid, Row
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.terms import Kind

HIDDEN, WITHHELD = "hidden", "This table is not published: its counts cannot be hidden safely."
Line = tuple[str, ...]


def outcomes_workbook(out: Outcomes, words: str, *, is_exact: bool) -> bytes:
    """The same figures give the same bytes. No cell is a formula (security.md X-01)."""
    sheets = {"About": list(_about(out, words, is_exact=is_exact))}
    sheets |= {grid.title: list(_lines(grid, is_exact=is_exact)) for grid in out.grids}
    return workbook_of(sheets, made_at=out.as_at)


def _about(out: Outcomes, words: str, *, is_exact: bool) -> Iterator[Line]:
    yield ("Outcomes", words)
    yield ("As at", out.as_at.isoformat(timespec="seconds"))
    if is_exact:
        yield ("These counts are exact", "They must not leave the service.")
    yield ("Table", "What it counts")
    for grid in out.grids:
        yield (grid.title, grid.definition)


def _lines(grid: Grid, *, is_exact: bool) -> Iterator[Line]:
    rate = (grid.rate.label,) if grid.rate else ()
    amount = (grid.amount_label,) if grid.amount_label else ()
    totals = () if grid.kind is Kind.MONEY and not is_exact else (grid.total_label,)
    yield (grid.heading, *totals, *grid.columns.values(), *rate, *amount)
    if grid.withheld:
        yield (WITHHELD,)
    elif grid.is_empty:
        yield (grid.empty,)
    for row in grid.lines:
        yield (
            row_name(grid, row),
            *(_number(row.total) for _ in totals),
            *(_number(row.cells.get(column)) for column in grid.columns),
            *(_share(grid, row) for _ in rate),
            *(_amount(grid, row) for _ in amount),
        )


def row_name(grid: Grid, row: Row) -> str:
    """A row as a page and a sheet call it."""
    if row is grid.total:
        return "All"
    if row.is_subtotal:
        return f"{row.group}, all"
    return f"{row.group}: {row.name}" if row.group else row.name


def average(row: Row) -> str:
    """Points of a row for each of those it counts, to one decimal; empty where none are known."""
    if row.amount is None or not row.total:
        return ""
    return f"{row.amount / row.total:.1f}"


def _number(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _share(grid: Grid, row: Row) -> str:
    if grid.rate is None or grid.rate.hides(row):
        return HIDDEN
    share = grid.rate.of_row(row)
    return "" if share is None else f"{share}"


def _amount(grid: Grid, row: Row) -> str:
    if row.amount is None:
        return HIDDEN
    if grid.kind is Kind.MONEY:
        return f"{row.amount // 100}.{row.amount % 100:02}"
    return average(row)

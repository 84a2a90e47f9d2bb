"""The ministry's return: which columns are in force, and what each says of a page of outcomes.

Every number is taken from the page: exact from exact figures, and as it was published from a
published page. So a return tells nothing that the page it is taken from does not (decision 0043).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from beacon.reports.rules.countable import COUNTABLE, Countable
from beacon.reports.rules.figures import Period, quarter_of
from beacon.reports.rules.grids import Grid, Row
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.terms import Kind
from beacon.reports.terms.returning import Fact

HIDDEN, NOT_PUBLISHED, UNKNOWN = "hidden", "not published", "no longer counted"


class Column(Protocol):
    """What the rules ask of a version of a column."""

    key: str
    heading: str
    counted: str
    place: int
    from_on: date
    until_on: date | None


C = TypeVar("C", bound=Column)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What stands in one cell: a number (pence, of money), or why there is none."""

    number: int | None = None
    why: str = ""
    is_money: bool = False

    @property
    def text(self) -> str:
        """The cell as a page and a sheet show it."""
        if self.number is None:
            return self.why
        if not self.is_money:
            return str(self.number)
        sign = "-" if self.number < 0 else ""
        return f"{sign}{abs(self.number) // 100}.{abs(self.number) % 100:02}"


def in_force(columns: Iterable[C], on: date) -> list[C]:
    """The columns of a day, from left to right."""
    found = [
        one for one in columns if one.from_on <= on and (one.until_on is None or one.until_on >= on)
    ]
    return sorted(found, key=lambda one: (one.place, one.heading, one.key))


def quarters_over(period: Period) -> list[Period]:
    """Each calendar quarter of the days; the first and the last only as far as the days go."""
    found, first = [], period.first
    while first <= period.last:
        last = min(quarter_of(first).last, period.last)
        found.append(Period(first, last))
        first = date.fromordinal(last.toordinal() + 1)
    return found


def figure(out: Outcomes, counted: str) -> Figure:
    """What a page of outcomes says of one countable thing."""
    one = COUNTABLE.get(counted)
    if one is None:
        return Figure(why=UNKNOWN)
    grid = next((grid for grid in out.grids if grid.key == one.grid), None)
    if grid is None or (grid.kind is Kind.TAKEN and not grid.rows):
        return Figure(why=NOT_PUBLISHED)
    rows = _rows(grid, one)
    if rows is None:
        return Figure(why=HIDDEN)
    numbers = list(_numbers(rows, one))
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return Figure(why=HIDDEN)
    return Figure(number=sum(known), is_money=one.is_money)


def lacking(out: Outcomes, fact: Fact) -> int:
    """How many lack a fact, of an exact page: each duty, hearing or answer by itself."""
    lack = fact.lack
    grid = next((grid for grid in out.grids if grid.key == lack.grid), None)
    rows = [] if grid is None else [row for row in grid.rows if not row.is_subtotal]
    rows = [row for row in rows if row.name == lack.name] if lack.name else rows
    return sum((row.cells.get(lack.column) if lack.column else row.total) or 0 for row in rows)


def facts_of(columns: Iterable[Column]) -> list[Fact]:
    """The facts that these columns need, in the order of the list."""
    needed = {COUNTABLE[one.counted].fact for one in columns if one.counted in COUNTABLE}
    return [fact for fact in Fact if fact in needed]


def _rows(grid: Grid, one: Countable) -> Sequence[Row] | None:
    """The rows of a thing that is counted; None where they are withheld."""
    if not one.names and not one.group:
        if grid.total is not None:
            return [grid.total]
        return None if grid.withheld else [row for row in grid.rows if not row.is_subtotal]
    if grid.withheld:
        return None
    if one.group:
        below = [row for row in grid.rows if row.group == one.group]
        return [row for row in below if row.is_subtotal] or below
    return [row for row in grid.rows if not row.is_subtotal and any(_is(row, n) for n in one.names)]


def _is(row: Row, name: str) -> bool:
    return row.name.startswith(name) if name.endswith(":") else row.name == name


def _numbers(rows: Iterable[Row], one: Countable) -> Iterator[int | None]:
    for row in rows:
        if one.is_money:
            yield row.amount
        elif not one.columns:
            yield row.total
        else:
            yield from (row.cells.get(column, 0) for column in one.columns)

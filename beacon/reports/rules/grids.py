"""The tables of the commissioner's page: their rows, their columns, their definition, and rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from beacon.reports.rules.figures import Group, share
from beacon.reports.terms import Kind

Cells = Mapping[str, int | None]  # by column; None where a count is hidden
ALL = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: how many in all, and in each column. A number that is hidden is None.

    ``amount`` is a sum beside the counts: pence, or points of need that came down.
    """

    group: str = ""
    name: str = ""
    total: int | None = 0
    cells: Cells = field(default_factory=dict)
    amount: int | None = None

    @property
    def is_subtotal(self) -> bool:
        """Whether it adds up the rows of its group."""
        return bool(self.group) and self.name == ALL

    @property
    def key(self) -> Group:
        """By what the row is known in its table."""
        return self.group, self.name


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A share that is shown beside the counts: some columns, of some columns."""

    label: str
    part: tuple[str, ...]
    of: tuple[str, ...]

    def hides(self, row: Row) -> bool:
        """Whether any count that it needs is hidden."""
        return any(row.cells.get(one, 0) is None for one in (*self.part, *self.of))

    def of_row(self, row: Row) -> float | None:
        """Of a hundred, to one decimal; None where nothing can be judged, or a count is hidden."""
        if self.hides(row):
            return None
        part, whole = (sum(row.cells.get(one) or 0 for one in some) for some in self._sides)
        return share(part, whole)

    @property
    def _sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.part, self.of


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One table of the page. Its key begins with what it counts: ``cases.district``."""

    key: str
    section: str
    title: str
    heading: str  # of the first column
    definition: str  # a sentence: what is counted, from where, and as at when
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = Kind.PARTS
    total_label: str = "All"
    rows: Sequence[Row] = ()
    total: Row | None = None
    rate: Rate | None = None
    amount_label: str = ""
    empty: str = ""  # what will be here once there is anything
    withheld: bool = False

    @property
    def family(self) -> str:
        """What it counts; tables of one family share their total."""
        return self.key.partition(".")[0]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count in it."""
        return not self.withheld and not any(
            row.total or row.amount or row.total is None for row in self.rows
        )

    @property
    def lines(self) -> list[Row]:
        """The total and then the rows, as they are shown."""
        return ([self.total] if self.total else []) + list(self.rows)


def counts(row: Row) -> dict[str, int]:
    """The columns of a row whose numbers are all known."""
    return {column: number or 0 for column, number in row.cells.items()}

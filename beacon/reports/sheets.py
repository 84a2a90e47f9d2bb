"""The published tables as files: one CSV, or a workbook with a sheet for each cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beacon.feeds.tables import csv_of, workbook_of
from beacon.reports.rules import Publication
from beacon.reports.rules.hiding import Line
from beacon.reports.terms import Cut, Outcome

HIDDEN = "hidden"
HEADS = ("Group", "Row", "Due", *(one.label for one in Outcome), "In time, of a hundred")
TOTAL = "All duties of the Code"


def csv_sheet(out: Publication, standards: Publication) -> bytes:
    """Every published table one under the other, the name of its cut first."""
    rows = ((name, *row) for name, lines in _sheets(out, standards) for row in lines)
    return csv_of(("Table", *HEADS), rows)


def workbook(out: Publication, standards: Publication) -> bytes:
    """A sheet for each cut. Every text is kept as a text: none is a formula (security.md X-01)."""
    return workbook_of(
        {name: (HEADS, *lines) for name, lines in _sheets(out, standards)},
    )


def _sheets(
    out: Publication, standards: Publication
) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    yield "Total", [_row(out.total, TOTAL)] if out.total else [_none()]
    for cut in Cut:
        table = out.tables.get(cut)
        yield cut.label, _rows(table.lines) if table and table.lines else [_none()]
    own = standards.tables.get(Cut.RULE)
    yield "Our own standards", _rows(own.lines) if own and own.lines else [_none()]


def _rows(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    return [_row(line, "All of this group" if line.is_subtotal else line.name) for line in lines]


def _row(line: Line, name: str) -> tuple[str, ...]:
    numbers = (line.due, *(line.counts[one] for one in Outcome))
    share = "" if line.percent is None else f"{line.percent}"
    shown = HIDDEN if line.hides_percent else share
    return (line.group, name, *(HIDDEN if one is None else str(one) for one in numbers), shown)


def _none() -> tuple[str, ...]:
    return ("", "Nothing can be published", *("" for _ in HEADS[2:]))

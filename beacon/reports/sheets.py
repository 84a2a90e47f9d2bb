"""The published tables as files: one CSV, or a workbook with a sheet for each cut."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from beacon.feeds.tables import csv_of, workbook_of
from beacon.reports.rules import Group, Publication
from beacon.reports.rules.hiding import Line
from beacon.reports.terms import Cut, Outcome

HIDDEN, UNVERIFIED = "hidden", " (unverified)"
HEADS = ("Group", "Row", "Due", *(one.label for one in Outcome), "In time, of a hundred")
TOTAL = "All duties of the Code"


def csv_sheet(out: Publication, standards: Publication, unverified: Container[Group] = ()) -> bytes:
    """Every published table one under the other, the name of its cut first."""
    sheets = _sheets(out, standards, unverified)
    rows = ((name, *row) for name, lines in sheets for row in lines)
    return csv_of(("Table", *HEADS), rows)


def workbook(out: Publication, standards: Publication, unverified: Container[Group] = ()) -> bytes:
    """A sheet for each cut. Every text is kept as a text: none is a formula (security.md X-01)."""
    return workbook_of(
        {name: (HEADS, *lines) for name, lines in _sheets(out, standards, unverified)},
    )


def _sheets(
    out: Publication, standards: Publication, unverified: Container[Group]
) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    yield "Total", [_row(out.total, TOTAL)] if out.total else [_none()]
    for cut in Cut:
        table = out.tables.get(cut)
        unsure = unverified if cut is Cut.RULE else ()
        yield cut.label, _rows(table.lines, unsure) if table and table.lines else [_none()]
    own = standards.tables.get(Cut.RULE)
    yield "Our own standards", _rows(own.lines) if own and own.lines else [_none()]


def _rows(lines: Sequence[Line], unverified: Container[Group] = ()) -> list[tuple[str, ...]]:
    return [_row(line, _name(line, unverified)) for line in lines]


def _name(line: Line, unverified: Container[Group]) -> str:
    if line.is_subtotal:
        return "All of this group"
    return f"{line.name}{UNVERIFIED}" if (line.group, line.name) in unverified else line.name


def _row(line: Line, name: str) -> tuple[str, ...]:
    numbers = (line.due, *(line.counts[one] for one in Outcome))
    share = "" if line.percent is None else f"{line.percent}"
    shown = HIDDEN if line.hides_percent else share
    return (line.group, name, *(HIDDEN if one is None else str(one) for one in numbers), shown)


def _none() -> tuple[str, ...]:
    return ("", "Nothing can be published", *("" for _ in HEADS[2:]))

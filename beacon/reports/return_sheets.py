"""The ministry's return as a workbook: a line for each period, and what its columns count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from beacon.feeds.tables import workbook_of
from beacon.reports.models import ReturnColumn
from beacon.reports.rules.countable import COUNTABLE
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.rules.returning import figure
from beacon.reports.terms.returning import Fact

EXACT = ("These counts are exact", "They must not leave the service.")
Line = tuple[str, ...]


def return_workbook(
    pages: Mapping[str, Outcomes],
    columns: Sequence[ReturnColumn],
    missing: Mapping[Fact, Sequence[int]] | None = None,
) -> bytes:
    """The same figures and columns give the same bytes. No cell is a formula (security.md X-01).

    `pages` are the figures of each period by its words; `missing`, of exact figures alone, how many
    lack a fact, of each period.
    """
    as_at = max(one.as_at for one in pages.values())
    sheets = {
        "Return": [
            ("Period", *(column.heading for column in columns)),
            *((words, *_cells(out, columns)) for words, out in pages.items()),
        ],
        "About": list(_about(pages, columns, is_exact=missing is not None)),
    }
    if missing is not None:
        lines = [
            (fact.lack.label, fact.lack.words, *map(str, numbers))
            for fact, numbers in missing.items()
        ]
        sheets["Missing"] = [("What is missing", "What to do", *pages), *lines]
    return workbook_of(sheets, made_at=as_at)


def definition_of(column: ReturnColumn, out: Outcomes) -> str:
    """What a column counts, as the page it is taken from says it."""
    one = COUNTABLE.get(column.counted)
    grid = next((grid for grid in out.grids if one and grid.key == one.grid), None)
    return grid.definition if grid else ""


def _cells(out: Outcomes, columns: Sequence[ReturnColumn]) -> Iterator[str]:
    return (figure(out, column.counted).text for column in columns)


def _about(
    pages: Mapping[str, Outcomes], columns: Sequence[ReturnColumn], *, is_exact: bool
) -> Iterator[Line]:
    for words, out in pages.items():
        yield (words, "As at", out.as_at.isoformat(timespec="seconds"))
    if is_exact:
        yield EXACT
    yield ("Column", "What is counted", "From where")
    newest = list(pages.values())[-1]
    for column in columns:
        one = COUNTABLE.get(column.counted)
        label = one.label if one else column.counted
        yield (column.heading, label, definition_of(column, newest))

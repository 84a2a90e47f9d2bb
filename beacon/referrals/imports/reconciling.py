"""The reconciliation of a caseload: each row that came, what became of it, and totals that tie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from beacon.feeds.tables import workbook_of
from beacon.referrals.imports.caseload import OUTCOMES, Caseload, Line

REJECTED = "rejected"
HEADS = (
    "Row", "Crime reference", "Victim reference", "Outcome", "Case", "Case manager", "Category",
    "Status", "Open duties", "To look at",
)  # fmt: skip
NOBODY = "Nobody"


def reconciliation(taken: Caseload) -> bytes:
    """The workbook: a line for each row, and the totals. It names cases and managers, no victim."""
    return workbook_of({"Rows": _rows(taken.lines), "Totals": _totals(taken)})


def ties(taken: Caseload) -> bool:
    """Whether every row that was read has a line, and their outcomes are the report's figures."""
    report = taken.report
    counted = Counter(line.outcome for line in taken.lines)
    told = {**{name: report.counts[name] for name in OUTCOMES}, REJECTED: report.rejected}
    return report.read == len(taken.lines) and all(counted[name] == told[name] for name in told)


def _rows(lines: Sequence[Line]) -> Iterator[Sequence[str]]:
    yield HEADS
    for line in lines:
        yield (
            str(line.row_no),
            line.crime_reference,
            line.victim_reference,
            line.outcome,
            line.case,
            line.manager or NOBODY,
            line.category,
            line.status,
            str(line.duties),
            line.note,
        )


def _totals(taken: Caseload) -> Iterator[Sequence[str]]:
    report = taken.report
    counted = Counter(line.outcome for line in taken.lines)
    outcomes = (*OUTCOMES, REJECTED)
    yield ("File", report.file_name)
    yield ("Dry run", "yes" if report.dry_run else "no")
    yield ("Rows read", str(report.read))
    for name in outcomes:
        yield (name.capitalize(), str(counted[name]))
    yield ("Sum of the four", str(sum(counted[name] for name in outcomes)))
    yield ("Ties", "yes" if ties(taken) else "no")
    yield ()
    yield ("Case manager in the file", "Rows", *(name.capitalize() for name in outcomes))
    managers = sorted({line.manager for line in taken.lines})
    for manager in managers:
        own = Counter(line.outcome for line in taken.lines if line.manager == manager)
        counts = (str(own[name]) for name in outcomes)
        yield (manager or NOBODY, str(own.total()), *counts)
    whole = (str(counted[name]) for name in outcomes)
    yield ("All", str(len(taken.lines)), *whole)

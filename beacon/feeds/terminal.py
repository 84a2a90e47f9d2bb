"""Taking a file in from a terminal: the moment asked for, the report in words."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from beacon.core import clock
from beacon.core.errors import BeaconError
from beacon.feeds.commands import Report

SHOWN_AT_MOST = 20


def clock_at(at: str | None) -> AbstractContextManager[datetime | None]:
    """The clock as it is, or held at the moment that was asked for."""
    if at is None:
        return contextlib.nullcontext()
    try:
        return clock.fixed(clock.parse_instant(at))
    except ValueError as fault:
        raise BeaconError(f"--at: {fault}") from fault


def report_lines(report: Report, outcomes: Sequence[str], more: Sequence[str] = ()) -> list[str]:
    """The report for a person to read; no row is repeated, only its number."""
    lines = []
    if report.seen_before:
        day = clock.london(report.seen_before)
        lines.append(f"This file was taken in before, on {day.day} {day:%B %Y}.")
    if report.unknown:
        lines.append(f"Columns that are not known, kept as they are: {', '.join(report.unknown)}")
    if report.dry_run:
        lines.append("A dry run: nothing was stored.")
    figures = report.figures(*outcomes) | {name: report.counts[name] for name in more}
    lines += [f"{name.replace('_', ' '):>20} {figure:>8,}" for name, figure in figures.items()]
    warned = report.warnings
    lines += [f"row {row_no:,}: warning: {words}" for row_no, words in warned[:SHOWN_AT_MOST]]
    if len(warned) > SHOWN_AT_MOST:
        lines.append(f"and {len(warned) - SHOWN_AT_MOST:,} more warnings")
    refused = report.rejects[:SHOWN_AT_MOST]
    lines += [f"row {raw.row_no:,}: rejected: {reason}" for raw, reason in refused]
    if report.rejected_file:
        lines.append(f"The rejected rows are in {report.rejected_file}")
    return [*lines, f"{report.seconds:.1f} seconds"]

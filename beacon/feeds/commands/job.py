"""One import while it runs: its batch, its report, and how far it has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.feeds.apart import WorkbookApart
from beacon.feeds.columns import ParsedRow, parse_row
from beacon.feeds.commands.batches import close_batch, open_batch, seen_before
from beacon.feeds.commands.report import Progress, Report, Result, Together
from beacon.feeds.reading import RawRow, Table, read_file
from beacon.feeds.rejected import write_rejected
from beacon.feeds.specs import FeedSpec
from beacon.feeds.terms import BatchState, FileRefused, RowRejected

TOLD_BY_ROW = 1_000  # of a file up to so many the report says what became of each row


@dataclass(kw_only=True)
class Job:
    """One import while it runs."""

    table: Table
    actor: Actor
    report: Report
    progress: Progress | None
    started: float
    done: int = 0
    together: Together | None = None

    @classmethod
    def begin(
        cls,
        spec: FeedSpec,
        source: Path | bytes,
        file_name: str,
        actor: Actor,
        *,
        dry_run: bool,
        progress: Progress | None,
        ordered: int | None = None,
        rows_at_most: int | None = None,
    ) -> Self:
        started = time.perf_counter()
        table = read_file(source, spec, opened=WorkbookApart)
        if rows_at_most is not None and table.total > rows_at_most:
            raise FileRefused(f"The file has more than {rows_at_most:,} rows: split it.")
        report = Report(
            feed=spec.name,
            file_name=file_name,
            dry_run=dry_run,
            unknown=table.unknown,
            headers=table.headers,
            seen_before=seen_before(table.digest),
        )
        if not dry_run:
            report.batch_id = open_batch(table, file_name, actor, ordered=ordered)
        return cls(table=table, actor=actor, report=report, progress=progress, started=started)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Whatever stops an import, its batch says so; what was taken in stays."""
        if fault is not None and self.report.batch_id is not None:
            close_batch(self.report.batch_id, BatchState.INTERRUPTED)

    def parsed(self, rows: Iterable[RawRow]) -> list[tuple[RawRow, ParsedRow]]:
        """Read the rows; those that cannot be read are sent back."""
        good = []
        for raw in rows:
            self.report.read += 1
            try:
                row = parse_row(self.table.spec, raw)
            except RowRejected as refusal:
                self.report.rejects.append((raw, refusal.message))
            else:
                good.append((raw, row))
                self.report.warn(raw, row.warnings)
        return good

    def end(self, source: Path | bytes, rejects_to: Path | None) -> Report:
        """Close the batch, write the file of rejected rows, and give the report."""
        report = self.report
        report.seconds = round(time.perf_counter() - self.started, 3)
        if report.dry_run:
            db.session.rollback()
            return report
        with transaction():
            batch = close_batch(report.batch_id or 0, BatchState.FINISHED)
            batch.counts = self.report.written()
            audit.record(
                "import_batch.finished",
                batch,
                self.actor,
                operation=Operation.COLLECTION,
                feed=report.feed,
                read=report.read,
                rejected=report.rejected,
            )
        if isinstance(source, Path) and rejects_to is not None:
            report.rejected_file = write_rejected(
                source, self.table.headers, report.rejects, rejects_to
            )
        return report

    def count(self, raws: Sequence[RawRow], take: Callable[[], Sequence[Result]]) -> None:
        """Take rows that are in or out together, and count what became of them."""
        try:
            results = take()
        except RowRejected as refusal:
            self.report.rejects += [(raw, refusal.message) for raw in raws]
            return
        for raw, result in zip(raws, results, strict=True):
            self.counted(raw, result)

    def counted(self, raw: RawRow, result: Result) -> None:
        """Count what became of one row."""
        self.report.count(raw, result, in_full=self.table.total <= TOLD_BY_ROW)

    def told(self) -> None:
        """Say how far it has come."""
        if self.progress:
            self.progress(self.done, self.table.total)

"""Taking a file in: row after row in small transactions, so that a crash leaves whole rows.

A feature says what one row means (`take`); this room sees to the file: whether it came before,
which rows are sent back, how far it has come, and what to report.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.exc import IntegrityError

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, give_way, transaction
from beacon.feeds.apart import WorkbookApart
from beacon.feeds.columns import ParsedRow, parse_row
from beacon.feeds.commands.batches import (
    close_batch,
    keep_rejects,
    one_at_a_time,
    open_batch,
    seen_before,
)
from beacon.feeds.commands.report import (
    Ahead,
    Plan,
    Progress,
    Rehearse,
    Report,
    Result,
    Take,
    Together,
)
from beacon.feeds.models import ImportBatch
from beacon.feeds.reading import RawRow, Table, read_file
from beacon.feeds.rejected import write_rejected
from beacon.feeds.specs import FeedSpec
from beacon.feeds.terms import BatchState, FileRefused, RowRejected

ROWS_AT_ONCE = 200
TOLD_BY_ROW = 1_000  # of a file up to so many the report says what became of each row
Good = Sequence[tuple[RawRow, ParsedRow]]


def run(
    spec: FeedSpec,
    source: Path | bytes,
    *,
    file_name: str,
    take: Take,
    rehearse: Rehearse,
    ahead: Ahead,
    actor: Actor,
    dry_run: bool = False,
    rejects_to: Path | None = None,
    progress: Progress | None = None,
    ordered: int | None = None,
    together: Together | None = None,
    rows_at_most: int | None = None,
) -> Report:
    """Take a file in row by row, in file order, some two hundred rows a transaction.

    `ahead` looks up what the next rows need. A dry run only asks `rehearse`, and writes nothing.
    `together` is for a feature that writes rows many at once, `ordered` the batch of a page that
    asked for it. Raises FileRefused where the whole file is turned away: then nothing is stored.
    """
    with _Job.begin(
        spec,
        source,
        file_name,
        actor,
        dry_run=dry_run,
        progress=progress,
        ordered=ordered,
        rows_at_most=rows_at_most,
    ) as job:
        job.together = together
        for rows in _lots(iter(job.table)):
            job.lot(rows, take=take, rehearse=rehearse, ahead=ahead)
        return job.end(source, rejects_to)


def run_whole(
    spec: FeedSpec,
    source: Path | bytes,
    *,
    file_name: str,
    plan: Plan,
    actor: Actor,
    dry_run: bool = False,
    rejects_to: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Take in a file whose rows mean something only together: `plan` parts them into units.

    Each unit is one transaction. A dry run does everything in one, and leaves nothing.
    """
    with _Job.begin(spec, source, file_name, actor, dry_run=dry_run, progress=progress) as job:
        job.whole(plan)
        return job.end(source, rejects_to)


@dataclass(kw_only=True)
class _Job:
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
    ) -> _Job:
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

    def lot(self, rows: Sequence[RawRow], *, take: Take, rehearse: Rehearse, ahead: Ahead) -> None:
        """Take the next rows: all of them in one transaction, or in a dry run in none."""
        before = len(self.report.rejects)
        good = self.parsed(rows)
        self.done += len(rows)
        if self.report.dry_run:
            ahead([row for _, row in good])
            for raw, row in good:
                self._count([raw], partial(_alone, rehearse, row))
            self._told()
            return
        counts, rejects = self.report.counts.copy(), self.report.rejects.copy()
        try:
            self._take(good, before, take, ahead, together=True)
        except IntegrityError:
            if self.together is None:
                raise
            # Somebody at a page was quicker with one of these: each row must look for itself.
            self.report.counts, self.report.rejects = counts, rejects
            self._take(good, before, take, ahead, together=False)
        self._told()

    def _take(self, good: Good, before: int, take: Take, ahead: Ahead, *, together: bool) -> None:
        with transaction() as session:
            one_at_a_time()
            batch = session.get_one(ImportBatch, self.report.batch_id)
            if self.together:
                self.together.begin(together=together)
            ahead([row for _, row in good])
            for raw, row in good:
                self._count([raw], partial(_alone, take, row, batch))
            if self.together:
                self.together.end()
            keep_rejects(self.report, self.table, before)
            batch.beat_at = clock.now()
            batch.counts = self.report.written()

    def whole(self, plan: Plan) -> None:
        """Take the file's units, each in its own transaction; in a dry run all in one, undone."""
        good = self.parsed(self.table)
        raws = {row.row_no: raw for raw, row in good}
        units = [row for _, row in good]
        if not self.report.dry_run:
            self._units(plan, units, raws)
            return
        try:
            with transaction():
                self.report.batch_id = open_batch(self.table, self.report.file_name, self.actor)
                self._units(plan, units, raws)
                raise _Undone
        except _Undone:
            self.report.batch_id = None

    def _units(self, plan: Plan, rows: Sequence[ParsedRow], raws: dict[int, RawRow]) -> None:
        with transaction():
            keep_rejects(self.report, self.table, 0)
        for unit in plan(rows):
            before = len(self.report.rejects)
            with transaction() as session:
                one_at_a_time()
                batch = session.get_one(ImportBatch, self.report.batch_id)
                unit_raws = [raws[row.row_no] for row in unit.rows]
                self._count(unit_raws, partial(unit.take, batch))
                keep_rejects(self.report, self.table, before)
                self.done += len(unit.rows)
                batch.beat_at = clock.now()
                batch.counts = self.report.written()
            self._told()

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

    def _count(self, raws: Sequence[RawRow], take: Callable[[], Sequence[Result]]) -> None:
        try:
            results = take()
        except RowRejected as refusal:
            self.report.rejects += [(raw, refusal.message) for raw in raws]
            return
        for raw, result in zip(raws, results, strict=True):
            self.report.count(raw, result, in_full=self.table.total <= TOLD_BY_ROW)

    def _told(self) -> None:
        if self.progress:
            self.progress(self.done, self.table.total)


class _Undone(Exception):
    """The end of a dry run."""


def _alone(take: Callable[..., Result], *given: object) -> list[Result]:
    return [take(*given)]


def _lots(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while lot := list(islice(rows, ROWS_AT_ONCE)):
        yield lot
        give_way()

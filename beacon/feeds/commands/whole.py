"""Taking a file in whose rows mean something only together: unit after unit, each whole or not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.feeds.columns import ParsedRow
from beacon.feeds.commands.batches import keep_rejects, one_at_a_time, open_batch
from beacon.feeds.commands.job import Job
from beacon.feeds.commands.report import Plan, Progress, Report
from beacon.feeds.models import ImportBatch
from beacon.feeds.reading import RawRow
from beacon.feeds.specs import FeedSpec


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
    with _Whole.begin(spec, source, file_name, actor, dry_run=dry_run, progress=progress) as job:
        job.whole(plan)
        return job.end(source, rejects_to)


class _Whole(Job):
    """One such import."""

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
                self.count(unit_raws, partial(unit.take, batch))
                keep_rejects(self.report, self.table, before)
                self.done += len(unit.rows)
                batch.beat_at = clock.now()
                batch.counts = self.report.written()
            self.told()


class _Undone(Exception):
    """The end of a dry run."""

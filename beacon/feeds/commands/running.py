"""Taking a file in: row after row in small transactions, so that a crash leaves whole rows.

A feature says what one row means (`take`); this room sees to the file: whether it came before,
which rows are sent back, how far it has come, and what to report.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import give_way, transaction
from beacon.feeds.columns import ParsedRow, parse_row
from beacon.feeds.commands.ahead import Lot, made_ahead, one_after_another
from beacon.feeds.commands.batches import keep_rejects, one_at_a_time
from beacon.feeds.commands.job import Job
from beacon.feeds.commands.report import (
    Ahead,
    Progress,
    Ready,
    Rehearse,
    Report,
    Result,
    Take,
    Together,
)
from beacon.feeds.models import ImportBatch
from beacon.feeds.reading import RawRow
from beacon.feeds.specs import FeedSpec

ROWS_AT_ONCE = 200
BESIDE_FROM = 1_000  # rows: to make them beside this process takes a moment to begin
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
    beside: int = 0,
    rows_at_most: int | None = None,
) -> Report:
    """Take a file in row by row, in file order, some two hundred rows a transaction.

    `ahead` looks up what the next rows need. A dry run only asks `rehearse`, and writes nothing.
    `together` is for a feature that writes rows many at once, `beside` so many processes that make
    its rows ready, `ordered` the batch of a page that asked for it. Raises FileRefused where the
    whole file is turned away: then nothing is stored.
    """
    with _Rows.begin(
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
        with closing(job.lots(beside)) as lots:
            for lot in lots:
                job.lot(lot, take=take, rehearse=rehearse, ahead=ahead)
        return job.end(source, rejects_to)


class _Rows(Job):
    """One such import."""

    def lots(self, beside: int) -> Generator[Lot]:
        """The file's rows, so many at a time, made ready by others where that is worth it."""
        lots, batch = _lots(iter(self.table)), self.report.batch_id
        if beside and self.together and batch is not None and self.table.total >= BESIDE_FROM:
            return made_ahead(lots, self.together, batch, beside)
        return one_after_another(lots)

    def lot(self, lot: Lot, *, take: Take, rehearse: Rehearse, ahead: Ahead) -> None:
        """Take the next rows: all of them in one transaction, or in a dry run in none."""
        before = len(self.report.rejects)
        self.done += len(lot.rows)
        if self.together and lot.made and self._accept(lot, lot.made, self.together, before, take):
            self.told()
            return
        good = self.parsed(lot.rows)
        if self.report.dry_run:
            ahead([row for _, row in good])
            for raw, row in good:
                self.count([raw], partial(_alone, rehearse, row))
            self.told()
            return
        was = self.report.so_far()
        try:
            self._take(good, before, take, ahead, together=True)
        except IntegrityError:
            if self.together is None:
                raise
            # Somebody at a page was quicker with one of these: each row must look for itself.
            self.report.go_back(was)
            self._take(good, before, take, ahead, together=False)
        self.told()

    def _take(self, good: Good, before: int, take: Take, ahead: Ahead, *, together: bool) -> None:
        with self._writing(before) as batch:
            if self.together:
                self.together.begin(together=together)
            ahead([row for _, row in good])
            for raw, row in good:
                self.count([raw], partial(_alone, take, row, batch))
            if self.together:
                self.together.end()

    def _accept(self, lot: Lot, ready: Ready, together: Together, before: int, take: Take) -> bool:
        """Have rows that were made ready be written, and take those here that are not new.

        False where that cannot be after all: then nothing has been done.
        """
        report, was = self.report, self.report.so_far()
        try:
            with self._writing(before) as batch:
                if not ready.are_free():
                    return False
                together.begin(together=True)
                pairs = list(self._made(lot, ready))
                together.ahead_of_made([made for _, made in pairs])
                left = []
                for raw, made in pairs:
                    result = together.accept(made)
                    if result is None:
                        left.append(raw)
                    else:
                        self.counted(raw, result)
                together.end()
                for raw in left:
                    row = parse_row(self.table.spec, raw)
                    self.count([raw], partial(_alone, take, row, batch))
                together.end()
        except IntegrityError:  # somebody at a page was quicker with one of these
            report.go_back(was)
            return False
        return True

    def _made(self, lot: Lot, ready: Ready) -> Iterator[tuple[RawRow, object]]:
        """The rows that could be read, each as it was made; the others are sent back."""
        for raw, made in zip(lot.rows, ready.rows, strict=True):
            self.report.read += 1
            if made.refused:
                self.report.rejects.append((raw, made.refused))
            else:
                self.report.warn(raw, made.warnings)
                yield raw, made.row

    @contextmanager
    def _writing(self, before: int) -> Iterator[ImportBatch]:
        """One transaction, in which this import alone takes rows in; its batch says how far."""
        with transaction() as session:
            one_at_a_time()
            batch = session.get_one(ImportBatch, self.report.batch_id)
            yield batch
            keep_rejects(self.report, self.table, before)
            batch.beat_at = clock.now()
            batch.counts = self.report.written()


def _alone(take: Callable[..., Result], *given: object) -> list[Result]:
    return [take(*given)]


def _lots(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while lot := list(islice(rows, ROWS_AT_ONCE)):
        yield lot
        give_way()

"""Court lists, from a page or the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from beacon.core.actor import Actor
from beacon.courts.columns import COURT_LIST, defendant_key
from beacon.courts.commands.lists import OUTCOMES, DefendantRows, by_defendant
from beacon.courts.queries.courts import court_ids
from beacon.feeds.columns import ParsedRow
from beacon.feeds.commands import Progress, Report, Result, Unit, run_whole
from beacon.feeds.models import ImportBatch
from beacon.feeds.terms import RowRejected

__all__ = ["OUTCOMES", "import_court_list"]


def import_court_list(
    source: Path | bytes,
    *,
    file_name: str,
    actor: Actor,
    dry_run: bool = False,
    rejects_to: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Take in a court list: each defendant's rows are in or out together (contract 3.4)."""
    return run_whole(
        COURT_LIST,
        source,
        file_name=file_name,
        plan=partial(_units, actor=actor),
        actor=actor,
        dry_run=dry_run,
        rejects_to=rejects_to,
        progress=progress,
    )


def _units(rows: Sequence[ParsedRow], *, actor: Actor) -> Iterator[Unit]:
    known = court_ids(str(row.facts["court"]) for row in rows)
    courts = {row.row_no: known.get(str(row.facts["court"])) for row in rows}
    held = {number: court for number, court in courts.items() if court is not None}
    for row in rows:
        if row.row_no not in held:
            yield Unit(rows=(row,), take=_refuse_court)
    good = [row for row in rows if row.row_no in held]
    keys = {row.row_no: defendant_key(row.facts) for row in good}
    for group in by_defendant(good, keys):
        yield Unit(rows=group, take=partial(_take, group, held, actor))


def _take(
    rows: Sequence[ParsedRow], courts: dict[int, int], actor: Actor, batch: ImportBatch
) -> list[Result]:
    return DefendantRows(rows, courts, batch=batch, actor=actor).take()


def _refuse_court(_batch: ImportBatch) -> list[Result]:
    raise RowRejected("court is not known: give its OU code, such as B41ME00, or its name")

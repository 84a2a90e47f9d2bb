"""What came in: batches, how far each has come, the rows that were sent back, the last raw rows."""

from __future__ import annotations

import json
import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.feeds.models import FeedRecord, ImportBatch, KeptReject
from beacon.feeds.terms import BatchState, Way
from beacon.web.paging import Cursor, Key, Page, read_page

SILENT_FOR = timedelta(minutes=2)
_MARK = secrets.token_hex(4)
WANTING = (BatchState.CHECKING, BatchState.WAITING, BatchState.RUNNING, BatchState.INTERRUPTED)


@dataclass(frozen=True, kw_only=True)
class BatchRow:
    """One file, as a list shows it."""

    id: int
    feed: str
    file_name: str
    state: BatchState
    started_at: datetime
    finished_at: datetime | None
    by_name: str
    total: int
    counts: dict[str, int]
    way: Way
    reason: str
    unknown: tuple[str, ...]
    sha256: str
    by_id: int | None
    is_check: bool
    """Whether it is only being checked: nothing of it is stored."""

    @property
    def done(self) -> int:
        """How many rows have been looked at or taken in."""
        return self.counts.get("read", 0)


@dataclass(frozen=True, kw_only=True)
class RejectRow:
    """One row that was sent back, with its reason and what it said."""

    row_no: int
    reason: str
    cells: dict[str, str]
    is_warning: bool


def own_process() -> str:
    """This process, as a batch names whoever has it in hand: machine, number, and a random mark.

    The mark tells a process from an earlier one of the same number, as a container has it.
    """
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{_MARK}"


def is_dead(batch: ImportBatch) -> bool:
    """Whether the process that had the file in hand has gone: no beat for two minutes, or no such
    process.

    Only a process of this machine can be asked after; of another only the beat is known.
    """
    if batch.state not in {BatchState.RUNNING, BatchState.CHECKING} or not batch.process:
        return False
    machine, _, process = batch.process.partition(":")
    number, _, mark = process.partition(":")
    if machine == socket.gethostname()[:60] and number.isdigit():
        if int(number) == os.getpid():
            return mark != _MARK
        if not _is_alive(int(number)):
            return True
    return clock.now() - batch.beat_at > SILENT_FOR


def _is_alive(process: int) -> bool:
    if os.name != "posix":  # elsewhere the same call would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def ordered(feeds: tuple[str, ...]) -> list[ImportBatch]:
    """The uploaded files that wait to be checked or taken in, or whose taking in was cut short.

    Those that nobody has touched for longest come first, so that one that fails holds up no other.
    """
    waiting = db.session.scalars(
        sa.select(ImportBatch)
        .where(
            ImportBatch.upload.is_not(None),
            ImportBatch.feed.in_(feeds),
            ImportBatch.state.in_(WANTING),
        )
        .order_by(ImportBatch.beat_at, ImportBatch.id)
    )
    return [one for one in waiting if not _is_in_hand(one)]


def _is_in_hand(batch: ImportBatch) -> bool:
    at_it = {BatchState.RUNNING, BatchState.CHECKING}
    return batch.state in at_it and bool(batch.process) and not is_dead(batch)


def came_before(batch: BatchRow) -> datetime | None:
    """When this very file was last taken in to its end, other than as this batch."""
    return db.session.scalar(
        sa.select(ImportBatch.finished_at)
        .where(
            ImportBatch.sha256 == batch.sha256,
            ImportBatch.state == BatchState.FINISHED,
            ImportBatch.id != batch.id,
        )
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )


def batches(cursor: Cursor | None = None, *, feeds: tuple[str, ...] = ()) -> Page[BatchRow]:
    """The files that came in, the latest first."""
    query = sa.select(ImportBatch)
    if feeds:
        query = query.where(ImportBatch.feed.in_(feeds))
    return read_page(
        db.session(),
        query,
        [Key(ImportBatch.id, descending=True)],
        cursor,
        shape=lambda row: _shown(row[0]),
    )


def batch(batch_id: int, *, feeds: tuple[str, ...] = ()) -> BatchRow:
    """One file that came in."""
    held = db.session.get(ImportBatch, batch_id)
    if held is None or (feeds and held.feed not in feeds):
        raise NotFound
    return _shown(held)


def rejects(batch_id: int, cursor: Cursor | None = None) -> Page[RejectRow]:
    """The rows of one file that were sent back or taken in with a doubt, in file order."""
    return read_page(
        db.session(),
        sa.select(KeptReject).where(KeptReject.batch_id == batch_id),
        [Key(KeptReject.row_no), Key(KeptReject.id)],
        cursor,
        shape=lambda row: RejectRow(
            row_no=row[0].row_no,
            reason=row[0].reason,
            cells=json.loads(row[0].raw),
            is_warning=row[0].is_warning,
        ),
    )


def last_row(feed: str, subject_id: int) -> dict[str, str]:
    """What the feed last said of one record, cell by cell, as it stood in the file."""
    record = db.session.scalars(
        sa.select(FeedRecord).where(FeedRecord.feed == feed, FeedRecord.subject_id == subject_id)
    ).first()
    if record is None:
        return {}
    said: dict[str, str] = json.loads(record.raw)
    return {name: text for name, text in said.items() if text.strip()}


def _shown(batch: ImportBatch) -> BatchRow:
    counts = json.loads(batch.counts)
    return BatchRow(
        id=batch.id,
        feed=batch.feed,
        file_name=batch.file_name,
        state=BatchState.INTERRUPTED if is_dead(batch) else batch.state,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        by_name=batch.by_name,
        by_id=batch.by_id,
        total=batch.total,
        unknown=tuple(counts.pop("unknown", ())),
        counts=counts,
        way=batch.way,
        reason=batch.reason,
        sha256=batch.sha256,
        is_check=batch.state is BatchState.CHECKING,
    )

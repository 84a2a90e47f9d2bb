"""What came in: batches, how far each has come, the rows that were sent back, the last raw rows."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.feeds.models import FeedRecord, ImportBatch, KeptReject
from beacon.feeds.terms import BatchState
from beacon.web.paging import Cursor, Key, Page, read_page

SILENT_FOR = timedelta(minutes=2)


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


@dataclass(frozen=True, kw_only=True)
class RejectRow:
    """One row that was sent back, with its reason and what it said."""

    row_no: int
    reason: str
    cells: dict[str, str]


def is_dead(batch: ImportBatch) -> bool:
    """Whether the process that took the file in has gone: no beat for two minutes, or no process.

    Only a process of this machine can be asked after; of another only the beat is known.
    """
    if batch.state is not BatchState.RUNNING:
        return False
    machine, _, process = batch.process.rpartition(":")
    if machine == socket.gethostname()[:80] and process.isdigit():
        if int(process) == os.getpid():
            return False
        if not _is_alive(int(process)):
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
    """The uploaded files that wait to be taken in, or whose taking in was cut short."""
    waiting = db.session.scalars(
        sa.select(ImportBatch)
        .where(
            ImportBatch.upload.is_not(None),
            ImportBatch.feed.in_(feeds),
            ImportBatch.state.in_([BatchState.WAITING, BatchState.RUNNING, BatchState.INTERRUPTED]),
        )
        .order_by(ImportBatch.id)
    )
    return [one for one in waiting if one.state is not BatchState.RUNNING or is_dead(one)]


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


def rejects(batch_id: int, *, at_most: int = 200) -> list[RejectRow]:
    """The rows of one file that were sent back."""
    held = db.session.scalars(
        sa.select(KeptReject)
        .where(KeptReject.batch_id == batch_id)
        .order_by(KeptReject.row_no, KeptReject.id)
        .limit(at_most)
    )
    return [
        RejectRow(row_no=one.row_no, reason=one.reason, cells=json.loads(one.raw)) for one in held
    ]


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
    return BatchRow(
        id=batch.id,
        feed=batch.feed,
        file_name=batch.file_name,
        state=BatchState.INTERRUPTED if is_dead(batch) else batch.state,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        by_name=batch.by_name,
        total=batch.total,
        counts=json.loads(batch.counts),
    )

"""Batches: one file taken in once, by one process."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.feeds.commands.report import Report
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.queries import is_dead, own_process
from beacon.feeds.reading import Table
from beacon.feeds.terms import BatchState, Way

REASON_AT_MOST = 300
LOCK = 0x6665_6564  # one import at a time, on a database that lets two write


def one_at_a_time() -> None:
    """Let two imports of the same rows take turns: the second then finds what the first stored."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def seen_before(digest: str) -> datetime | None:
    """When this very file was last taken in to its end."""
    return db.session.scalar(
        sa.select(ImportBatch.finished_at)
        .where(ImportBatch.sha256 == digest, ImportBatch.state == BatchState.FINISHED)
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )


def open_batch(table: Table, file_name: str, actor: Actor, *, ordered: int | None = None) -> int:
    """Begin a batch, or the one that a page ordered; mark earlier ones whose process died."""
    with transaction() as session:
        running = session.scalars(
            sa.select(ImportBatch).where(
                ImportBatch.sha256 == table.digest,
                ImportBatch.state == BatchState.RUNNING,
                ImportBatch.id != (ordered or 0),
            )
        )
        for earlier in running:
            if is_dead(earlier):
                earlier.state = BatchState.INTERRUPTED
        batch = session.get(ImportBatch, ordered) if ordered else None
        if batch is None:
            batch = new_batch(table.spec.name, file_name, table.digest, actor)
            session.add(batch)
        batch.state = BatchState.RUNNING
        take_hold(batch)
        batch.total = table.total
        audit.record(
            "import_batch.started",
            batch,
            actor,
            operation=Operation.COLLECTION,
            feed=batch.feed,
            sha256=batch.sha256,
        )
    return batch.id


def expect(feed: str, file_name: str, digest: str, *, way: Way, actor: Actor) -> int:
    """A batch for a file that is at hand and waits to be taken in; its id.

    Where the same file came by the same way and was cut short, its batch is taken up again.
    """
    with transaction() as session:
        batch = _cut_short(feed, digest, way)
        if batch is None:
            batch = new_batch(feed, file_name, digest, actor)
            session.add(batch)
        batch.way = way
        batch.state = BatchState.WAITING
        audit.record("import_batch.ordered", batch, actor, feed=feed, sha256=batch.sha256)
    return batch.id


def _cut_short(feed: str, digest: str, way: Way) -> ImportBatch | None:
    """The last batch of this very file that nobody is taking in any more, and that has no end."""
    earlier = db.session.scalars(
        sa.select(ImportBatch)
        .where(
            ImportBatch.sha256 == digest,
            ImportBatch.feed == feed,
            ImportBatch.way == way,
            ImportBatch.state.in_([BatchState.INTERRUPTED, BatchState.RUNNING]),
        )
        .order_by(ImportBatch.id.desc())
        .limit(1)
    ).first()
    if earlier is None or (earlier.state is BatchState.RUNNING and not is_dead(earlier)):
        return None
    return earlier


def digest_of(content: bytes) -> str:
    """What a file is known again by."""
    return hashlib.sha256(content).hexdigest()


def upload_done(batch_id: int) -> None:
    """The uploaded file of a batch is gone."""
    with transaction() as session:
        session.get_one(ImportBatch, batch_id).upload = None


def refuse_batch(batch_id: int, reason: str = "") -> None:
    """An ordered file could not be taken in at all; the reason says what to do."""
    with transaction():
        close_batch(batch_id, BatchState.REFUSED).reason = reason[:REASON_AT_MOST]


def close_batch(batch_id: int, state: BatchState) -> ImportBatch:
    """End a batch: finished, or interrupted where something stopped it."""
    with transaction() as session:
        batch = session.get_one(ImportBatch, batch_id)
        batch.state = state
        batch.beat_at = clock.now()
        batch.finished_at = clock.now() if state is BatchState.FINISHED else None
    return batch


def take_hold(batch: ImportBatch) -> None:
    """This process has the batch in hand; rows sent back by an earlier try are judged anew."""
    batch.beat_at = clock.now()
    batch.process = own_process()
    db.session.execute(sa.delete(KeptReject).where(KeptReject.batch_id == batch.id))


def new_batch(feed: str, file_name: str, digest: str, actor: Actor) -> ImportBatch:
    """A batch that nothing has been done about yet."""
    return ImportBatch(
        feed=feed,
        file_name=_plain_name(file_name),
        sha256=digest,
        started_at=clock.now(),
        beat_at=clock.now(),
        by_id=actor.id,
        by_name=actor.name[:100],
    )


def _plain_name(file_name: str) -> str:
    """A file's name without folders or marks that would turn the line round (security.md M-17)."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(mark for mark in last if mark.isprintable())[:200] or "file"


def keep_rejects(report: Report, table: Table, since: int) -> None:
    """Rejected rows stay, sealed, with the batch, until somebody has dealt with them."""
    db.session.add_all(
        KeptReject(
            batch_id=report.batch_id,
            row_no=raw.row_no,
            raw=json.dumps(dict(zip(table.headers, raw.texts, strict=False)), ensure_ascii=False),
            reason=reason[:REASON_AT_MOST],
        )
        for raw, reason in report.rejects[since:]
    )

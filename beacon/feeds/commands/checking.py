"""A file from a page: checked first, at once or in the background; confirmed by whoever sent it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.feeds.commands.batches import REASON_AT_MOST, new_batch, take_hold
from beacon.feeds.commands.report import Report
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.reading import RawRow
from beacon.feeds.terms import BatchState, Way
from beacon.feeds.uploads import Upload

NAMES_AT_MOST = 20
LEFT_OUT = "Say that the rows that cannot be taken in are to be left out, or throw the file away."
OVER = "This file is no longer waiting for you. Look at what became of it."
THROWN_AWAY = "Thrown away by whoever sent it in. Nothing of it was stored."


def expect_check(feed: str, file_name: str, upload: Upload, *, actor: Actor) -> int:
    """A batch for an uploaded file that is to be checked; its id. Nothing is taken in yet."""
    with transaction() as session:
        batch = new_batch(feed, file_name, upload.digest, actor)
        batch.way = Way.PAGE
        batch.state = BatchState.CHECKING
        batch.upload = upload.token
        session.add(batch)
        audit.record("import_batch.uploaded", batch, actor, feed=feed, sha256=batch.sha256)
    return batch.id


def hold_check(batch_id: int) -> None:
    """This process checks the file from here on."""
    with transaction() as session:
        take_hold(session.get_one(ImportBatch, batch_id))


def note_check(batch_id: int, done: int, total: int) -> None:
    """How far the check has come."""
    with transaction() as session:
        batch = session.get_one(ImportBatch, batch_id)
        batch.beat_at, batch.total = clock.now(), total
        batch.counts = json.dumps({"read": done})


def keep_check(batch_id: int, report: Report, figures: Mapping[str, int]) -> None:
    """Keep what would come of a file, and every row that something is wrong with, sealed.

    A row that is sent back stands there once; of those with a doubt the first thousand.
    """
    with transaction() as session:
        batch = session.get_one(ImportBatch, batch_id)
        take_hold(batch)
        batch.total = report.read
        batch.state = BatchState.CHECKED
        names = [name[:60] for name in report.unknown[:NAMES_AT_MOST]]
        doubts = {"warnings": len(report.warnings)}
        batch.counts = json.dumps({**figures, **doubts, "unknown": names})
        for raw, reason in report.rejects:
            session.add(_kept(batch_id, report, raw, reason, is_warning=False))
        for raw, reason in report.warned:
            session.add(_kept(batch_id, report, raw, reason, is_warning=True))


def _kept(
    batch_id: int, report: Report, raw: RawRow, reason: str, *, is_warning: bool
) -> KeptReject:
    cells = dict(zip(report.headers, raw.texts, strict=False))
    return KeptReject(
        batch_id=batch_id,
        row_no=raw.row_no,
        raw=json.dumps(cells, ensure_ascii=False),
        reason=reason[:REASON_AT_MOST],
        is_warning=is_warning,
    )


def confirm_batch(batch_id: int, *, leave_out: bool, actor: Actor) -> None:
    """Have a checked file taken in, by whoever sent it; the scheduler does it within a minute.

    Rows that cannot be taken in are left out only where that was said (security.md M-10).
    """
    with transaction():
        batch = _own(batch_id, actor)
        if json.loads(batch.counts).get("rejected") and not leave_out:
            raise RuleBroken(LEFT_OUT, field="leave_out")
        batch.state = BatchState.WAITING
        batch.counts, batch.process, batch.beat_at = "{}", "", clock.now()
        audit.record("import_batch.ordered", batch, actor, feed=batch.feed, sha256=batch.sha256)


def throw_away(batch_id: int, *, actor: Actor) -> str:
    """Have nothing of a checked file taken in; gives the name of the upload, which may go."""
    with transaction() as session:
        batch = _own(batch_id, actor)
        token, batch.upload = batch.upload or "", None
        batch.state, batch.reason = BatchState.REFUSED, THROWN_AWAY
        session.execute(sa.delete(KeptReject).where(KeptReject.batch_id == batch_id))
        audit.record("import_batch.thrown_away", batch, actor, feed=batch.feed)
    return token


def _own(batch_id: int, actor: Actor) -> ImportBatch:
    """The batch, held, if it waits for this person; another's is not found."""
    batch = db.session.scalar(
        sa.select(ImportBatch).where(ImportBatch.id == batch_id).with_for_update()
    )
    if batch is None or batch.by_id != actor.id or actor.id is None:
        raise NotFound
    if batch.state is not BatchState.CHECKED:
        raise RuleBroken(OVER)
    return batch

"""A file that somebody sent in on a page: checked, and once confirmed taken in, in their name."""

from __future__ import annotations

from functools import partial

from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.feeds import commands as feeds
from beacon.feeds import sniffing, uploads
from beacon.feeds.commands import Report
from beacon.feeds.models import ImportBatch
from beacon.feeds.terms import BatchState, FileKind, FileRefused
from beacon.referrals.imports.files import MORE, OUTCOMES, import_file

# Up to so many bytes a file is checked while its sender waits: some hundred rows, under a second.
CHECKED_AT_ONCE = {FileKind.CSV: 96 * 1024, FileKind.XLSX: 32 * 1024}


def send_in(feed: str, content: bytes, *, file_name: str, actor: Actor) -> int:
    """Have a file checked, at once where it is small and else in the background; its batch's id.

    Raises FileRefused where it can be told at once that it is no file of rows: nothing is kept.
    """
    kind = sniffing.kind_of(sniffing.load(content))
    report = None
    if len(content) <= CHECKED_AT_ONCE[kind]:
        report = import_file(feed, content, file_name=file_name, actor=actor, dry_run=True)
    kept = uploads.keep(content, actor.id or 0)
    batch_id = feeds.expect_check(feed, file_name, kept, actor=actor)
    if report is not None:
        _keep_check(batch_id, report)
    return batch_id


def see_to(batch_id: int) -> None:
    """Check or take in the uploaded file of a batch; begun before and cut short, it is finished."""
    batch = db.session.get_one(ImportBatch, batch_id)
    token, owner = batch.upload or "", batch.by_id or 0
    actor = Actor(kind="staff", id=batch.by_id, name=batch.by_name)
    feed, name, is_check = batch.feed, batch.file_name, batch.state is BatchState.CHECKING
    try:
        _upload, content = uploads.read(token, owner)
        if is_check:
            _check(batch_id, feed, content, name, actor)
            return
        import_file(feed, content, file_name=name, actor=actor, ordered=batch_id)
    except (RuleBroken, FileRefused) as refusal:
        feeds.refuse_batch(batch_id, refusal.message)
    uploads.discard(token)
    feeds.upload_done(batch_id)


def _check(batch_id: int, feed: str, content: bytes, name: str, actor: Actor) -> None:
    feeds.hold_check(batch_id)
    report = import_file(
        feed,
        content,
        file_name=name,
        actor=actor,
        dry_run=True,
        progress=partial(feeds.note_check, batch_id),
    )
    _keep_check(batch_id, report)


def _keep_check(batch_id: int, report: Report) -> None:
    figures = report.figures(*OUTCOMES) | {name: report.counts[name] for name in MORE}
    feeds.keep_check(batch_id, report, figures)

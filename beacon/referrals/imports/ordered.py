"""A file that somebody confirmed on a page is taken in, in that person's name."""

from __future__ import annotations

from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.feeds import commands as feeds
from beacon.feeds import uploads
from beacon.feeds.models import ImportBatch
from beacon.feeds.terms import FileRefused
from beacon.referrals.imports.taking import import_file


def take_ordered(batch_id: int) -> None:
    """Take in the uploaded file of a batch; begun before and cut short, it is finished."""
    batch = db.session.get_one(ImportBatch, batch_id)
    token, owner = batch.upload or "", batch.by_id or 0
    actor = Actor(kind="staff", id=batch.by_id, name=batch.by_name)
    feed, name = batch.feed, batch.file_name
    try:
        _upload, content = uploads.read(token, owner)
        import_file(feed, content, file_name=name, actor=actor, ordered=batch_id)
    except (RuleBroken, FileRefused):
        feeds.refuse_batch(batch_id)
    uploads.discard(token)
    feeds.upload_done(batch_id)

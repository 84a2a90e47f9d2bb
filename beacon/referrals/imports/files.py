"""One file of a feed, taken in whole: by page, command, folder or request, the same."""

from __future__ import annotations

from pathlib import Path

from beacon.core.actor import Actor
from beacon.core.memory import seldom_collected
from beacon.feeds.commands import Progress, Report, run
from beacon.referrals import columns
from beacon.referrals.imports.taking import Taking

OUTCOMES = ("created", "updated", "unchanged")
MORE = ("people_new", "people_linked", "queued_for_review", "cases_opened")


def import_file(
    feed: str,
    source: Path | bytes,
    *,
    file_name: str,
    actor: Actor,
    dry_run: bool = False,
    rejects_to: Path | None = None,
    progress: Progress | None = None,
    ordered: int | None = None,
    beside: int = 0,
) -> Report:
    """Take in one file of a feed: whole rows or none, the same however often it comes.

    `beside`: so many processes may make the rows of a long file ready.
    """
    taking = Taking(feed, actor, dry_run=dry_run)
    with seldom_collected():
        return run(
            columns.FEEDS[feed],
            source,
            file_name=file_name,
            take=taking.take,
            rehearse=taking.rehearse,
            ahead=taking.ahead,
            actor=actor,
            dry_run=dry_run,
            rejects_to=rejects_to,
            progress=progress,
            ordered=ordered,
            together=taking,
            beside=beside,
        )

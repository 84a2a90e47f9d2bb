"""Files that other systems lay into the drop folder, taken in as the command takes them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, settings
from beacon.core.actor import machine
from beacon.core.db import transaction
from beacon.feeds import commands as feeds
from beacon.feeds import folder
from beacon.feeds.commands import Report
from beacon.feeds.rejected import write_rejected
from beacon.feeds.terminal import report_lines
from beacon.feeds.terms import FileRefused, Way
from beacon.referrals.imports.files import MORE, OUTCOMES, import_file

AT_FOLDER = machine("drop folder")
FAULTS_AT_MOST = 10
TURNED_AWAY = "The file was refused, and nothing of it was stored."


def take_all_dropped(names: Iterable[str]) -> int:
    """Take in each file that lies still in the folders of these feeds, the oldest first; how many.

    One that fails holds up no other: its fault is raised when the rest are done.
    """
    done, faults = 0, []
    for feed in names:
        for path in folder.lying_still(feed):
            try:
                done += take_dropped(feed, path)
            except Exception as fault:
                faults.append(fault)
                if len(faults) >= FAULTS_AT_MOST:
                    raise
    if faults:
        raise faults[0]
    return done


def take_dropped(feed: str, path: Path) -> bool:
    """Take in one file, and move it with its report; whether it was this process that did.

    A file that changed meanwhile stays where it is and is taken again: rows come to the same.
    """
    with folder.claimed(path) as claim:
        if claim is None:
            return False
        batch_id = feeds.expect(
            feed, path.name, feeds.digest_of(claim.content), way=Way.FOLDER, actor=AT_FOLDER
        )
        try:
            report = import_file(
                feed, claim.content, file_name=path.name, actor=AT_FOLDER, ordered=batch_id
            )
        except FileRefused as refusal:
            feeds.refuse_batch(batch_id, refusal.message)
            moved = claim.move(folder.REFUSED)
            folder.report_beside(moved, [TURNED_AWAY, refusal.message])
            return True
        if not claim.is_as_it_was():
            return False
        _put_away(claim.move(folder.DONE), report)
    return True


def sweep_dropped(names: Iterable[str]) -> int:
    """Delete the files that were taken in longer ago than a setting says; how many went."""
    before = clock.now() - timedelta(days=settings.count("imports.done_days"))
    gone = 0
    for feed in names:
        if swept := folder.sweep_done(feed, before=before):
            gone += swept
            with transaction():
                audit.record(
                    "drop_folder.swept",
                    ("drop_folder", feed),
                    AT_FOLDER,
                    operation=Operation.ERASURE,
                    files=swept,
                )
    return gone


def _put_away(moved: Path, report: Report) -> None:
    """Write beside a file that was taken in what became of it, and the rows that were not."""
    report.rejected_file = write_rejected(moved, report.headers, report.rejects, moved.parent)
    named = Path(report.rejected_file.name) if report.rejected_file else None
    report.rejected_file = named
    folder.report_beside(moved, report_lines(report, OUTCOMES, MORE))

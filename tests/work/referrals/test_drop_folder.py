"""The drop folder: each file is taken once, moved, and its report lies beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.feeds import folder
from beacon.feeds.models import FeedRecord, ImportBatch
from beacon.feeds.terms import BatchState, Way
from beacon.referrals.imports import take_all_dropped, take_dropped
from beacon.referrals.jobs import empty_drop_folder, sweep_drop_folder
from beacon.referrals.models import Referral
from tests.feed_rows import FRAUD, a_file

LATER = timedelta(hours=1)
NOW = datetime.now(UTC) + LATER


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    """An hour from now: whatever lies in the folder lies still."""
    with clock.fixed(NOW):
        yield


@pytest.fixture
def drop(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A drop folder with the folders of its feeds."""
    folder.configure(tmp_path)
    for feed in ("police", "fraud", "partner"):
        folder.of_feed(feed)
    yield tmp_path
    folder.configure(None)


def counted(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def names(place: Path) -> list[str]:
    """What lies in a folder, without the stamp before each name."""
    return sorted(path.name.partition("Z-")[2] for path in place.iterdir())


def test_a_file_is_taken_in_and_moved_with_its_report_beside_it(drop: Path):
    (drop / "police" / "list.csv").write_bytes(a_file({}, {"crime_reference": ""}))
    (drop / "fraud" / "list.csv").write_bytes(a_file({}, like=FRAUD))
    assert empty_drop_folder() == 2
    assert empty_drop_folder() == 0
    assert counted(Referral) == 2
    done = drop / "police" / "done"
    assert names(done) == ["list.csv", "list.csv.rejected.csv", "list.csv.report.txt"]
    (report,) = done.glob("*.report.txt")
    words = report.read_text("utf-8")
    assert "row 3: rejected: crime_reference is missing" in words
    assert "Marsh" not in words
    (rejected,) = done.glob("*.rejected.csv")
    assert rejected.stat().st_mode & 0o777 == 0o600
    batch = db.session.scalars(sa.select(ImportBatch).order_by(ImportBatch.id)).first()
    assert (batch.state, batch.way, batch.by_name) == (
        BatchState.FINISHED,
        Way.FOLDER,
        "drop folder",
    )


def test_a_file_that_cannot_be_taken_is_refused_with_the_reason(drop: Path):
    (drop / "police" / "picture.csv").write_bytes(b"\x89PNG\r\n")
    assert empty_drop_folder() == 1
    refused = drop / "police" / "refused"
    assert names(refused) == ["picture.csv", "picture.csv.report.txt"]
    (report,) = refused.glob("*.report.txt")
    assert "This is a picture (PNG)" in report.read_text("utf-8")
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    assert batch.state is BatchState.REFUSED
    assert "a picture (PNG)" in batch.reason
    assert counted(FeedRecord) == 0


@pytest.mark.parametrize(
    "name", [".list.csv", "list.csv.part", "list.csv.filepart", "list.csv.PART", "list.csv~"]
)
def test_a_file_under_the_name_of_an_unfinished_one_is_left(drop: Path, name: str):
    (drop / "police" / name).write_bytes(a_file({}))
    assert empty_drop_folder() == 0
    assert (drop / "police" / name).exists()


def test_a_file_that_has_just_been_written_is_left_till_it_lies_still(drop: Path):
    (drop / "police" / "list.csv").write_bytes(a_file({}))
    with clock.fixed(datetime.now(UTC)):
        assert empty_drop_folder() == 0
    assert empty_drop_folder() == 1


def test_folders_links_and_pipes_are_no_files(drop: Path, tmp_path: Path):
    inbox = drop / "police"
    (inbox / "folder.csv").mkdir()
    os.mkfifo(inbox / "pipe.csv")
    (tmp_path / "secret.csv").write_bytes(a_file({}))
    (inbox / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert empty_drop_folder() == 0
    assert counted(Referral) == 0
    assert (tmp_path / "secret.csv").exists()


def test_a_file_that_grows_while_it_is_taken_stays_and_is_taken_again(drop: Path):
    path = drop / "police" / "list.csv"
    path.write_bytes(a_file({}))
    with folder.claimed(path) as claim:
        assert claim is not None
        path.write_bytes(a_file({}, {"crime_reference": "41/101/26", "last_name": "Late"}))
        assert not claim.is_as_it_was()
    assert empty_drop_folder() == 1
    assert counted(Referral) == 2


def test_a_file_is_claimed_by_one_process_alone(drop: Path):
    path = drop / "police" / "list.csv"
    path.write_bytes(a_file({}))
    with folder.claimed(path) as first, folder.claimed(path) as second:
        assert first is not None
        assert second is None


def test_whoever_comes_second_finds_the_file_gone(drop: Path, app: Flask):
    path = drop / "police" / "list.csv"
    path.write_bytes(a_file({}))

    def take(_: int) -> bool:
        with app.app_context(), clock.fixed(NOW):
            taken = take_dropped("police", path)
            db.session.remove()
        return taken

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(take, range(2))) == [False, True]
    assert counted(Referral) == counted(ImportBatch) == 1


def test_the_same_name_again_on_another_day_lies_beside_the_first(drop: Path):
    for _ in range(2):
        (drop / "police" / "list.csv").write_bytes(a_file({}))
        assert empty_drop_folder() == 1
    assert len(list((drop / "police" / "done").glob("*list.csv"))) == 2
    assert counted(Referral) == 1


@pytest.mark.proves("M-17")
@pytest.mark.parametrize("name", ["\u202efdp.csv", "n" * 240 + ".csv", "CON.txt", "a\nb.csv"])
def test_a_strange_name_does_no_harm(drop: Path, name: str):
    (drop / "police" / name).write_bytes(a_file({}))
    assert empty_drop_folder() == 1
    assert counted(Referral) == 1
    assert db.session.scalars(sa.select(ImportBatch)).one().file_name.isprintable()


def test_a_file_that_fails_holds_up_no_other(drop: Path):
    for feed in ("nobody's", "police"):
        (folder.of_feed(feed) / "list.csv").write_bytes(a_file({}))
    with pytest.raises(KeyError):
        take_all_dropped(["nobody's", "police"])
    assert counted(Referral) == 1
    assert (drop / "nobody's" / "list.csv").exists()


def test_a_batch_that_was_cut_short_is_taken_up_again_under_its_own_number(drop: Path):
    path = drop / "police" / "list.csv"
    path.write_bytes(a_file({}))
    empty_drop_folder()
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    with transaction():
        batch.state = BatchState.INTERRUPTED
    path.write_bytes(a_file({}))
    assert empty_drop_folder() == 1
    assert counted(ImportBatch) == 1
    db.session.refresh(batch)
    assert batch.state is BatchState.FINISHED


def test_what_was_taken_in_goes_after_its_days_and_what_was_refused_stays(drop: Path):
    police = drop / "police"
    (police / "list.csv").write_bytes(a_file({}, {"crime_reference": ""}))
    (police / "other.csv").write_bytes(b"\x00\x01")
    assert empty_drop_folder() == 2
    lying = len(names(police / "done"))
    assert lying > 1
    with clock.fixed(NOW + timedelta(days=29)):
        assert sweep_drop_folder() == 0
    with clock.fixed(NOW + timedelta(days=31)):
        assert sweep_drop_folder() == lying
    assert names(police / "done") == []
    assert "other.csv" in names(police / "refused")
    swept = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "drop_folder.swept")
    ).all()
    assert [(one.object_id, one.facts) for one in swept] == [("police", f'{{"files":{lying}}}')]

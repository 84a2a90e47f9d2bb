"""Files are taken in by batches: seen again, cut short, refused, and planned as a whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.feeds import commands, queries
from beacon.feeds.columns import Column, FeedSpec
from beacon.feeds.commands import Result, Unit
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.terms import BatchState, FileRefused, RowRejected
from tests.factories import TEST

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPEC = FeedSpec(name="test", columns=(Column(name="name", required=True), Column(name="kind")))


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def lines(*names: str) -> bytes:
    return "\n".join(["name,kind", *(f"{name},x" for name in names)]).encode()


def run(source: bytes | Path, **known):
    usual = {
        "file_name": "list.csv",
        "take": lambda row, batch: Result(outcome="created"),
        "rehearse": lambda row: Result(outcome="created"),
        "ahead": lambda rows: None,
        "actor": TEST,
    }
    return commands.run(SPEC, source, **usual | known)


def test_a_file_that_came_before_is_named_as_such():
    assert run(lines("a")).seen_before is None
    assert run(lines("a")).seen_before == MONDAY
    assert run(lines("b")).seen_before is None


def test_headers_alone_are_a_file_without_rows():
    assert run(b"name,kind\n").figures("created") == {"read": 0, "created": 0, "rejected": 0}


def test_what_was_sent_back_is_kept_sealed_and_written_beside_the_file(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,kind\n,odd\na,x\n")
    report = run(path, rejects_to=tmp_path / "elsewhere")
    assert report.rejected_file == tmp_path / "list.csv.rejected.csv"
    assert report.rejected_file.stat().st_mode & 0o777 == 0o600
    kept = db.session.scalars(sa.select(KeptReject)).one()
    assert (kept.row_no, kept.reason) == (2, "name is missing")
    assert b"odd" not in bytes(kept.raw_sealed)
    assert queries.rejects(report.batch_id).rows[0].cells == {"name": "", "kind": "odd"}


def test_a_row_may_be_sent_back_by_the_feature():
    def take(row, batch):
        raise RowRejected("court is not known")

    report = run(lines("a"), take=take)
    assert [reason for _, reason in report.rejects] == ["court is not known"]


def test_a_file_that_is_refused_leaves_no_batch():
    with pytest.raises(FileRefused):
        run(b"kind\nx\n")
    assert db.session.scalar(sa.select(sa.func.count(ImportBatch.id))) == 0


def test_a_fault_leaves_the_rows_before_it_and_an_interrupted_batch():
    def take(row, batch):
        if row.facts["name"] == "n210":
            raise ZeroDivisionError
        return Result(outcome="created")

    with pytest.raises(ZeroDivisionError):
        run(lines(*(f"n{number}" for number in range(230))), take=take)
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    assert batch.state is BatchState.INTERRUPTED
    assert '"created": 200' in batch.counts


def test_a_batch_without_a_beat_for_two_minutes_elsewhere_reads_as_interrupted():
    report = run(lines("a"))
    with transaction() as session:
        batch = session.get_one(ImportBatch, report.batch_id)
        batch.state, batch.process = BatchState.RUNNING, "another-machine:7"
    assert queries.batch(report.batch_id).state is BatchState.RUNNING
    with clock.fixed(MONDAY + timedelta(minutes=3)):
        assert queries.batch(report.batch_id).state is BatchState.INTERRUPTED


def test_progress_is_told_as_the_rows_are_taken():
    told: list[tuple[int, int]] = []
    run(
        lines(*(f"n{n}" for n in range(270))), progress=lambda done, all_: told.append((done, all_))
    )
    assert told == [(200, 270), (270, 270)]


def whole(source: bytes, plan, **known):
    return commands.run_whole(SPEC, source, file_name="list.csv", plan=plan, actor=TEST, **known)


def one_by_one(rows):
    for row in rows:
        yield Unit(rows=(row,), take=lambda batch: [Result(outcome="created")])


def test_a_plan_sees_the_whole_file_and_a_dry_run_of_it_leaves_nothing():
    dry = whole(lines("a", "b"), one_by_one, dry_run=True)
    assert (dry.counts["created"], dry.read) == (2, 2)
    assert db.session.scalar(sa.select(sa.func.count(ImportBatch.id))) == 0
    assert whole(lines("a", "b"), one_by_one).counts["created"] == 2


def test_a_unit_is_sent_back_whole():
    def refused(batch):
        raise RowRejected("court is not known")

    report = whole(lines("a", "b"), lambda rows: [Unit(rows=tuple(rows), take=refused)])
    assert (report.rejected, report.counts["created"]) == (2, 0)

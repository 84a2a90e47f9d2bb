"""The heads of the log are written down in a file elsewhere, once a day and when asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from beacon.audit import anchors, jobs, queries
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import Unavailable
from beacon.ops import anchored
from tests.work.audit.tampering import by_force, write

NIGHT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


@pytest.fixture
def place(app, tmp_path):
    audit.configure(audit.audit_keys(), tmp_path / "elsewhere" / "heads")
    return tmp_path / "elsewhere" / "heads"


@pytest.mark.proves("U-08")
def test_the_head_is_written_down_once_a_day(place):
    write(3)
    with clock.fixed(NIGHT):
        assert [jobs.anchor_log(), jobs.anchor_log()] == [1, 0]
        write(2)
        assert jobs.anchor_log() == 0
    with clock.fixed(NIGHT + timedelta(days=1)):
        assert jobs.anchor_log() == 1
    # After the first head stands the row that says so.
    assert [anchor.seq for anchor in anchors.read(place)] == [3, 6]
    assert anchors.read(place)[-1].mac == queries.row_at(6)
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_folder_holds_the_file_of_our_name(app, tmp_path):
    audit.configure(audit.audit_keys(), tmp_path)
    write(1)
    audit.anchor_now()
    assert (tmp_path / "audit-anchors").read_text().startswith("1 ")


def test_nothing_is_written_down_of_an_empty_log(place):
    assert jobs.anchor_log() == 0
    assert not place.exists()


def test_a_line_that_was_not_written_whole_is_passed_over(place):
    write(1)
    audit.anchor_now()
    with place.open("a") as file:
        file.write("2 abc\nnonsense\n")
    assert [anchor.seq for anchor in anchors.read(place)] == [1]


def test_a_place_that_cannot_be_written_says_so(app, tmp_path):
    (tmp_path / "file").write_text("")
    audit.configure(audit.audit_keys(), tmp_path / "file" / "heads")
    write(1)
    with pytest.raises(Unavailable, match="BEACON_AUDIT_ANCHORS"):
        audit.anchor_now()


def test_the_commands_tell_the_head_and_whether_it_agrees(app, place):
    run = app.test_cli_runner().invoke
    empty = run(args=["audit", "anchor"])
    assert (empty.exit_code, empty.stdout) == (2, "")
    write(2)
    head = queries.head()
    told = json.loads(run(args=["audit", "anchor", "--json"]).output)
    assert (told["seq"], told["mac"]) == head
    assert "1 heads written down elsewhere agree" in run(args=["audit", "verify"]).output


@pytest.mark.proves("U-08")
def test_two_heads_of_one_row_that_differ_are_a_fault(app, place):
    write(2)
    audit.anchor_now()
    with place.open("a") as file:
        file.write(f"2 {'f' * 64} {NIGHT.isoformat()}\n")
    told = json.loads(app.test_cli_runner().invoke(args=["audit", "verify", "--json"]).output)
    assert told == {"rows": 2, "ok": False, "first_bad_seq": 2}


@pytest.mark.proves("U-08")
def test_a_head_that_the_log_says_was_written_down_and_is_no_longer_kept_is_a_fault(app, place):
    run = app.test_cli_runner().invoke
    for _ in range(2):
        write(2)
        audit.anchor_now()
    copy = place.with_name("copy")
    copy.write_text(place.read_text())
    assert run(args=["audit", "verify"]).exit_code == 0
    place.unlink()
    gone = run(args=["audit", "verify"])
    assert gone.exit_code == 1
    assert "2 heads" in gone.output
    assert "the first of row 2" in gone.output
    assert "BEACON_AUDIT_ANCHORS" in gone.output
    assert json.loads(run(args=["audit", "verify", "--json"]).output)["ok"] is False
    assert run(args=["audit", "verify", "--anchor", str(copy)]).exit_code == 0
    audit.anchor_now()  # a new file is no copy of the old
    assert run(args=["audit", "verify"]).exit_code == 1


@pytest.mark.proves("U-08")
def test_the_doctor_tells_that_the_file_of_heads_is_gone(app):
    write(1)
    audit.anchor_now()
    db.session.rollback()
    anchors.file_at(audit.anchors_place()).unlink()
    found = anchored.anchors()
    assert found.state == "fault"
    assert "row 1" in found.words


def test_the_doctor_tells_a_head_that_is_late_near_or_no_longer_there(app):
    assert anchored.anchors().state == "warning"
    with clock.fixed(NIGHT):
        write(3)
        audit.anchor_now()
    with clock.fixed(NIGHT + timedelta(hours=27)):
        assert "26 hours" in anchored.anchors().words
    with clock.fixed(NIGHT + timedelta(hours=25)):
        near = "same disk" if app.config["BEACON"].database_url.startswith("sqlite") else "row 3"
        assert near in anchored.anchors().words
        by_force("DELETE FROM audit_entry WHERE seq = 3")
        assert anchored.anchors().state == "fault"

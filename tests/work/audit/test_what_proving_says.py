"""The very words of a fault, a walk of many steps, and what is read of the log by its edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.audit.queries import proving
from beacon.audit.terms import EXCEEDED, RESTORED, Outcome, Pace
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.audit.tampering import by_force, verdict, write

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STRANGE = "f" * 64


def done(action: str, subject: tuple[str, int | str], actor: Actor, **known: object) -> None:
    with transaction():
        audit.record(action, subject, actor, **known)


@pytest.mark.parametrize("rows", [7, 13, 14, 15, 21])
def test_a_log_of_many_batches_is_walked_to_its_end(app, monkeypatch, rows: int):
    monkeypatch.setattr(proving, "BATCH", 7)
    write(rows)
    assert verdict() == queries.Verdict(rows=rows, ok=True, first_bad_seq=None)
    by_force(f"UPDATE audit_entry SET operation = 'Other' WHERE seq = {rows}")
    assert verdict().first_bad_seq == rows


def test_a_row_below_the_first_is_named_in_words(app):
    write(2)
    by_force("UPDATE audit_entry SET seq = 0 WHERE seq = 1")
    found = verdict()
    assert (found.first_bad_seq, found.why) == (
        0,
        "it was put in: no row of the log is numbered below 1",
    )


def test_another_code_than_that_kept_elsewhere_is_named_in_words(app):
    write(3)
    found = verdict([(2, STRANGE)])
    assert (found.first_bad_seq, found.why) == (
        2,
        "its code is another than the one that was written down elsewhere",
    )


def test_of_several_heads_beyond_the_end_the_last_is_named(app):
    write(3)
    found = verdict([(7, STRANGE), (9, STRANGE), (8, STRANGE)])
    assert found.first_bad_seq == 4
    assert found.why.endswith("the log ends before it, and row 9 was written down elsewhere")


def test_heads_that_a_restore_has_left_behind_are_no_fault(app):
    write(3)
    assert not verdict([(9, STRANGE)]).ok
    done(RESTORED, ("environment", "none"), TEST, given_up=[f"9 {STRANGE}"])
    assert proving.given_up() == {(9, STRANGE)}
    assert verdict([(9, STRANGE)]).ok
    assert not verdict([(9, "e" * 64)]).ok
    assert not verdict([(8, STRANGE)]).ok


def test_the_last_head_that_was_written_down_is_the_one_that_is_told(app, tmp_path):
    audit.configure(audit.audit_keys(), tmp_path / "heads")
    assert queries.last_anchored() == 0
    write(2)
    audit.anchor_now()
    write(2)
    audit.anchor_now()
    db.session.rollback()
    assert queries.last_anchored() == 5
    (line,) = queries.seen([("audit_entry", "5")])
    assert line.object_type == "audit_entry"


def test_whoever_was_stopped_counts_by_who_why_and_when(app):
    person, other = (an_actor(a_member_of_staff()) for _ in range(2))
    assert person.id is not None
    with clock.fixed(NOON):
        done("test.done", ("pace", Pace.CASES.value), person, outcome=Outcome.REFUSED)
        assert not queries.was_exceeded(db.session(), person.id, Pace.CASES, NOON - HOUR)
        done(EXCEEDED, ("pace", Pace.CASES.value), person, outcome=Outcome.REFUSED)
        done(EXCEEDED, ("pace", Pace.LISTS.value), other, outcome=Outcome.REFUSED)
        session = db.session()
        assert queries.was_exceeded(session, person.id, Pace.CASES, NOON - HOUR)
        assert not queries.was_exceeded(session, person.id, Pace.LISTS, NOON - HOUR)
        assert not queries.was_exceeded(session, person.id, Pace.CASES, NOON + HOUR)
    assert [who for _, who in queries.exceeded_since(NOON - HOUR)] == [person.id, other.id]
    assert queries.exceeded_since(NOON + HOUR) == []


def test_only_what_people_did_in_the_period_was_opened(app):
    person = an_actor(a_member_of_staff())
    moments = (NOON - HOUR, NOON, NOON + HOUR)
    for number, moment in enumerate(moments):
        with clock.fixed(moment):
            done("case.shown", ("case_file", number), person)
    with clock.fixed(NOON + HOUR / 2):
        done("case.shown", ("case_file", 8), TEST)
        done("case.shown", ("case_file", 9), person, outcome=Outcome.REFUSED)
        done("case.listed", ("case_file", 10), person)
    found = queries.opened(["case.shown"], NOON, NOON + HOUR)
    assert [line.object_id for line in found] == ["1"]


def test_a_line_tells_by_how_much_the_clock_was_set_back(app):
    for moment in (NOON, NOON - HOUR):
        with clock.fixed(moment):
            done("test.done", ("thing", 1), TEST)
    assert [line.clock_back for line in queries.seen([("thing", "1")])] == [3600, None]


def test_a_record_is_not_found_by_the_rows_of_another(app):
    person = an_actor(a_member_of_staff())
    audit.shown(person, "case_file", [1, 2], ("people.name",), action="case.listed")
    audit.shown(person, "case_file", [3, 4], ("people.name",), action="case.listed")
    db.session.rollback()
    last, _ = queries.head()
    assert [line.seq for line in queries.seen([("case_file", "4")])] == [last]
    assert queries.seen([("case_file", "5")]) == []


def test_what_is_recorded_outside_a_transaction_is_named(app):
    with pytest.raises(RuntimeError, match="test.done was about to be recorded outside"):
        audit.record("test.done", ("thing", 1), TEST)

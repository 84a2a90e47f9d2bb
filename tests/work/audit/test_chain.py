"""The log: it grows in a line, it cannot be changed, and a change made behind its back is found."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.app import give_keys
from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.audit.models import AuditEntry, AuditObject
from beacon.audit.rules import key_id
from beacon.core import clock
from beacon.core.db import db, transaction
from config import Config, Unset
from tests.factories import TEST
from tests.work.audit.tampering import (
    SWAP,
    by_force,
    forged,
    line_of_codes,
    put_in,
    recompute_by_force,
    side_by_side,
    verdict,
    write,
    written_before,
)
from tests.work.fraud_hub.builders import a_fraud_case, a_loss, money_back

pytestmark = pytest.mark.on_both

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
STRANGE = bytes(32)


def entries() -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq)))


def test_an_untouched_log_holds(app):
    write(20)
    assert verdict() == queries.Verdict(rows=20, ok=True, first_bad_seq=None)


@pytest.mark.proves("U-06")
@pytest.mark.parametrize("table", ["audit_entry", "audit_object", "timeline_entry", "ledger_entry"])
def test_a_row_cannot_be_changed_or_removed(app, table):
    audit.shown(TEST, "thing", [1, 2], ())
    statements = [f"UPDATE {table} SET {{}} = {{}}", f"DELETE FROM {table}"]
    if db.engine.dialect.name == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    elif not table.startswith("audit"):
        pytest.skip("without a row of its own a trigger of SQLite has nothing to keep")
    column = "seq" if table.startswith("audit") else "id"
    for statement in statements[0 if table.startswith("audit") else 2 :]:
        with pytest.raises(sa.exc.DBAPIError, match="only grows"), db.engine.begin() as connection:
            connection.exec_driver_sql(statement.format(column, column))


@pytest.mark.proves("U-06")
@pytest.mark.parametrize("table", ["audit_entry", "audit_object", "timeline_entry", "ledger_entry"])
def test_a_row_cannot_be_put_in_the_place_of_another(app, table):
    case = a_fraud_case()  # with a timeline
    money_back(case, a_loss(case))
    audit.shown(TEST, "thing", [1, 2], ())
    db.session.rollback()
    column = "seq" if table.startswith("audit") else "id"
    statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    if db.engine.dialect.name == "postgresql":
        statement = (
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ON CONSTRAINT pk_{table} "
            f"DO UPDATE SET {column} = excluded.{column}"
        )
    with pytest.raises(sa.exc.DBAPIError, match="only grows"), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def do_through_the_model(model: type, deed: str) -> None:
    with transaction() as session:
        row = session.scalars(sa.select(model)).first()
        if deed == "remove":
            session.delete(row)
        else:
            row.object_id = "3"


@pytest.mark.proves("U-06")
@pytest.mark.parametrize("model", [AuditEntry, AuditObject])
@pytest.mark.parametrize("deed", ["change", "remove"])
def test_a_row_cannot_be_changed_or_removed_through_the_model(app, model, deed):
    audit.shown(TEST, "thing", [1, 2], ())
    with pytest.raises(sa.exc.DBAPIError, match="only grows"):
        do_through_the_model(model, deed)
    assert verdict().ok


@pytest.mark.proves("U-07")
@pytest.mark.parametrize(
    ("statements", "bad", "words"),
    [
        (("UPDATE audit_entry SET facts = replace(facts, 'u', 'o') WHERE seq = 7",), 7, "altered"),
        (("UPDATE audit_entry SET operation = 'nothing' WHERE seq = 3",), 3, "altered"),
        (SWAP, 4, "moved"),
        (("DELETE FROM audit_entry WHERE seq = 5",), 5, "missing"),
        (put_in(6), 7, "put in"),
        (("UPDATE audit_entry SET seq = 99 WHERE seq = 10",), 10, "missing"),
        (("UPDATE audit_entry SET key_id = 'abc' WHERE seq = 2",), 2, "BEACON_AUDIT_KEY"),
        ((forged(0, like=3),), 0, "put in"),
        ((forged(-7, like=3),), -7, "put in"),
    ],
)
def test_a_change_by_force_is_named_by_its_row(app, statements, bad, words):
    write(10)
    by_force(*statements)
    found = verdict()
    assert (found.ok, found.first_bad_seq) == (False, bad)
    assert words in found.why
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (answer.exit_code, f"row {bad}" in answer.output) == (1, True)


@pytest.mark.proves("U-06", "U-07")
@pytest.mark.parametrize("seq", [0, -7])
def test_no_row_can_be_numbered_below_the_first(app, seq):
    write(3)
    db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError, match="from_one"), db.engine.begin() as connection:
        connection.exec_driver_sql(forged(seq, like=3))
    assert verdict().ok


@pytest.mark.proves("U-08")
def test_a_cut_tail_is_found_by_the_head_kept_elsewhere(app):
    write(10)
    audit.anchor_now()
    by_force("DELETE FROM audit_entry WHERE seq > 8")
    assert verdict().ok
    answer = app.test_cli_runner().invoke(args=["audit", "verify", "--json"])
    assert json.loads(answer.output) == {"rows": 8, "ok": False, "first_bad_seq": 9}
    words = app.test_cli_runner().invoke(args=["audit", "verify"]).output
    assert "row 9: it is missing" in words


@pytest.mark.proves("U-09")
def test_a_line_recomputed_without_the_key_is_found(app):
    write(10)
    recompute_by_force(STRANGE, since=6)
    assert (verdict().ok, verdict().first_bad_seq) == (False, 6)


@pytest.mark.proves("U-08", "U-09")
def test_a_line_recomputed_with_the_key_is_found_by_the_head_kept_elsewhere(app):
    write(10)
    head = queries.head()
    recompute_by_force(audit.audit_key(), since=6)
    assert verdict().ok
    assert verdict([head]).first_bad_seq == 10


def test_a_line_taken_from_the_index_is_found(app):
    audit.shown(TEST, "thing", [1, 2], ())
    by_force("DELETE FROM audit_object WHERE object_id = '2'")
    found = verdict()
    assert (found.ok, found.first_bad_seq) == (False, None)
    assert "index" in found.why


@pytest.mark.proves("U-10")
def test_writers_side_by_side_leave_one_line(app):
    side_by_side(app, writers=8, rows=25)
    assert verdict() == queries.Verdict(rows=200, ok=True, first_bad_seq=None)
    codes = line_of_codes()
    assert [seq for seq, _before, _own in codes] == list(range(1, 201))
    assert [before for _seq, before, _own in codes[1:]] == [own for *_, own in codes[:-1]]


@pytest.mark.proves("U-16")
def test_a_clock_that_was_set_back_leaves_the_order_and_marks_the_row(app):
    for moment in (NOON, NOON - timedelta(hours=2), NOON - timedelta(hours=2, seconds=-5)):
        with clock.fixed(moment):
            write(1)
    found = entries()
    assert [one.seq for one in found] == [1, 2, 3]
    assert [json.loads(one.facts).get("clock_back") for one in found] == [None, 7200, None]
    assert verdict().ok


@pytest.mark.proves("U-07")
def test_a_log_that_grows_while_it_is_proved_still_holds(app):
    write(3)
    with written_before("audit_object", app) as came:
        assert verdict() == queries.Verdict(rows=3, ok=True, first_bad_seq=None)
    assert came
    assert verdict() == queries.Verdict(rows=4, ok=True, first_bad_seq=None)


def keys(*numbers: int) -> str:
    return ",".join(base64.b64encode(bytes([number]) * 32).decode() for number in numbers)


@pytest.mark.proves("U-17")
def test_a_log_holds_across_a_new_key_and_says_which_signed(app, tmp_path):
    def config(text: str) -> Config:
        return Config.from_environment({"BEACON_INSTANCE": str(tmp_path), "BEACON_AUDIT_KEY": text})

    give_keys(config(keys(1)))
    write(3)
    give_keys(config(keys(2, 1)))
    write(3)
    assert {one.key_id for one in entries()} == {key_id(bytes([1]) * 32), key_id(bytes([2]) * 32)}
    assert verdict().key_ids == (key_id(bytes([1]) * 32), key_id(bytes([2]) * 32))
    assert verdict().ok
    give_keys(config(keys(2)))
    assert (verdict().ok, verdict().first_bad_seq) == (False, 1)
    assert "BEACON_AUDIT_KEY" in verdict().why


@pytest.mark.proves("U-17")
@pytest.mark.parametrize("text", [keys(1) + ",", keys(1) + ",short", ","])
def test_a_list_of_keys_with_one_that_is_none_stops_the_start(tmp_path, text):
    with pytest.raises(Unset):
        Config.from_environment({"BEACON_INSTANCE": str(tmp_path), "BEACON_AUDIT_KEY": text})


def test_every_record_of_a_long_list_is_named_and_found(app):
    audit.shown(TEST, "case_file", range(1, 451), ("people.name",), action="case.listed")
    facts = json.loads(entries()[-1].facts)
    assert facts["ids"] == [str(number) for number in range(1, 451)]
    assert [line.action for line in queries.seen([("case_file", "450")])] == ["case.listed"]
    assert verdict().ok


def test_a_record_named_beside_the_row_is_found_by_it(app):
    with transaction():
        audit.record("duty.told", ("duty", 7), TEST, case_id=5, victim_id=6)
    for kind, one in (("duty", "7"), ("case_file", "5"), ("victim", "6")):
        assert [line.seq for line in queries.seen([(kind, one)])] == [1]


def test_an_entry_outside_a_transaction_is_a_fault(app):
    with pytest.raises(RuntimeError):
        audit.record("test.done", ("thing", 1), TEST)

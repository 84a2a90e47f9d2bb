"""The log at the size of the issue: many writers, ten thousand rows altered, a million proved."""

from __future__ import annotations

import itertools
import json
import resource
import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit import queries
from beacon.audit.models import AuditEntry, AuditObject
from beacon.audit.rules import GENESIS, chained, key_id
from beacon.core.db import db
from tests.work.audit.tampering import (
    SWAP,
    by_force,
    line_of_codes,
    put_in,
    recompute_by_force,
    side_by_side,
    verdict,
    write,
)

ROWS, NAMED_IN_A_LIST, LIST_EVERY, CASES = 1_000_000, 20, 10, 20_000
BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)


@pytest.mark.proves("U-10")
def test_eight_writers_of_five_hundred_rows_leave_one_line(app):
    begun = time.perf_counter()
    side_by_side(app, writers=8, rows=500)
    took = time.perf_counter() - begun
    assert verdict() == queries.Verdict(rows=4_000, ok=True, first_bad_seq=None)
    codes = line_of_codes()
    assert [seq for seq, *_ in codes] == list(range(1, 4_001))
    assert [before for _, before, _ in codes[1:]] == [own for *_, own in codes[:-1]]
    print(f"{db.engine.dialect.name}: 8 writers x 500 rows, one line of 4,000 in {took:.1f} s")


@pytest.mark.proves("U-07", "U-08", "U-09")
@pytest.mark.parametrize(
    ("what", "statements", "bad"),
    [
        ("edit", ("UPDATE audit_entry SET operation = 'Alteration' WHERE seq = 6001",), 6001),
        ("swap", SWAP, 4),
        ("delete", ("DELETE FROM audit_entry WHERE seq = 5000",), 5000),
        ("insert", put_in(7000), 7001),
        ("cut of the tail", ("DELETE FROM audit_entry WHERE seq > 9950",), 9951),
        ("recomputation without the key", (), 4001),
    ],
)
def test_each_change_to_ten_thousand_rows_is_found_and_named(app, what, statements, bad):
    write(10_000, at_once=True)
    audit.anchor_now()
    if statements:
        by_force(*statements)
    else:
        recompute_by_force(bytes(32), since=4001)
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert answer.exit_code == 1
    assert f"row {bad}:" in answer.output
    print(f"{db.engine.dialect.name}: {what}: {answer.output.strip()}")


def many_rows(count: int):
    """A year of looking: single records, and lists that name several."""
    key, mac = audit.audit_key(), GENESIS
    name = key_id(key)
    for seq in range(1, count + 1):
        is_list = seq % LIST_EVERY == 0
        ids = [str((seq * 7 + number * 13) % CASES + 1) for number in range(NAMED_IN_A_LIST)]
        facts: dict[str, object] = {"fields": ["people.name"]}
        signed: dict[str, object] = {
            "at": (BEGAN + timedelta(seconds=seq * 5)).isoformat(timespec="microseconds"),
            "actor_kind": "staff",
            "actor_id": seq % 120 + 1,
            "actor_name": f"Person {seq % 120 + 1}",
            "session": "",
            "ip": "192.0.2.1",
            "action": "case.listed" if is_list else "case.shown",
            "operation": "consultation",
            "object_type": "case_file",
            "object_id": f"{NAMED_IN_A_LIST} rows" if is_list else ids[0],
            "facts": json.dumps(
                facts | ({"ids": ids} if is_list else {}), sort_keys=True, separators=(",", ":")
            ),
            "reason": "",
            "outcome": "done",
            "request_id": f"{seq:012x}",
            "key_id": name,
            "seq": seq,
        }
        previous, mac = mac, chained(key, mac, signed)
        yield signed | {"previous": previous, "mac": mac}, ids if is_list else []


def fill(count: int) -> None:
    """Write so many rows, many at a time."""
    made = many_rows(count)
    while batch := list(itertools.islice(made, 10_000)):
        lines = [
            {"object_type": "case_file", "object_id": one, "seq": row["seq"]}
            for row, ids in batch
            for one in dict.fromkeys(ids)
        ]
        with db.engine.execution_options(writing=True).begin() as connection:
            connection.execute(sa.insert(AuditEntry), [row for row, _ in batch])
            connection.execute(sa.insert(AuditObject), lines)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE audit_entry, audit_object")


@pytest.mark.proves("U-11", "U-20")
@pytest.mark.timeout(1800)
def test_a_million_rows_are_proved_and_a_record_is_found_among_them(app):
    fill(ROWS)
    db.session.rollback()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, processor = time.perf_counter(), time.process_time()
    assert verdict().ok
    took, worked = time.perf_counter() - begun, time.process_time() - processor
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    begun = time.perf_counter()
    lines = queries.seen([("case_file", "77"), ("victim", "77")])
    found = time.perf_counter() - begun
    db.session.rollback()  # the count below takes longer than an idle transaction may
    expected = sum(1 for row, ids in many_rows(ROWS) if row["object_id"] == "77" or "77" in ids)
    print(
        f"{db.engine.dialect.name}: {ROWS:,} rows proved in {took:.1f} s ({worked:.1f} s of this "
        f"process), {grown:.0f} MB more; one record: {len(lines)} rows in {found:.3f} s"
    )
    assert len(lines) == expected > 50
    assert found < 2
    assert grown < 100
    assert worked < 30

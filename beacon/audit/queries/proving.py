"""Proving that nobody has altered the log: every row, its place, its code, and the index of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from beacon.audit.models import AuditEntry, AuditObject
from beacon.audit.rules import GENESIS, chained, key_id, may_name, named
from beacon.audit.terms import ANCHORED, RESTORED
from beacon.core.db import db, let_go

BATCH = 5_000
_CHAIN = ("previous", "mac")
_SIGNED = tuple(sorted({column.name for column in AuditEntry.__table__.c} - {*_CHAIN}))
MODULUS = 2**64
Anchors = Mapping[int, str] | Iterable[tuple[int, str]]


@dataclass(frozen=True)
class Verdict:
    """Whether the whole chain holds; else the first row that does not, and what is wrong there."""

    rows: int
    ok: bool
    first_bad_seq: int | None
    why: str = field(default="", compare=False)
    key_ids: tuple[str, ...] = field(default=(), compare=False)  # whose keys signed what was read
    # The rows that the log says were written down elsewhere.
    anchored: tuple[int, ...] = field(default=(), compare=False)


def verify(keys: Mapping[str, bytes], anchors: Anchors = ()) -> Verdict:
    """Walk the chain from its first row; compare heads that were written down elsewhere.

    Memory stays flat however long the log is: a batch of rows at a time, and one sum for the index.
    Both are of one moment, so that what others write meanwhile is no fault.
    """
    _stand_still()
    walk = _Walk(keys, _by_seq(_of_this_branch(anchors)))
    for entry in _entries():
        if why := walk.fault_in(entry):
            return walk.verdict(why, bad=min(walk.seq + 1, entry.seq))
        walk.go_on(entry)
    if why := walk.fault_at_the_end():
        return walk.verdict(why, bad=walk.seq + 1)
    if walk.named != _lines():
        return walk.verdict("the index of the records that rows name does not agree with the rows")
    return walk.verdict()


def _stand_still() -> None:
    """Read all that follows as it is now; SQLite does so by itself."""
    let_go()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@dataclass(slots=True)
class _Entry:
    """One row as it is read: what was signed, by name, and its two codes."""

    signed: dict[str, Any]
    seq: int
    previous: str
    mac: str


class _Walk:
    """Where the walk along the chain has come to."""

    def __init__(self, keys: Mapping[str, bytes], anchors: dict[int, set[str]]) -> None:
        self.keys, self.anchors = keys, anchors
        self.rows, self.seq, self.mac = 0, 0, GENESIS
        self.named = 0
        self._anchored: list[int] = []
        self._key_ids: dict[str, None] = {}  # in the order in which they came into use

    def verdict(self, why: str = "", *, bad: int | None = None) -> Verdict:
        """What is to be said of the log where the walk has come to."""
        return Verdict(
            self.rows,
            ok=not why,
            first_bad_seq=bad,
            why=why,
            key_ids=tuple(self._key_ids),
            anchored=tuple(self._anchored),
        )

    def fault_in(self, entry: _Entry) -> str:
        """What is wrong with the next row, in words; empty where nothing is."""
        self.rows += 1
        if entry.seq < 1:
            return "it was put in: no row of the log is numbered below 1"
        if entry.seq != self.seq + 1:
            return "it is missing"
        key = self.keys.get(entry.signed["key_id"])
        if key is None:
            return f"its key {entry.signed['key_id']} is not among those of BEACON_AUDIT_KEY"
        if chained(key, self.mac, entry.signed) != entry.mac or entry.previous != self.mac:
            return "it was altered, moved or put in, or the row above it was"
        if not self.anchors.pop(entry.seq, {entry.mac}) <= {entry.mac}:
            return "its code is another than the one that was written down elsewhere"
        return ""

    def go_on(self, entry: _Entry) -> None:
        """The row holds: go on to the next."""
        self.seq, self.mac, signed = entry.seq, entry.mac, entry.signed
        self._key_ids.setdefault(signed["key_id"])
        if signed["action"] == ANCHORED:
            self._anchored.append(int(signed["object_id"]))
        if not may_name(signed["facts"]):
            return
        facts = json.loads(signed["facts"])
        for other, one in named(signed["object_type"], signed["object_id"], facts):
            self.named = (self.named + hash((other, one, self.seq))) % MODULUS

    def fault_at_the_end(self) -> str:
        """What is wrong where the log ends: heads written down elsewhere that are not in it."""
        if not self.anchors:
            return ""
        last = max(self.anchors)
        return f"it is missing: the log ends before it, and row {last} was written down elsewhere"


def head() -> tuple[int, str]:
    """The last row's number and code, to be written down elsewhere."""
    row = db.session.execute(
        sa.select(AuditEntry.seq, AuditEntry.mac).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.mac) if row else (0, GENESIS)


def last_anchored() -> int:
    """The last row that the log says was written down elsewhere; 0 where it says so of none."""
    query = (
        sa.select(AuditEntry.object_id)
        .where(AuditEntry.action == ANCHORED)
        .order_by(AuditEntry.seq.desc())
    )
    return int(db.session.scalar(query.limit(1)) or 0)


def last_done(action: str) -> datetime | None:
    """When something was last done; none where it never was."""
    query = sa.select(AuditEntry).where(AuditEntry.action == action)
    row = db.session.scalar(query.order_by(AuditEntry.seq.desc()).limit(1))
    return row.moment if row else None


def row_at(seq: int) -> str | None:
    """The code of one row; none where there is no such row."""
    return db.session.scalar(sa.select(AuditEntry.mac).where(AuditEntry.seq == seq))


def keyed(*keys: bytes) -> dict[str, bytes]:
    """The keys by their short names."""
    return {key_id(key): key for key in keys}


def given_up() -> set[tuple[int, str]]:
    """Heads that a restore left behind: of a branch of the log that goes on no more (B-08).

    The rows that say so are signed like all others, and hold only where the chain does.
    """
    query = sa.select(AuditEntry.facts).where(AuditEntry.action == RESTORED)
    heads = (
        head.split()
        for facts in db.session.scalars(query)
        for head in json.loads(facts)["given_up"]
    )
    return {(int(seq), mac) for seq, mac in heads}


def _of_this_branch(anchors: Anchors) -> list[tuple[int, str]]:
    """The heads written down elsewhere without those that a restore has left behind."""
    pairs = anchors.items() if isinstance(anchors, Mapping) else anchors
    left_behind = given_up()
    return [pair for pair in pairs if tuple(pair) not in left_behind]


def _by_seq(anchors: Anchors) -> dict[int, set[str]]:
    pairs = anchors.items() if isinstance(anchors, Mapping) else anchors
    found: dict[int, set[str]] = {}
    for seq, mac in pairs:
        found.setdefault(seq, set()).add(mac)
    return found


def _entries() -> Iterator[_Entry]:
    """Every row there is, whatever its number, so that none lies where nobody looks."""
    columns = AuditEntry.__table__.c
    query = sa.select(*(columns[name] for name in (*_SIGNED, *_CHAIN))).order_by(columns.seq)
    batch = db.session.execute(query.limit(BATCH)).all()
    while batch:
        for row in batch:
            *signed, previous, mac = row
            facts = dict(zip(_SIGNED, signed, strict=True))
            yield _Entry(facts, facts["seq"], previous, mac)
        last = batch[-1].seq
        batch = db.session.execute(query.where(columns.seq > last).limit(BATCH)).all()


def _lines() -> int:
    """The index as one sum, which does not depend on the order in which it is read."""
    columns = AuditObject.__table__.c
    query = sa.select(columns.object_type, columns.object_id, columns.seq).execution_options(
        yield_per=BATCH
    )
    total = 0
    for kind, one, seq in db.session.execute(query):
        total = (total + hash((kind, one, seq))) % MODULUS
    return total

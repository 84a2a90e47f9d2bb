"""Reading the log, and proving that nobody has altered it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.audit.rules import GENESIS, chained, key_id
from beacon.core.db import db

BATCH = 5_000


@dataclass(frozen=True)
class Verdict:
    """Whether the whole chain holds; else the first row that does not."""

    rows: int
    ok: bool
    first_bad_seq: int | None


def verify(keys: Mapping[str, bytes], anchors: Mapping[int, str] | None = None) -> Verdict:
    """Walk the chain from its first row; compare heads that were written down elsewhere."""
    seq, previous, rows, anchors = 0, GENESIS, 0, dict(anchors or {})
    for entry in _entries():
        rows += 1
        facts = _facts(entry)
        key = keys.get(str(entry.key_id))
        whole = (
            entry.seq == seq + 1
            and entry.previous == previous
            and key is not None
            and chained(key, previous, facts) == entry.mac
            and anchors.pop(entry.seq, entry.mac) == entry.mac
        )
        if not whole:
            return Verdict(rows, ok=False, first_bad_seq=min(seq + 1, entry.seq))
        seq, previous = entry.seq, entry.mac
    if anchors:  # a head that was written down is gone: the tail was cut
        return Verdict(rows, ok=False, first_bad_seq=seq + 1)
    return Verdict(rows, ok=True, first_bad_seq=None)


def head() -> tuple[int, str]:
    """The last row's number and code, to be written down elsewhere."""
    row = db.session.execute(
        sa.select(AuditEntry.seq, AuditEntry.mac).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.mac) if row else (0, GENESIS)


def keyed(*keys: bytes) -> dict[str, bytes]:
    """The keys by their short names."""
    return {key_id(key): key for key in keys}


def history(object_type: str, object_id: int | str, limit: int = 200) -> list[AuditEntry]:
    """The last things done or seen about one record, newest first."""
    query = (
        sa.select(AuditEntry)
        .where(AuditEntry.object_type == object_type, AuditEntry.object_id == str(object_id))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def _entries() -> Iterator[sa.Row[tuple[object, ...]]]:
    after = 0
    columns = AuditEntry.__table__.c
    while True:
        query = sa.select(*columns).where(columns.seq > after).order_by(columns.seq).limit(BATCH)
        batch = db.session.execute(query).all()
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1].seq


def _facts(entry: sa.Row[tuple[object, ...]]) -> dict[str, object]:
    row = dict(entry._mapping)
    for chain in ("previous", "mac"):
        row.pop(chain)
    return row

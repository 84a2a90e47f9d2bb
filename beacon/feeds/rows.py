"""The last row of each key of a feed: what it said, and which record it made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from beacon.core import lots
from beacon.core.db import db
from beacon.core.sealed import blind_index
from beacon.feeds.columns import ParsedRow
from beacon.feeds.models import FeedKey, FeedRecord, ImportBatch


@dataclass(frozen=True)
class Known:
    """What is known of one key: the record it made, and the form of its last row."""

    record_id: int
    subject_id: int
    mac: str


class Book:
    """The keys of one feed. Looked up for many rows at once, and kept in step as rows are taken.

    Used within one transaction after another; `look_up` begins each (so that what another import
    stored meanwhile is seen).
    """

    def __init__(self, feed: str) -> None:
        self.feed = feed
        self._held: dict[str, Known] = {}
        self._rehearsed: dict[str, Known] = {}
        self._indexes: dict[str, str] = {}

    def look_up(self, keys: Iterable[str]) -> None:
        """Ask for the keys of the next rows, in one statement; forget the others."""
        self._indexes.clear()
        sought = {self._index(key) for key in keys}
        rows = db.session.execute(
            sa.select(
                FeedKey.key_index, FeedRecord.id, FeedRecord.subject_id, FeedRecord.normal_mac
            )
            .join(FeedRecord, FeedRecord.id == FeedKey.record_id)
            .where(FeedKey.feed == self.feed, FeedKey.key_index.in_(sought))
        )
        self._held = {index: Known(record, subject, mac) for index, record, subject, mac in rows}

    def find(self, key: str) -> Known | None:
        """The record that this key made, if any."""
        index = self._index(key)
        return self._rehearsed.get(index) or self._held.get(index)

    def says_the_same(self, known: Known, row: ParsedRow) -> bool:
        """Whether the row is, in normal form, the last one of its key (contract 3)."""
        return known.mac == mac_of(row)

    def keep(
        self, row: ParsedRow, keys: Sequence[str], subject_id: int, batch: ImportBatch
    ) -> Known:
        """Keep a new row with the record it made, under those of its keys that are free."""
        record = FeedRecord(
            feed=self.feed,
            subject_id=subject_id,
            normal_mac=mac_of(row),
            raw=raw_of(row),
            batch_id=batch.id,
            row_no=row.row_no,
        )
        lots.keep(record)
        db.session().flush()
        known = Known(record.id, subject_id, record.normal_mac)
        self._name(known, keys)
        return known

    def remember(self, known: Known, keys: Iterable[str]) -> None:
        """Know of a row that another process has kept under all of these keys."""
        self._held |= {self._index(key): known for key in keys}

    def replace(
        self, known: Known, row: ParsedRow, keys: Sequence[str], batch: ImportBatch
    ) -> None:
        """Keep what a key now says in the place of what it said, with any key new to it."""
        session = db.session()
        record = session.get_one(FeedRecord, known.record_id)
        record.normal_mac = mac_of(row)
        record.raw = raw_of(row)
        record.batch_id = batch.id
        record.row_no = row.row_no
        after = replace(known, mac=record.normal_mac)
        for index, held in list(self._held.items()):
            if held.record_id == known.record_id:
                self._held[index] = after
        self._name(after, keys)

    def rehearse(self, row: ParsedRow, keys: Sequence[str], subject_id: int) -> None:
        """Remember a row of a dry run, in memory alone."""
        known = Known(0, subject_id, mac_of(row))
        for key in keys:
            self._rehearsed[self._index(key)] = known

    def _name(self, known: Known, keys: Sequence[str]) -> None:
        for key in keys:
            index = self._index(key)
            if index not in self._held:
                lots.keep(FeedKey(feed=self.feed, key_index=index, record_id=known.record_id))
                self._held[index] = known

    def _index(self, key: str) -> str:
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = blind_index(f"feed {self.feed}", key)
        return index


def mac_of(row: ParsedRow) -> str:
    """The keyed fingerprint of a row's normal form."""
    return blind_index("row", row.normal)


def raw_of(row: ParsedRow) -> str:
    """The row as it stood in the file, unknown columns too."""
    return json.dumps(row.raw, ensure_ascii=False)

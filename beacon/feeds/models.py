"""What came in by file: batches, the last row of each key, and what was refused."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.feeds.terms import BatchState, Way


class ImportBatch(Kept, Base):
    """One file taken in once. A batch whose process died reads as interrupted."""

    __tablename__ = "import_batch"
    feed: Mapped[str] = mapped_column(sa.String(20))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    state: Mapped[BatchState] = mapped_column(default=BatchState.RUNNING)
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    process: Mapped[str] = mapped_column(sa.String(100), default="")  # the machine and process
    total: Mapped[int] = mapped_column(default=0)  # how many rows the file has
    upload: Mapped[str | None] = mapped_column(sa.String(64))  # where a page's file lies, sealed
    counts: Mapped[str] = mapped_column(sa.Text, default="{}")  # JSON: the figures of the report
    way: Mapped[Way] = mapped_column(default=Way.COMMAND)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")  # why the whole file is refused


class FeedRecord(Sealing, Kept, Base):
    """The last raw row of one key: what it said, and which record it made."""

    __tablename__ = "feed_record"
    __table_args__ = (sa.Index("ix_feed_record_subject", "feed", "subject_id"),)
    feed: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[int]
    normal_mac: Mapped[str] = mapped_column(sa.String(32))  # blind index of the row's normal form
    raw_sealed: Mapped[bytes]
    raw = Sealed("raw_sealed")
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    row_no: Mapped[int]


class FeedKey(Kept, Base):
    """One key by which a feed's record is found; a record may have two (contract 3.1)."""

    __tablename__ = "feed_key"
    __table_args__ = (sa.UniqueConstraint("feed", "key_index", name="uq_feed_key_once"),)
    feed: Mapped[str] = mapped_column(sa.String(20))
    key_index: Mapped[str] = mapped_column(sa.String(32))
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("feed_record.id"), index=True)


class KeptReject(Sealing, Kept, Base):
    """A row that was refused, or taken in with a doubt: kept sealed, with the reason."""

    __tablename__ = "kept_reject"
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    row_no: Mapped[int]
    raw_sealed: Mapped[bytes]
    raw = Sealed("raw_sealed")
    reason: Mapped[str] = mapped_column(sa.String(300))
    is_warning: Mapped[bool] = mapped_column(default=False)  # taken in all the same


class Delivery(Kept, Base):
    """One batch that a program posted: its key, and what it was answered, to be answered again.

    The key is the program's own (Idempotency-Key); of it and of the body only prints are kept.
    """

    __tablename__ = "delivery"
    __table_args__ = (sa.UniqueConstraint("client_id", "key_hash", name="uq_delivery_once"),)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("api_client.id"))
    key_hash: Mapped[str] = mapped_column(sa.String(64))
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"))
    begun_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")  # JSON: figures, rows by number

"""The log: one table that only grows."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base


class AuditEntry(Base):
    """One thing done, seen or refused. Ids and field names only, never content."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.CheckConstraint("seq > 0", name="counts_from_one"),
        sa.Index("ix_audit_entry_object", "object_type", "object_id", "seq"),
        sa.Index("ix_audit_entry_actor", "actor_kind", "actor_id", "seq"),
        sa.Index("ix_audit_entry_at", "at", "seq"),
        sa.Index(
            "ix_audit_entry_pace",
            "actor_id",
            "action",
            "at",
            sqlite_where=sa.text("actor_id IS NOT NULL"),
            postgresql_where=sa.text("actor_id IS NOT NULL"),
        ),
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(sa.String(32))  # ISO 8601, UTC, as it was signed
    actor_kind: Mapped[str] = mapped_column(sa.String(10))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(100))
    session: Mapped[str] = mapped_column(sa.String(64), default="")
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    operation: Mapped[str] = mapped_column(sa.String(20))
    object_type: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[str] = mapped_column(sa.String(40))
    facts: Mapped[str] = mapped_column(sa.Text)  # JSON of ids and field names
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    outcome: Mapped[str] = mapped_column(sa.String(10))
    request_id: Mapped[str] = mapped_column(sa.String(40), default="")
    key_id: Mapped[str] = mapped_column(sa.String(12))
    previous: Mapped[str] = mapped_column(sa.String(64))
    mac: Mapped[str] = mapped_column(sa.String(64))

    @property
    def moment(self) -> datetime:
        """When it was, as a moment and no longer as it was signed."""
        return datetime.fromisoformat(self.at)


class AuditObject(Base):
    """One record that a row of the log names among others, so that it is found by the record.

    An index of the rows that name several: what it says is in the signed facts of the row itself.
    """

    __tablename__ = "audit_object"
    object_type: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    object_id: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

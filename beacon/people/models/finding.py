"""By what people are found, and which records are held to be one person."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.people.terms import KeyKind, LinkState


class PersonKey(Kept, Base):
    """One key by which a person is found again (queries.finding): a keyed fingerprint, no words.

    It is not part of the record that pages show, so it has no scope.
    """

    __tablename__ = "person_key"
    __table_args__ = (sa.UniqueConstraint("value", "victim_id", name="uq_person_key_once"),)
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    value: Mapped[int] = mapped_column(sa.BigInteger)


# Compared byte by byte on both databases, so that a beginning is one range of an index.
_KEY = sa.String(250).with_variant(sa.String(250, collation="C"), "postgresql")


class SearchKey(Kept, Base):
    """One word by which a person is found, with what says who may find them by it.

    A person has these words once for each of their cases; without a case, once. The scope of a case
    is kept beside the word, so that a search walks no record that is not the viewer's to find
    (decision 0028). It is not part of the record that pages show, so it has no scope of its own.
    """

    __tablename__ = "search_key"
    __table_args__ = (
        sa.Index("ix_search_key_word", "kind", "key", "id"),
        sa.Index("ix_search_key_team", "team_id", "kind", "key", "id"),
        sa.Index(
            "ix_search_key_manager",
            "manager_id",
            "kind",
            "key",
            "id",
            sqlite_where=sa.text("manager_id IS NOT NULL"),
            postgresql_where=sa.text("manager_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_search_key_fraud",
            "kind",
            "key",
            "id",
            sqlite_where=sa.text("is_fraud = 1"),
            postgresql_where=sa.text("is_fraud"),
        ),
        sa.Index(
            "ix_search_key_no_case",
            "kind",
            "key",
            "id",
            sqlite_where=sa.text("case_id IS NULL"),
            postgresql_where=sa.text("case_id IS NULL"),
        ),
    )
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    kind: Mapped[KeyKind]
    key: Mapped[str] = mapped_column(_KEY)
    team_id: Mapped[int | None]
    manager_id: Mapped[int | None]
    is_fraud: Mapped[bool] = mapped_column(default=False)
    restricted: Mapped[bool] = mapped_column(default=False)


class PersonLink(Kept, Base):
    """Two records that are, or may be, one person. Undone by a state, never by deletion."""

    __tablename__ = "person_link"
    __table_args__ = (sa.UniqueConstraint("victim_id", "other_id", name="uq_person_link_pair"),)
    victim_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("victim.id"), index=True)
    basis: Mapped[str] = mapped_column(sa.String(200))  # which facts agree: names of facts only
    state: Mapped[LinkState]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))


class PersonLinkDecision(Sealing, Kept, Base):
    """One thing that was said of two records, by whom and why. Written once, never changed."""

    __tablename__ = "person_link_decision"
    link_id: Mapped[int] = mapped_column(sa.ForeignKey("person_link.id"), index=True)
    state: Mapped[LinkState]
    basis: Mapped[str] = mapped_column(sa.String(200), default="")  # names of facts only
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))

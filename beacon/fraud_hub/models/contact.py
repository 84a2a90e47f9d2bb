"""The tick list of a fraud case, each version of it, and the decisions by which it leaves the list.

Attempts to reach somebody are contacts of the case (`cases.models.ContactLog`), wherever recorded.
"""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing
from beacon.fraud_hub.terms import Decision, Factor, Source


def _standing(name: str) -> sa.Index:
    """One row of a case stands; those before it keep the moment at which they were replaced."""
    stands = sa.text("replaced_at IS NULL")
    return sa.Index(name, "case_id", unique=True, sqlite_where=stands, postgresql_where=stands)


class FraudTriage(Sealing, Kept, Base):
    """The tick list as one person confirmed it. Never changed: a new one replaces it."""

    __tablename__ = "fraud_triage"
    __table_args__ = (
        sa.CheckConstraint("level IN (1, 2)", name="level_one_or_two"),
        _standing("ix_fraud_triage_stands"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    number: Mapped[int]  # 1 is the first
    factors_sealed: Mapped[bytes | None]
    factors_json = Sealed("factors_sealed")  # JSON: words of Factor
    denied_sealed: Mapped[bytes | None]
    denied_json = Sealed("denied_sealed")  # JSON: what the report proposed, and does not hold
    notes_sealed: Mapped[bytes | None]
    notes = Sealed("notes_sealed")
    level: Mapped[int]
    same_day: Mapped[bool]
    source: Mapped[Source | None]  # where a person said it came from
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    replaced_at: Mapped[datetime | None]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What was ticked, in the list's order."""
        return _factors(self.factors_json)

    @property
    def denied(self) -> tuple[Factor, ...]:
        """What the report proposed and a person found not to hold."""
        return _factors(self.denied_json)


class FraudDecision(Sealing, Kept, Base):
    """By which a row left the list: after which attempt, who decided, when and why."""

    __tablename__ = "fraud_decision"
    __table_args__ = (_standing("ix_fraud_decision_stands"),)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_log.id"))  # the last attempt
    decision: Mapped[Decision]
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")
    handed_to_sealed: Mapped[bytes | None]
    handed_to = Sealed("handed_to_sealed")
    decided_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    replaced_at: Mapped[datetime | None]


def words_of(factors: tuple[Factor, ...]) -> str:
    """Factors as they are kept."""
    return json.dumps([factor.value for factor in factors])


def _factors(kept: str) -> tuple[Factor, ...]:
    ticked = set(json.loads(kept or "[]"))
    return tuple(factor for factor in Factor if factor.value in ticked)

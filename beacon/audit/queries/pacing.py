"""How much somebody has read lately, by the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit.models import AuditEntry
from beacon.audit.queries.looking import stamp
from beacon.audit.terms import EXCEEDED, Outcome, Pace
from beacon.core.db import db


@dataclass(frozen=True)
class Lately:
    """How often, and when the first of these times was."""

    count: int
    first: datetime | None


def lately(actor_id: int, actions: Sequence[str], since: datetime) -> Lately:
    """How often one person has done any of these things since then."""
    query = sa.select(sa.func.count(), sa.func.min(AuditEntry.at)).where(
        AuditEntry.actor_id == actor_id,
        AuditEntry.action.in_(actions),
        AuditEntry.at > stamp(since),
    )
    count, first = db.session.execute(query).one()
    return Lately(count, datetime.fromisoformat(first) if first else None)


def was_exceeded(session: Session, actor_id: int, pace: Pace, since: datetime) -> bool:
    """Whether it is already written down that the person was stopped, since then."""
    query = sa.select(AuditEntry.seq).where(
        AuditEntry.actor_id == actor_id,
        AuditEntry.action == EXCEEDED,
        AuditEntry.at > stamp(since),
        AuditEntry.object_id == pace.value,
        AuditEntry.outcome == Outcome.REFUSED,
    )
    return session.scalar(query.limit(1)) is not None


def exceeded_since(since: datetime) -> list[tuple[int, int]]:
    """Who was stopped for reading too fast: the row's number and the person's, the oldest first."""
    query = (
        sa.select(AuditEntry.seq, AuditEntry.actor_id)
        .where(
            AuditEntry.action == EXCEEDED,
            AuditEntry.at > stamp(since),
            AuditEntry.actor_id.is_not(None),
        )
        .order_by(AuditEntry.seq)
    )
    return [(row.seq, row.actor_id) for row in db.session.execute(query)]

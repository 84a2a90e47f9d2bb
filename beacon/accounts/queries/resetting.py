"""Who asked for a new password and has not been answered."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts.models import SignInAttempt
from beacon.accounts.terms import AttemptKind
from beacon.core import clock
from beacon.core.db import db

ANSWERED_WITHIN = timedelta(hours=1)
# The newest rows alone are looked at: by the key, however long the table has grown.
LOOKED_BACK = 5_000


def resets_asked() -> list[int]:
    """The requests of the last hour that wait for an answer, in their order."""
    newest = sa.select(sa.func.coalesce(sa.func.max(SignInAttempt.id), 0)).scalar_subquery()
    query = (
        sa.select(SignInAttempt.id)
        .where(
            SignInAttempt.id > newest - LOOKED_BACK,
            SignInAttempt.kind == AttemptKind.RESET,
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.created_at > clock.now() - ANSWERED_WITHIN,
        )
        .order_by(SignInAttempt.id)
    )
    return list(db.session.scalars(query))


def resets_before(asked: SignInAttempt) -> int:
    """How often a new password was asked for at the same address in the hour before."""
    query = (
        sa.select(sa.func.count())
        .select_from(SignInAttempt)
        .where(
            SignInAttempt.email_index == asked.email_index,
            SignInAttempt.kind == AttemptKind.RESET,
            SignInAttempt.created_at > asked.created_at - ANSWERED_WITHIN,
            SignInAttempt.id < asked.id,
        )
    )
    return int(db.session.scalar(query) or 0)

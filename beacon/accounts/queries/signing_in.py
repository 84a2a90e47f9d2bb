"""Whether somebody may try a password now, and whose session a token names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, SignInAttempt
from beacon.accounts.terms import AttemptKind
from beacon.core import clock, settings
from beacon.core.db import db


@dataclass(frozen=True)
class Lock:
    """Whether an address is locked after wrong passwords, and how many have been tried."""

    wrong: int
    is_locked: bool


def lock_on(index: str) -> Lock:
    """Count the wrong passwords since the last right one, within the lock's minutes.

    Counted in the database, so that every worker counts together (security.md A-11, A-12).
    """
    since = clock.now() - timedelta(minutes=settings.count("accounts.lock_minutes"))
    is_password = SignInAttempt.kind == AttemptKind.PASSWORD
    good = sa.select(sa.func.max(SignInAttempt.id)).where(
        SignInAttempt.email_index == index, SignInAttempt.succeeded.is_(True), is_password
    )
    wrong = db.session.scalar(
        sa.select(sa.func.count()).where(
            SignInAttempt.email_index == index,
            SignInAttempt.succeeded.is_(False),
            is_password,
            SignInAttempt.created_at > since,
            SignInAttempt.id > sa.func.coalesce(good.scalar_subquery(), 0),
        )
    )
    return Lock(wrong or 0, (wrong or 0) >= settings.count("accounts.lock_after"))


def live_session(id_hash: str) -> AuthSession | None:
    """The session of this token's hash, if it is neither revoked, idle too long nor too old."""
    session = db.session.scalar(sa.select(AuthSession).where(AuthSession.id_hash == id_hash))
    if session is None or session.revoked_at is not None:
        return None
    now = clock.now()
    idle = timedelta(minutes=settings.count("accounts.idle_minutes"))
    oldest = timedelta(hours=settings.count("accounts.absolute_hours"))
    if now - session.last_seen_at > idle or now - session.created_at > oldest:
        return None
    return session if session.staff.may_sign_in(clock.today()) else None

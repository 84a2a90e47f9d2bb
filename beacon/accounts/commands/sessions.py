"""A session from its last use to its end."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, SignInAttempt, Staff
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction

SEEN_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """What is kept of a random token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def touch(session_row: AuthSession) -> None:
    """Note that the session was used, at most once a minute; a revoked one is never revived."""
    if clock.now() - session_row.last_seen_at < SEEN_EVERY:
        return
    with transaction() as session:
        session.execute(
            sa.update(AuthSession)
            .where(AuthSession.id == session_row.id, AuthSession.revoked_at.is_(None))
            .values(last_seen_at=clock.now())
        )


def sign_out(token: str, *, actor: Actor) -> None:
    """End this session."""
    with transaction() as session:
        session.execute(
            sa.update(AuthSession)
            .where(AuthSession.id_hash == digest(token), AuthSession.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )
        audit.record("accounts.signed_out", ("staff", actor.id or 0), actor)


def end_sessions(person: Staff, *, actor: Actor) -> None:
    """End every session of a person."""
    with transaction() as session:
        session.execute(
            sa.update(AuthSession)
            .where(AuthSession.staff_id == person.id, AuthSession.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )
        audit.record("accounts.sessions_ended", person, actor)


def sweep_sessions() -> int:
    """Remove the sessions and attempts that ended more than a month ago."""
    before = clock.now() - timedelta(days=31)
    with transaction() as session:
        gone = session.execute(sa.delete(AuthSession).where(AuthSession.last_seen_at < before))
        session.execute(sa.delete(SignInAttempt).where(SignInAttempt.created_at < before))
        if gone.rowcount:  # type: ignore[attr-defined]
            audit.record(
                "accounts.sessions_swept",
                ("auth_session", "old"),
                machine("sweep-sessions"),
                operation=Operation.ERASURE,
                rows=gone.rowcount,  # type: ignore[attr-defined]
            )
        return int(gone.rowcount)  # type: ignore[attr-defined]

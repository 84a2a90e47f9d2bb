"""A session from its last use to its end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, SignInAttempt, Staff
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken

SEEN_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
ENDED = "This session has ended. Sign in again."


def new_token() -> str:
    """A random token of 256 bits, for a cookie or a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of a random token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def hold(staff_id: int) -> Staff:
    """The account, held till the transaction ends: its sessions and factors change in one order."""
    with transaction() as session:
        return session.scalars(
            sa.select(Staff)
            .where(Staff.id == staff_id)
            .with_for_update(key_share=True, of=Staff)
            .execution_options(populate_existing=True)
        ).one()


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


def renew(token: str, **values: object) -> str:
    """Give a session a new token, and what else is to stand in its row; the old token is dead.

    One statement, so that a session that was ended meanwhile stays ended (security.md S-01, S-10).
    """
    fresh = new_token()
    with transaction() as session:
        done = session.execute(
            sa.update(AuthSession)
            .where(AuthSession.id_hash == digest(token), AuthSession.revoked_at.is_(None))
            .values(id_hash=digest(fresh), last_seen_at=clock.now(), **values)
        )
        if done.rowcount != 1:  # type: ignore[attr-defined]
            raise RuleBroken(ENDED)
    return fresh


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


def end_other_sessions(person: Staff, token: str, *, actor: Actor) -> None:
    """End every session of a person but the one of this token."""
    with transaction() as session:
        session.execute(
            sa.update(AuthSession)
            .where(
                AuthSession.staff_id == person.id,
                AuthSession.id_hash != digest(token),
                AuthSession.revoked_at.is_(None),
            )
            .values(revoked_at=clock.now())
        )
        audit.record("accounts.sessions_ended", person, actor, but="this one")


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

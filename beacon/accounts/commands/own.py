"""What a member of staff does about their own account."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from beacon.accounts import passwords, queries
from beacon.accounts.addresses import read_address
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.commands.passwords import keep_hash
from beacon.accounts.commands.sessions import digest
from beacon.accounts.models import AuthSession, SignInAttempt, Staff
from beacon.accounts.terms import NoticeKind
from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken


def change_password(
    person: Staff, *, current: str, password: str, session_id: int, actor: Actor
) -> str:
    """Set another password; this session goes on under a new token, every other one is dead."""
    _prove(person, current, actor)
    passwords.check(password, name=person.name, email=person.email)
    hashed = passwords.hash_password(password)
    with transaction():
        keep_hash(person, hashed, actor=actor)
        end_other_sessions(person, but=session_id, actor=actor)
        notify_owner(person, NoticeKind.PASSWORD_CHANGED, actor.ip or "")
        return renew(session_id)


def change_email(person: Staff, *, current: str, email: str, actor: Actor) -> None:
    """Sign in from now on by another address; the old one is told."""
    wanted = read_address(email)
    _prove(person, current, actor)
    with transaction():
        holder = queries.by_email(wanted)
        if holder is not None and holder.id != person.id:
            raise RuleBroken("There is already an account with that email address.", field="email")
        notify_owner(person, NoticeKind.EMAIL_CHANGED, actor.ip or "")  # to the old address
        person.email, person.email_index = wanted, queries.email_index(wanted)
        audit.record("accounts.email_changed", person, actor, fields=("email",))


def renew(session_id: int) -> str:
    """Give a session another token: whoever copied the old one has nothing."""
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        kept = session.execute(
            sa.update(AuthSession)
            .where(AuthSession.id == session_id, AuthSession.revoked_at.is_(None))
            .values(id_hash=digest(token))
        ).rowcount  # type: ignore[attr-defined]
        if not kept:
            raise RuleBroken("Your session was ended meanwhile. Sign in again.")
    return token


def end_session(person: Staff, session_id: int, *, actor: Actor) -> None:
    """End one of the person's own sessions."""
    with transaction():
        if not _end(AuthSession.staff_id == person.id, AuthSession.id == session_id):
            raise NotFound
        audit.record("accounts.session_ended", ("auth_session", session_id), actor)


def end_other_sessions(person: Staff, *, but: int, actor: Actor) -> int:
    """End every session of the person but one."""
    with transaction():
        ended = _end(AuthSession.staff_id == person.id, AuthSession.id != but)
        audit.record("accounts.sessions_ended", person, actor, rows=ended)
    return ended


def end_every_session(*, but: int, actor: Actor) -> int:
    """End the sessions of everybody, but for the one of whoever orders it."""
    with transaction():
        ended = _end(AuthSession.id != but)
        audit.record("accounts.sessions_ended", ("auth_session", "every"), actor, rows=ended)
    return ended


def _end(*which: sa.ColumnElement[bool]) -> int:
    ended = db.session.execute(
        sa.update(AuthSession)
        .where(*which, AuthSession.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]


def _prove(person: Staff, password: str, actor: Actor) -> None:
    """Refuse a wrong present password, counted as at sign-in: a stolen session may not guess."""
    if queries.lock_on(person.email_index).is_locked:
        raise RuleBroken("Too many wrong passwords. Wait a quarter of an hour.", field="current")
    if passwords.matches(password, person.password_hash):
        return
    with transaction() as session:
        session.add(
            SignInAttempt(email_index=person.email_index, succeeded=False, ip=(actor.ip or "")[:45])
        )
        audit.record(
            "accounts.sign_in_refused",
            person,
            actor,
            operation=Operation.CONSULTATION,
            outcome=Outcome.REFUSED,
            why="password",
        )
    raise RuleBroken("That is not your present password.", field="current")

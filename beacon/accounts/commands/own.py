"""What a member of staff does about their own account."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts import passwords, queries
from beacon.accounts.commands.declaring import declare_as_own
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.commands.passwords import keep_hash, use_up_links
from beacon.accounts.commands.sessions import end_other_sessions, renew
from beacon.accounts.commands.signing_in import check_password
from beacon.accounts.models import AuthSession, Staff
from beacon.accounts.terms import NoticeKind
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.mailbox import read_mailbox


def change_password(person: Staff, *, current: str, password: str, token: str, actor: Actor) -> str:
    """Set another password; this session goes on under a new token, every other one is dead."""
    _ask(person, current, actor)
    passwords.check(password, name=person.name, email=person.email)
    hashed = passwords.hash_password(password)
    with transaction():
        keep_hash(person, hashed, actor=actor)
        fresh = renew(token)
        end_other_sessions(person, fresh, actor=actor)
        notify_owner(person, NoticeKind.PASSWORD_CHANGED, actor.ip or "")
        return fresh


def change_email(person: Staff, *, current: str, email: str, actor: Actor) -> None:
    """Sign in from now on by another address; the old one is told, and is still theirs (Z-12)."""
    try:
        wanted = read_mailbox(email)
    except ValueError as wrong:
        raise RuleBroken(str(wrong), field="email") from wrong
    _ask(person, current, actor)
    with transaction():
        holder = queries.by_email(wanted)
        if holder is not None and holder.id != person.id:
            raise RuleBroken("There is already an account with that email address.", field="email")
        notify_owner(person, NoticeKind.EMAIL_CHANGED, actor.ip or "")  # to the old address
        declare_as_own(person, person.email, actor=actor)
        person.email, person.email_index = wanted, queries.email_index(wanted)
        use_up_links(person)  # they were mailed to the old address
        audit.record("accounts.email_changed", person, actor, fields=("email",))


def end_session(person: Staff, session_id: int, *, actor: Actor) -> None:
    """End one of the person's own sessions."""
    with transaction():
        if not _end(AuthSession.staff_id == person.id, AuthSession.id == session_id):
            raise NotFound
        audit.record("accounts.session_ended", ("auth_session", session_id), actor)


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


def _ask(person: Staff, password: str, actor: Actor) -> None:
    """Ask for the present password, counted as at the door: a stolen session may not guess."""
    try:
        check_password(person, password, actor=actor)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="current_password") from refusal

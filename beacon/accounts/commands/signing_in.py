"""Signing in: a password tried and counted, then a session that is whole or waits for a code."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from beacon.accounts import devices, passwords, queries
from beacon.accounts.commands import attempts
from beacon.accounts.commands.attempts import Door
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.commands.sessions import digest, hold, new_token, renew
from beacon.accounts.models import AuthSession, Staff
from beacon.accounts.terms import AttemptKind, NoticeKind
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import let_go, transaction
from beacon.core.errors import RuleBroken

WRONG = "The email or the password is not right, or the account cannot sign in at the moment."
WRONG_PASSWORD = "The password is not right, or none is taken for this account at the moment."  # noqa: S105  # nosec B105


class Tried(NamedTuple):
    """A password that was looked at: why it will not do, or nothing, and the hash it is of."""

    why: str
    hashed: str


def sign_in(email: str, password: str, *, ip: str, agent: str, instead_of: str = "") -> str:
    """Try a password; give the token of a new session, in which nothing is open yet.

    The refusal never says what was wrong. The session that the browser held before is ended.
    """
    person = queries.by_email(email)
    door = Door(index=queries.email_index(email), kind=AttemptKind.PASSWORD, ip=ip, person=person)
    attempt = attempts.reserve(door)
    with attempts.counted_if_looked_at(attempt):
        tried = _look_at(person, password) if attempt else Tried("locked", "")
    if person is None or attempt is None or tried.why:
        attempts.was_refused(door, tried.why)
        raise RuleBroken(WRONG)
    better = ""
    if passwords.is_outdated(tried.hashed):
        with attempts.counted_if_looked_at(attempt):
            better = passwords.hash_password(password)
    token = new_token()
    with transaction() as session:
        if hold(person.id).password_hash != tried.hashed:
            raise RuleBroken(WRONG)  # it was changed while it was compared
        person.password_hash = better or person.password_hash
        _end(instead_of)
        session.add(
            AuthSession(
                id_hash=digest(token),
                staff_id=person.id,
                last_seen_at=clock.now(),
                ip=ip[:45],
                agent=agent[:200],
            )
        )
        attempts.was_right(attempt)
        audit.record(
            "accounts.password_given", person, door.actor, operation=Operation.CONSULTATION
        )
    return token


def _look_at(person: Staff | None, password: str) -> Tried:
    """Compare a password, at the cost of one hash whoever is named (security.md A-14)."""
    hashed = person.password_hash if person else ""
    let_go()  # the hash takes longer than all else, and may wait its turn
    right = passwords.matches(password, hashed)
    if person is None:
        return Tried("unknown", hashed)
    if not right:
        return Tried(_why_wrong(password, hashed), hashed)
    if person.may_sign_in(clock.today()):
        return Tried("", hashed)
    return Tried("disabled" if person.disabled_at else "ended", hashed)


def _why_wrong(password: str, hashed: str) -> str:
    """The cause, for the log alone."""
    if len(password) > passwords.LONGEST:
        return "long"
    return "password" if hashed else "no_password"


def _end(token: str) -> None:
    """End the session that the browser held before, whoever was signed in."""
    with transaction() as session:
        session.execute(
            sa.update(AuthSession)
            .where(AuthSession.id_hash == digest(token), AuthSession.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )


def check_password(person: Staff, password: str, *, actor: Actor) -> None:
    """Ask a person who is signed in for their password, and count it as at the door."""
    door = Door(
        index=person.email_index, kind=AttemptKind.PASSWORD, ip=actor.ip or "", person=person
    )
    attempt = attempts.reserve(door)
    with attempts.counted_if_looked_at(attempt):
        why = _look_at(person, password).why if attempt else "locked"
    if attempt is None or why:
        attempts.was_refused(door, why)
        raise RuleBroken(WRONG_PASSWORD, field="password")
    attempts.was_right(attempt)


def open_without_factor(token: str, *, actor: Actor) -> str:
    """Let a person in by the password alone, where nothing more is asked: the demonstration."""
    with transaction():
        hold(actor.id or 0)
        fresh = renew(token, proved_at=clock.now())
        arrive(fresh, actor=actor)
    return fresh


def arrive(token: str, *, actor: Actor) -> None:
    """The person has shown everything that is asked: note it, and look at what is new about it."""
    with transaction() as session:
        row = session.scalars(
            sa.select(AuthSession).where(AuthSession.id_hash == digest(token))
        ).one()
        person = hold(row.staff_id)
        is_first = person.last_signed_in_at is None
        person.last_signed_in_at = clock.now()
        audit.record("accounts.signed_in", person, actor, operation=Operation.CONSULTATION)
        earlier = queries.earlier_sessions(row)
        if devices.is_news(row.ip, row.agent, earlier, is_first=is_first):
            notify_owner(person, NoticeKind.NEW_DEVICE, row.ip)
            audit.record("accounts.new_device", person, actor, row=row.id)
        _end_the_oldest(person, row, actor=actor)


def _end_the_oldest(person: Staff, row: AuthSession, *, actor: Actor) -> None:
    """Keep a person to so many sessions at a time; the one just begun is never ended."""
    living = [one for one in queries.living_sessions(person.id) if one.id != row.id]
    surplus = len(living) + 1 - settings.count("accounts.sessions_at_most")
    if surplus <= 0:
        return
    with transaction():
        for one in living[:surplus]:
            one.revoked_at = clock.now()
            audit.record("accounts.session_displaced", person, actor, row=one.id)
        notify_owner(person, NoticeKind.DISPLACED)

"""Signing in: a password tried, counted, and answered with a session or one plain refusal."""

from __future__ import annotations

import secrets

from beacon.accounts import passwords, queries
from beacon.accounts.commands.sessions import digest
from beacon.accounts.models import AuthSession, SignInAttempt, Staff
from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken

WRONG = "The email or the password is not right, or the account cannot sign in at the moment."


def sign_in(email: str, password: str, *, ip: str, agent: str) -> str:
    """Try a password; give the new session's token. The refusal never says what was wrong."""
    index = queries.email_index(email)
    person = queries.by_email(email)
    locked = queries.lock_on(index).is_locked
    if locked or len(password) > passwords.LONGEST:
        _count_attempt(index, person, succeeded=False, ip=ip, why="locked" if locked else "long")
        raise RuleBroken(WRONG)
    right = passwords.matches(password, person.password_hash if person else "")
    if person is None or not right or not person.may_sign_in(clock.today()):
        _count_attempt(index, person, succeeded=False, ip=ip, why="password")
        raise RuleBroken(WRONG)
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        if passwords.is_outdated(person.password_hash):
            person.password_hash = passwords.hash_password(password)
        session.add(
            AuthSession(
                id_hash=digest(token),
                staff_id=person.id,
                last_seen_at=clock.now(),
                proved_at=clock.now(),
                ip=ip[:45],
                agent=agent[:200],
            )
        )
        _count_attempt(index, person, succeeded=True, ip=ip, why="")
    return token


def _count_attempt(index: str, person: Staff | None, *, succeeded: bool, ip: str, why: str) -> None:
    actor = (
        Actor(kind="staff", name=person.name, id=person.id, ip=ip)
        if person
        else Actor(kind="nobody", name="unknown address", ip=ip)
    )
    with transaction() as session:
        session.add(SignInAttempt(email_index=index, succeeded=succeeded, ip=ip[:45]))
        audit.record(
            "accounts.signed_in" if succeeded else "accounts.sign_in_refused",
            person if person else ("staff", "unknown"),
            actor,
            operation=Operation.CONSULTATION,
            outcome=Outcome.DONE if succeeded else Outcome.REFUSED,
            why=why or None,
        )

"""Making accounts, signing in and out, and changing settings."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts import passwords, queries
from beacon.accounts.models import AuthSession, SetupLink, SignInAttempt, Staff, StaffRole, Team
from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock, settings
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.core.settings import Setting

LINK_LIVES = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)
WRONG = "The email or the password is not right, or the account cannot sign in at the moment."


def digest(token: str) -> str:
    """What is kept of a random token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_staff(
    *,
    email: str,
    name: str,
    roles: Collection[Role],
    team: str | None = None,
    agency: str | None = None,
    actor: Actor,
) -> Staff:
    """Make an account without a password. The same e-mail twice is refused."""
    if not name.strip():
        raise RuleBroken("Enter the person's name.", field="name")
    if "@" not in email.strip().strip("@"):
        raise RuleBroken("Enter an email address like name@example.org.", field="email")
    if not roles:
        raise RuleBroken("Choose at least one role.", field="roles")
    if Role.PARTNER in roles and not agency:
        raise RuleBroken("A partner's account needs its agency.", field="agency")
    with transaction() as session:
        if queries.by_email(email) is not None:
            raise RuleBroken("There is already an account with that email address.", field="email")
        person = Staff(
            name=name.strip(),
            email_index=queries.email_index(email),
            team=_team(team) if team else None,
            agency=agency or None,
            role_rows=[StaffRole(role=role) for role in sorted(set(roles))],
        )
        person.email = email.strip()
        session.add(person)
        audit.record(
            "accounts.created",
            person,
            actor,
            operation=Operation.COLLECTION,
            roles=",".join(sorted(roles)),
        )
    return person


def _team(name: str) -> Team:
    with transaction() as session:
        team = session.scalar(sa.select(Team).where(Team.name == name.strip()))
        if team is None:
            team = Team(name=name.strip())
            session.add(team)
            session.flush()
        return team


def issue_setup_link(person: Staff, *, actor: Actor) -> str:
    """A single-use token, good for a day, by which the person sets a password."""
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        session.execute(
            sa.update(SetupLink)
            .where(SetupLink.staff_id == person.id, SetupLink.used_at.is_(None))
            .values(used_at=clock.now())
        )
        session.add(
            SetupLink(
                token_hash=digest(token),
                staff_id=person.id,
                expires_at=clock.now() + LINK_LIVES,
            )
        )
        audit.record("accounts.invited", person, actor)
    return token


def set_password(person: Staff, password: str, *, actor: Actor) -> None:
    """Set a password and end every session of the person."""
    passwords.check(password, name=person.name, email=person.email)
    hashed = passwords.hash_password(password)
    with transaction():
        person.password_hash = hashed
        end_sessions(person, actor=actor)
        audit.record("accounts.password_set", person, actor, fields=("password_hash",))


def use_setup_link(token: str, password: str) -> Staff:
    """Set the password by the link's token, once."""
    refusal = RuleBroken("This link has been used or has expired. Ask for a new one.")
    with transaction() as session:
        link = session.scalar(
            sa.select(SetupLink).where(SetupLink.token_hash == digest(token)).with_for_update()
        )
        if link is None or link.used_at is not None or link.expires_at < clock.now():
            raise refusal
        actor = Actor(kind="staff", name=link.staff.name, id=link.staff.id)
        set_password(link.staff, password, actor=actor)
        link.used_at = clock.now()
        return link.staff


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


def disable(person: Staff, *, actor: Actor) -> None:
    """Stop a person from signing in, from the next request on."""
    if actor.id == person.id:
        raise RuleBroken("You cannot disable your own account. Ask another administrator.")
    with transaction():
        person.disabled_at = person.disabled_at or clock.now()
        end_sessions(person, actor=actor)
        audit.record("accounts.disabled", person, actor, fields=("disabled_at",))


def change_setting(name: str, text: str, *, actor: Actor) -> None:
    """Change one window, cap, standard or threshold."""
    text = settings.check(name, text)
    with transaction() as session:
        row = session.scalar(sa.select(Setting).where(Setting.name == name))
        was = row.text if row else settings.KNOWN[name].default
        if row is None:
            row = Setting(name=name, text=text)
            session.add(row)
        row.text = text
        audit.record("setting.changed", ("setting", name), actor, was=was, now=text)


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

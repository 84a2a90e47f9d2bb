"""Setting a password: by a single-use link, or at once in the demonstration."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts import passwords
from beacon.accounts.commands.sessions import digest, end_sessions
from beacon.accounts.models import SetupLink, Staff
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken

LINK_LIVES = timedelta(hours=24)


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

"""Setting a password: by a single-use link, or at once in the demonstration."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts import passwords
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.commands.sessions import digest, end_sessions
from beacon.accounts.models import SetupLink, Staff
from beacon.accounts.terms import LinkPurpose, NoticeKind
from beacon.audit import commands as audit
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.mail import commands as mail
from beacon.mail import post

INVITATION_LIVES = timedelta(hours=24)
USED = "This link has been used or has expired. Ask for a new one."
INVITED = """\
You have been given an account in Beacon.

Set your password here. The link works once, within a day:

{link}

If you did not expect this, tell an administrator of Beacon.
"""


def issue_setup_link(
    person: Staff, *, purpose: LinkPurpose = LinkPurpose.INVITATION, actor: Actor
) -> str:
    """A single-use token by which the person sets a password; earlier ones of its kind are dead."""
    token = secrets.token_urlsafe(32)
    is_invitation = purpose is LinkPurpose.INVITATION
    lives = INVITATION_LIVES if is_invitation else _reset_lives()
    with transaction() as session:
        # A reset that a stranger asks for must not kill an invitation.
        use_up_links(person, None if is_invitation else purpose)
        session.add(
            SetupLink(
                token_hash=digest(token),
                staff_id=person.id,
                purpose=purpose,
                expires_at=clock.now() + lives,
            )
        )
        action = "accounts.invited" if is_invitation else "accounts.reset_given"
        audit.record(action, person, actor)
    return token


def invite(person: Staff, *, actor: Actor) -> str:
    """Send the person a link that sets a password; where no mail leaves, give it to be shown."""
    with transaction():
        link = link_of(issue_setup_link(person, actor=actor))
        if not post.is_real():
            return link
        words = INVITED.format(link=link)
        mail.write(to=person.email, subject="Beacon: your account", body=words, actor=actor)
    return ""


def link_of(token: str) -> str:
    """The address at which the token sets a password."""
    return post.address(f"/set-password/{token}")


def set_password(person: Staff, password: str, *, actor: Actor) -> None:
    """Set a password and end every session of the person."""
    passwords.check(password, name=person.name, email=person.email)
    hashed = passwords.hash_password(password)
    with transaction():
        _keep(person, hashed, actor)


def use_setup_link(token: str, password: str) -> Staff:
    """Set the password by the link's token, once."""
    person = _good(token).staff
    passwords.check(password, name=person.name, email=person.email)
    hashed = passwords.hash_password(password)  # before the lock: nobody waits for it
    with transaction():
        link = _good(token, hold=True)
        person = link.staff
        actor = Actor(kind="staff", name=person.name, id=person.id)
        is_first = not person.password_hash
        _keep(person, hashed, actor)
        if not is_first:
            notify_owner(person, NoticeKind.PASSWORD_CHANGED)
    return person


def keep_hash(person: Staff, hashed: str, *, actor: Actor) -> None:
    """Keep the hash of a new password; every link that could set another is dead."""
    person.password_hash = hashed
    use_up_links(person)
    audit.record("accounts.password_set", person, actor, fields=("password_hash",))


def _keep(person: Staff, hashed: str, actor: Actor) -> None:
    end_sessions(person, actor=actor)
    keep_hash(person, hashed, actor=actor)


def _good(token: str, *, hold: bool = False) -> SetupLink:
    """The link of this token, refused where it cannot set a password any more."""
    query = sa.select(SetupLink).where(SetupLink.token_hash == digest(token))
    link = db.session.scalar(query.with_for_update(of=SetupLink) if hold else query)
    if link is None or link.used_at is not None or link.expires_at < clock.now():
        raise RuleBroken(USED)
    if not link.staff.may_sign_in(clock.today()):
        raise RuleBroken(USED)
    return link


def use_up_links(person: Staff, purpose: LinkPurpose | None = None) -> None:
    """No open link of the person works any more: of one purpose, or of every one."""
    query = sa.update(SetupLink).where(SetupLink.staff_id == person.id, SetupLink.used_at.is_(None))
    if purpose is not None:
        query = query.where(SetupLink.purpose == purpose)
    db.session.execute(query.values(used_at=clock.now()))


def _reset_lives() -> timedelta:
    return timedelta(minutes=settings.count("accounts.reset_minutes"))

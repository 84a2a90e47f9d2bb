"""Telling the owner of an account what has happened to it."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Notice, Staff
from beacon.accounts.terms import NoticeKind
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.mail import commands as mail

TELLER = machine("notices")
SUBJECT = "Beacon: a change to your account"
WORDS = """\
{what}

This was on {day} at {time}.

If it was you, or you asked for it, there is nothing to do.
If it was not, tell an administrator of Beacon at once.
"""


def notify_owner(person: Staff, kind: NoticeKind, ip: str = "") -> None:
    """Tell the owner on the next page they open and, at the address held now, by mail."""
    at = clock.london(clock.now())
    with transaction() as session:
        session.add(Notice(staff_id=person.id, kind=kind, ip=ip[:45]))
        words = WORDS.format(what=kind.label, day=f"{at.day} {at:%B %Y}", time=f"{at:%H:%M}")
        mail.write(to=person.email, subject=SUBJECT, body=words, actor=TELLER)


def see_notices(upto: int, *, actor: Actor) -> None:
    """Put away one's own notices up to the last that the page showed."""
    with transaction() as session:
        session.execute(
            sa.update(Notice)
            .where(Notice.staff_id == actor.id, Notice.id <= upto, Notice.seen_at.is_(None))
            .values(seen_at=clock.now())
        )

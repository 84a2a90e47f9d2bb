"""Telling the owner of an account what happened to it."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Notice, Staff
from beacon.accounts.terms import NoticeKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction


def notify_owner(person: Staff, kind: NoticeKind, ip: str = "") -> None:
    """Leave a notice for the owner of an account, to be seen on the next page they open."""
    with transaction() as session:
        session.add(Notice(staff_id=person.id, kind=kind, ip=ip[:45]))


def see_notices(upto: int, *, actor: Actor) -> None:
    """Put away one's own notices up to the last that the page showed."""
    with transaction() as session:
        session.execute(
            sa.update(Notice)
            .where(Notice.staff_id == actor.id, Notice.id <= upto, Notice.seen_at.is_(None))
            .values(seen_at=clock.now())
        )

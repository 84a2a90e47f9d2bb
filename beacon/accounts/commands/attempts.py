"""Counting what is tried at a door, before anything is compared (security.md A-11, A-12, A-18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts import queries
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.models import Notice, SignInAttempt, Staff
from beacon.accounts.terms import AttemptKind, NoticeKind
from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Outcome
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import Unavailable

# The first half of the name of an advisory lock; the second is of the address that is tried.
DOOR = 0x446F6F72


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where something is tried: at whose address, which kind of secret, and from where."""

    index: str
    kind: AttemptKind
    ip: str
    person: Staff | None

    @property
    def subject(self) -> Staff | tuple[str, str]:
        """The account as the log names it."""
        return self.person or ("staff", "unknown")

    @property
    def actor(self) -> Actor:
        """Who stands at the door: the person named, for all that is known."""
        if self.person is None:
            return Actor(kind="nobody", name="unknown address", ip=self.ip)
        return Actor(kind="staff", name=self.person.name, id=self.person.id, ip=self.ip)


def reserve(door: Door) -> int | None:
    """Count one try as wrong before it is looked at; None where no more are taken now.

    Committed at once, so that whatever is tried at the same moment elsewhere is counted too.
    """
    with transaction() as session:
        _one_at_a_time(session, door)
        if queries.lock_on(door.index, door.kind).is_locked:
            return None
        row = SignInAttempt(
            email_index=door.index, kind=door.kind, succeeded=False, ip=door.ip[:45]
        )
        session.add(row)
        session.flush()
        return row.id


@contextmanager
def counted_if_looked_at(attempt: int | None) -> Iterator[None]:
    """Take a try back where there was no room to compare it: a busy hasher locks nobody out."""
    try:
        yield
    except Unavailable:
        with transaction() as session:
            session.execute(sa.delete(SignInAttempt).where(SignInAttempt.id == attempt))
        raise


def was_right(attempt: int) -> None:
    """Correct a try that was counted as wrong."""
    with transaction() as session:
        session.execute(
            sa.update(SignInAttempt).where(SignInAttempt.id == attempt).values(succeeded=True)
        )


def was_refused(door: Door, why: str) -> None:
    """Write down why a try was refused; tell the owner, once, where it has locked the account."""
    with transaction() as session:
        _one_at_a_time(session, door)
        audit.record(
            "accounts.sign_in_refused"
            if door.kind is AttemptKind.PASSWORD
            else "accounts.code_refused",
            door.subject,
            door.actor,
            operation=Operation.CONSULTATION,
            outcome=Outcome.REFUSED,
            why=why,
        )
        lock = queries.lock_on(door.index, door.kind)
        if door.person is None or lock.since is None:
            return
        told = sa.select(Notice.id).where(
            Notice.staff_id == door.person.id,
            Notice.kind == NoticeKind.LOCKED,
            Notice.created_at >= lock.since,
        )
        if session.scalar(told.limit(1)) is None:
            notify_owner(door.person, NoticeKind.LOCKED, door.ip)
            audit.record("accounts.locked", door.person, door.actor, kind=door.kind.value)


def _one_at_a_time(session: Session, door: Door) -> None:
    """Let one worker count at this address; SQLite has one writer in any case."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(DOOR, int(door.index[:7], 16))))

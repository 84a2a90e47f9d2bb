"""What a person sees of their own account: where they are signed in, whom they declared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.accounts import rules, withdrawing
from beacon.accounts.models import AuthSession, DeclaredContact
from beacon.accounts.terms import Relation
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """One browser in which a person is signed in."""

    id: int
    began_at: datetime
    last_seen_at: datetime
    ip: str
    device: str
    is_this: bool


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One person, number or home that was declared, as its author reads it."""

    id: int
    relation: Relation
    facts: dict[str, str]
    on: datetime
    is_asked: bool  # to be taken back, and nobody has looked at it yet

    @property
    def name(self) -> str:
        """The name that was given, if one was."""
        return " ".join(
            self.facts[part] for part in ("first_name", "last_name") if part in self.facts
        )


def is_live() -> list[sa.ColumnElement[bool]]:
    """What holds of a session that still lets somebody in."""
    now = clock.now()
    idle = timedelta(minutes=settings.count("accounts.idle_minutes"))
    oldest = timedelta(hours=settings.count("accounts.absolute_hours"))
    return [
        AuthSession.revoked_at.is_(None),
        AuthSession.last_seen_at >= now - idle,
        AuthSession.created_at >= now - oldest,
    ]


def sessions_of(staff_id: int, *, present: int = 0) -> list[OpenSession]:
    """Where a person is signed in, the present browser first, then the last used."""
    rows = db.session.execute(
        sa.select(
            AuthSession.id,
            AuthSession.created_at,
            AuthSession.last_seen_at,
            AuthSession.ip,
            AuthSession.agent,
        )
        .where(AuthSession.staff_id == staff_id, *is_live())
        .order_by(AuthSession.last_seen_at.desc(), AuthSession.id.desc())
    )
    found = [
        OpenSession(
            id=row.id,
            began_at=row.created_at,
            last_seen_at=row.last_seen_at,
            ip=row.ip,
            device=rules.device_of(row.agent),
            is_this=row.id == present,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_this)


def declared_by(staff_id: int) -> list[Declared]:
    """Whom a person has declared and not withdrawn, the first declared first."""
    rows = db.session.scalars(
        sa.select(DeclaredContact)
        .where(DeclaredContact.staff_id == staff_id, DeclaredContact.withdrawn_at.is_(None))
        .order_by(DeclaredContact.id)
    )
    asked = withdrawing.waiting(staff_id)
    return [
        Declared(
            id=row.id,
            relation=row.relation,
            facts=json.loads(row.facts),
            on=row.created_at,
            is_asked=row.id in asked,
        )
        for row in rows
    ]


def one_declared(staff_id: int, declared_id: int) -> Declared:
    """One of those whom a person has declared and not withdrawn."""
    for one in declared_by(staff_id):
        if one.id == declared_id:
            return one
    raise NotFound

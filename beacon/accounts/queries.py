"""Who works here, and whether somebody may try a password now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts.models import AuthSession, SignInAttempt, Staff, StaffRole, Team
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.core.sealed import blind_index


def email_index(email: str) -> str:
    """The blind index of an e-mail address in its normal form."""
    return blind_index("email", email.strip().casefold())


def by_email(email: str) -> Staff | None:
    """The member of staff with this address, if there is one."""
    return db.session.scalar(sa.select(Staff).where(Staff.email_index == email_index(email)))


def get_staff(staff_id: int) -> Staff:
    """One member of staff, or NotFound."""
    person = db.session.get(Staff, staff_id)
    if person is None:
        raise NotFound
    return person


def everyone() -> list[Staff]:
    """All staff, those who may sign in first, then by name."""
    query = sa.select(Staff).order_by(Staff.disabled_at.is_not(None), Staff.name, Staff.id)
    return list(db.session.scalars(query))


def teams() -> list[Team]:
    """The teams by name."""
    return list(db.session.scalars(sa.select(Team).order_by(Team.name)))


def holding(*roles: Role, team_id: int | None = None) -> list[Staff]:
    """Staff who may sign in and hold one of the roles, by name; of one team where it is named."""
    query = (
        sa.select(Staff)
        .where(
            Staff.id.in_(sa.select(StaffRole.staff_id).where(StaffRole.role.in_(roles))),
            Staff.disabled_at.is_(None),
        )
        .order_by(Staff.name, Staff.id)
    )
    if team_id is not None:
        query = query.where(Staff.team_id == team_id)
    return [person for person in db.session.scalars(query) if person.may_sign_in(clock.today())]


@dataclass(frozen=True)
class Lock:
    """Whether an address is locked after wrong passwords, and how many have been tried."""

    wrong: int
    is_locked: bool


def lock_on(index: str) -> Lock:
    """Count the wrong passwords since the last right one, within the lock's minutes.

    Counted in the database, so that every worker counts together (security.md A-11, A-12).
    """
    since = clock.now() - timedelta(minutes=settings.count("accounts.lock_minutes"))
    good = sa.select(sa.func.max(SignInAttempt.id)).where(
        SignInAttempt.email_index == index, SignInAttempt.succeeded.is_(True)
    )
    wrong = db.session.scalar(
        sa.select(sa.func.count()).where(
            SignInAttempt.email_index == index,
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.created_at > since,
            SignInAttempt.id > sa.func.coalesce(good.scalar_subquery(), 0),
        )
    )
    return Lock(wrong or 0, (wrong or 0) >= settings.count("accounts.lock_after"))


def live_session(id_hash: str) -> AuthSession | None:
    """The session of this token's hash, if it is neither revoked, idle too long nor too old."""
    session = db.session.scalar(sa.select(AuthSession).where(AuthSession.id_hash == id_hash))
    if session is None or session.revoked_at is not None:
        return None
    now = clock.now()
    idle = timedelta(minutes=settings.count("accounts.idle_minutes"))
    oldest = timedelta(hours=settings.count("accounts.absolute_hours"))
    if now - session.last_seen_at > idle or now - session.created_at > oldest:
        return None
    return session if session.staff.may_sign_in(clock.today()) else None

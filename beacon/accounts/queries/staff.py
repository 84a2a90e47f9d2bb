"""Who works here."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Staff, StaffRole, Team
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.phone import readable
from beacon.core.roles import Role
from beacon.core.sealed import blind_index


def email_index(email: str) -> str:
    """The blind index of an e-mail address in its normal form."""
    return blind_index("email", email.strip().casefold())


def by_email(email: str) -> Staff | None:
    """The member of staff with this address, if there is one."""
    return by_index(email_index(email))


def by_index(index: str) -> Staff | None:
    """The member of staff whose address has this blind index, if there is one."""
    return db.session.scalar(sa.select(Staff).where(Staff.email_index == index))


def get_staff(staff_id: int) -> Staff:
    """One member of staff, or NotFound."""
    person = db.session.get(Staff, staff_id)
    if person is None:
        raise NotFound
    return person


def phone_of(person: Staff) -> str:
    """The person's own number as it is dialled here; empty where none is known."""
    return readable(person.phone)


def everyone() -> list[Staff]:
    """All staff, those who may sign in first, then by name."""
    query = sa.select(Staff).order_by(Staff.disabled_at.is_not(None), Staff.name, Staff.id)
    return list(db.session.scalars(query))


def teams() -> list[Team]:
    """The teams by name."""
    return list(db.session.scalars(sa.select(Team).order_by(Team.name)))


def holding(*roles: Role, team_id: int | None = None) -> list[Staff]:
    """Staff who may sign in and hold one of the roles, by name; of one team where it is named."""
    query = who_hold(*roles, team_id=team_id)
    return [person for person in db.session.scalars(query) if person.may_sign_in(clock.today())]


def who_hold(*roles: Role, team_id: int | None = None) -> sa.Select[Staff]:
    """The same as a query; whether each may sign in on a day is still to be seen."""
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
    return query

"""Which members of staff must not meet a person here."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from beacon.accounts.models import DeclaredContact, Staff, StaffRole
from beacon.core import lots, together
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people.access import staff_who_know, victims_in_conflict
from beacon.people.models import Victim


def staff_in_conflict(victim_id: int) -> set[int]:
    """Who is this person, leads them, or has declared them (security.md Z-11, Z-12)."""
    known = db.session.execute(staff_who_know(victim_id)).all()
    themselves = {staff_id for staff_id, is_self in known if is_self}
    return {staff_id for staff_id, _ in known} | _leaders_of(themselves)


@asking
def known_as_kin(viewer: Viewer, victim_ids: Iterable[int]) -> Asking[set[int]]:
    """Those of these people whom the viewer must not meet."""
    met = Victim.id.in_(list(victim_ids)), Victim.id.in_(victims_in_conflict(viewer))
    found = yield from together.scalars(sa.select(Victim.id).where(*met))
    return set(found)


def is_member_of_staff(victim: Victim) -> bool:
    """Whether the person works here, by their own word or by their email address."""
    if lots.is_new(victim):
        return False  # whoever opened the lot has asked `marks_of_staff`
    return any(is_self for _, is_self in db.session.execute(staff_who_know(victim.id)))


def marks_of_staff() -> frozenset[str]:
    """The indexes of every number and address by which somebody who works here may be known."""
    declared = sa.select(
        DeclaredContact.point_index, DeclaredContact.address_index, DeclaredContact.postcode_index
    ).where(DeclaredContact.withdrawn_at.is_(None))
    marks = {mark for row in db.session.execute(declared) for mark in row}
    marks |= set(db.session.scalars(sa.select(Staff.email_index)))
    return frozenset(mark for mark in marks if mark)


def _leaders_of(staff_ids: set[int]) -> set[int]:
    if not staff_ids:
        return set()
    teams = sa.select(Staff.team_id).where(Staff.id.in_(staff_ids), Staff.team_id.is_not(None))
    leads = sa.select(StaffRole.staff_id).where(StaffRole.role == Role.TEAM_LEADER)
    return set(
        db.session.scalars(
            sa.select(Staff.id).where(Staff.id.in_(leads), Staff.team_id.in_(teams.correlate(None)))
        )
    )

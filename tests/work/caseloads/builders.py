"""A made-up team for the tests of caseloads: say only what your test is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.caseloads import commands, queries
from beacon.caseloads.commands import PatternGiven
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import EnhancedGround
from tests.factories import TEST, a_case, a_member_of_staff


def a_manager(name: str, *, leave: tuple[date, date] | None = None, **known: Any) -> Staff:
    """Somebody who manages cases, with a working pattern where one is said."""
    person = a_member_of_staff(
        *known.pop("roles", (Role.CASE_MANAGER,)), name=name, team=known.pop("team", "North")
    )
    if known:
        commands.set_pattern(person, PatternGiven(**known), version=0, actor=TEST)
    if leave:
        commands.add_leave(person, *leave, actor=TEST)
    return person


def an_enhanced_case(**known: Any) -> CaseFile:
    """A case of a domestic abuse victim, whom nobody answers for yet."""
    flag = (EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")
    return a_case(domestic_abuse=True, proposals=[flag], **known)


def carried(person: Staff) -> tuple[int, int]:
    """The points that somebody carries now, and how many they may."""
    db.session.rollback()
    (manager,) = queries.managers([db.session.get_one(Staff, person.id)])
    return manager.points, manager.pattern.capacity


def manager_ids(cases: list[CaseFile]) -> list[int | None]:
    """Who answers for each of these cases now."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(CaseFile.id, CaseFile.manager_id).where(
            CaseFile.id.in_([case.id for case in cases])
        )
    )
    held = {row.id: row.manager_id for row in rows}
    return [held[case.id] for case in cases]

"""In which parts of the words of search a viewer may look: what role and team let them see.

An index of the words begins with each part, so that a search walks nobody else's cases, and takes
no longer for them (security.md Z-07). Which case is seen is still for the scope to say, case by
case; a test holds that what is found is what is seen.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from beacon.cases.access import Sight, broken_by, covered, linked_to_own, sight_of
from beacon.cases.models import CaseFile, CaseName
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.people.models import SearchKey
from beacon.people.queries import Way

_HAS_CASE = SearchKey.case_id.is_not(None)
_OPEN = sa.and_(_HAS_CASE, SearchKey.restricted.is_(False))
_OF_MANAGER = SearchKey.manager_id == sa.bindparam("manager")
_OF_TEAM = SearchKey.team_id == sa.bindparam("team")
_FRAUD = sa.and_(SearchKey.is_fraud == sa.true(), _OPEN)
_OWN = sa.and_(_OF_MANAGER, _HAS_CASE)
_TEAM = sa.and_(_OF_TEAM, _OPEN)
_TEAM_LED = sa.and_(_OF_TEAM, _HAS_CASE)
_NO_TEAM = sa.and_(SearchKey.team_id.is_(None), _HAS_CASE)


def ways(viewer: Viewer) -> list[Way]:
    """The parts that hold every case which role and team let this viewer see."""
    if viewer.is_machine:
        return [Way(_HAS_CASE)]
    if Role.PARTNER in viewer.roles:
        return []
    found = []
    if Role.INTAKE_OFFICER in viewer.roles:
        found.append(Way(_OPEN))
    elif Role.FRAUD_OFFICER in viewer.roles:
        found.append(Way(_FRAUD))
    leads = Role.TEAM_LEADER in viewer.roles
    if leads or Role.CASE_MANAGER in viewer.roles:
        found.append(Way(_OWN, {"manager": viewer.id}))
        if viewer.team_id is not None:
            found.append(Way(_TEAM_LED if leads else _TEAM, {"team": viewer.team_id}))
    if leads:
        found.append(Way(_NO_TEAM))
    return found


def one_by_one(viewer: Viewer) -> list[int]:
    """The few cases that a viewer comes to by themselves, by their ids: named, covered, linked."""
    return list(db.session.scalars(_few(sight_of(viewer), clock.today())))


# Putting it together takes longer than asking; cover ends with its last day.
@lru_cache(maxsize=1_000)
def _few(viewer: Sight, _day: date) -> sa.CompoundSelect[int]:
    named = sa.select(CaseName.case_id).where(
        CaseName.staff_id == viewer.id, CaseName.removed_at.is_(None)
    )
    few = [named]
    in_anothers_place = covered(viewer)
    if not in_anothers_place.compare(sa.false()):  # who may not cover asks nothing
        few.append(sa.select(CaseFile.id).where(in_anothers_place))
    if viewer.is_reading:
        few += [broken_by(viewer), sa.select(CaseFile.id).where(linked_to_own(viewer))]
    return sa.union_all(*few)

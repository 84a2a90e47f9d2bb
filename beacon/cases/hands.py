"""Whose own work a case is, and which people a restricted case shields: told to people.

A number in one's own caseload is shown at one press; any other asks why (security.md TM-01, P-04).
"""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.access import covered
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.people.access import in_hand_through, restricted_through
from beacon.people.models import Victim

Condition = sa.ColumnElement[bool]


def in_hand(viewer: Viewer) -> Condition:
    """Cases that are not closed and are the viewer's own, for good or for a while, or nobody's and
    theirs to take on."""
    taken_on = [takes(viewer) for role, takes in _TAKES_ON.items() if role in viewer.roles]
    nobodys = sa.and_(CaseFile.manager_id.is_(None), sa.or_(sa.false(), *taken_on))
    return sa.and_(
        CaseFile.closed_at.is_(None),
        sa.or_(CaseFile.manager_id == viewer.id, covered(viewer), nobodys),
        scope.condition(viewer, CaseFile),
    )


def _every(viewer: Viewer) -> Condition:
    return sa.true()


def _team_or_no_team(viewer: Viewer) -> Condition:
    no_team = CaseFile.team_id.is_(None)
    if viewer.team_id is None:
        return no_team
    return sa.or_(no_team, CaseFile.team_id == viewer.team_id)


def _fraud(viewer: Viewer) -> Condition:
    return CaseFile.crime_id.in_(sa.select(Crime.id).where(Crime.kind == CrimeKind.FRAUD))


_TAKES_ON = {
    Role.INTAKE_OFFICER: _every,
    Role.TEAM_LEADER: _team_or_no_team,
    Role.FRAUD_OFFICER: _fraud,
}


def _victims_in_hand(viewer: Viewer) -> Condition:
    return sa.exists().where(CaseFile.victim_id == Victim.id, in_hand(viewer))


def _victims_of_restricted_cases() -> Condition:
    return sa.exists().where(CaseFile.victim_id == Victim.id, CaseFile.restricted.is_(True))


in_hand_through(_victims_in_hand)
restricted_through(_victims_of_restricted_cases)

"""Who may see which cases, and with them everything that hangs on a case."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import (
    CaseFile,
    CaseGround,
    CaseTask,
    ContactLog,
    Crime,
    CrimeMilestone,
    DutyReminder,
    FraudReport,
    Need,
    NeedsAssessment,
    ProposedMilestone,
    TimelineEntry,
)
from beacon.cases.terms import CrimeKind
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.entitlements.models import Duty
from beacon.people.access import reached_through
from beacon.people.models import Victim

Condition = sa.ColumnElement[bool]


def _cases(viewer: Viewer) -> Condition:
    """By role, any one is enough; a restricted case only for its manager and its team's leader."""
    by_role = [way(viewer) for role, way in _BY_ROLE.items() if role in viewer.roles]
    if not by_role:
        return sa.false()
    trusted = [CaseFile.manager_id == viewer.id]
    if Role.TEAM_LEADER in viewer.roles:
        trusted.append(_own_team(viewer))
    return sa.and_(sa.or_(*by_role), sa.or_(CaseFile.restricted.is_(False), *trusted))


def _own_team(viewer: Viewer) -> Condition:
    return sa.false() if viewer.team_id is None else CaseFile.team_id == viewer.team_id


def _own_or_team(viewer: Viewer) -> Condition:
    return sa.or_(CaseFile.manager_id == viewer.id, _own_team(viewer))


def _team_or_no_team(viewer: Viewer) -> Condition:
    return sa.or_(_own_or_team(viewer), CaseFile.team_id.is_(None))


def _every(viewer: Viewer) -> Condition:
    return sa.true()


def _fraud(viewer: Viewer) -> Condition:
    return CaseFile.crime_id.in_(sa.select(Crime.id).where(Crime.kind == CrimeKind.FRAUD))


_BY_ROLE = {
    Role.CASE_MANAGER: _own_or_team,
    Role.TEAM_LEADER: _team_or_no_team,
    Role.INTAKE_OFFICER: _every,
    Role.FRAUD_OFFICER: _fraud,
}


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


def _crimes(viewer: Viewer) -> Condition:
    """A crime is seen through a case of it that may be seen."""
    return sa.exists().where(CaseFile.crime_id == Crime.id, scope.condition(viewer, CaseFile))


def _crime_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.crime_id).where(scope.condition(viewer, CaseFile))


def _assessment_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(NeedsAssessment.id).where(NeedsAssessment.case_id.in_(_case_ids(viewer)))


def _duty_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(Duty.id).where(Duty.case_id.in_(_case_ids(viewer)))


def _victims(viewer: Viewer) -> Condition:
    """A victim is seen through a case that may be seen."""
    return sa.exists().where(CaseFile.victim_id == Victim.id, scope.condition(viewer, CaseFile))


reached_through(_victims)
scope.register(CaseFile, _cases)
scope.register(CaseGround, lambda viewer: CaseGround.case_id.in_(_case_ids(viewer)))
scope.register(CaseTask, lambda viewer: CaseTask.case_id.in_(_case_ids(viewer)))
scope.register(ContactLog, lambda viewer: ContactLog.case_id.in_(_case_ids(viewer)))
scope.register(Duty, lambda viewer: Duty.case_id.in_(_case_ids(viewer)))
scope.register(DutyReminder, lambda viewer: DutyReminder.duty_id.in_(_duty_ids(viewer)))
scope.register(Need, lambda viewer: Need.assessment_id.in_(_assessment_ids(viewer)))
scope.register(NeedsAssessment, lambda viewer: NeedsAssessment.case_id.in_(_case_ids(viewer)))
scope.register(TimelineEntry, lambda viewer: TimelineEntry.case_id.in_(_case_ids(viewer)))
scope.register(Crime, _crimes)
scope.register(CrimeMilestone, lambda viewer: CrimeMilestone.crime_id.in_(_crime_ids(viewer)))
scope.register(FraudReport, lambda viewer: FraudReport.crime_id.in_(_crime_ids(viewer)))
scope.register(ProposedMilestone, lambda viewer: ProposedMilestone.crime_id.in_(_crime_ids(viewer)))

"""Who sees who was asked, as far as they see the case; and who reads what nobody is named in."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.surveys.models import SurveyConcern, SurveyCount, SurveyInvitation, SurveyWords
from beacon.surveys.terms import GRANTS, SurveyPermission


def _holds(viewer: Viewer, permission: SurveyPermission) -> bool:
    return not GRANTS[permission].isdisjoint(viewer.roles) and Role.PARTNER not in viewer.roles


def invitations(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Those of the cases that the viewer may see."""
    return SurveyInvitation.case_id.in_(
        sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
    )


def concerns(viewer: Viewer) -> sa.ColumnElement[bool]:
    """What was raised, for leaders; of who asked to be rung, as far as they see the case."""
    if not _holds(viewer, SurveyPermission.WATCH):
        return sa.false()
    seen = sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
    return sa.or_(SurveyConcern.case_id.is_(None), SurveyConcern.case_id.in_(seen))


def words(viewer: Viewer) -> sa.ColumnElement[bool]:
    """What was written freely, for leaders: it names no case."""
    return sa.literal(_holds(viewer, SurveyPermission.WATCH))


def counts(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Counts of the whole service, for those who read its figures."""
    return sa.literal(_holds(viewer, SurveyPermission.FIGURES))


scope.register(SurveyInvitation, invitations)
scope.register(SurveyConcern, concerns)
scope.register(SurveyWords, words)
scope.register(SurveyCount, counts)

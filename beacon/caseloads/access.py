"""Who sees the cases they cover, what was handed over, and the reviews of cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.caseloads.models import CaseHandOver, Cover, ManagerChoice, SupervisionReview
from beacon.cases.access import covered_through
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer

Condition = sa.ColumnElement[bool]
# Who may cover: a fraud officer sees every fraud case anyhow, and no other.
MAY_COVER = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER})


def covered_by(viewer: Viewer) -> sa.Select[int]:
    """The colleagues whom this person covers at this moment: an end date ends it at once."""
    today = clock.today()
    return sa.select(Cover.absent_id).where(
        Cover.cover_id == viewer.id,
        Cover.starts_on <= today,
        Cover.ends_on >= today,
        Cover.ended_at.is_(None),
    )


def _covered(viewer: Viewer) -> Condition:
    if viewer.id is None or MAY_COVER.isdisjoint(viewer.roles):
        return sa.false()
    return sa.and_(CaseFile.manager_id.in_(covered_by(viewer)), CaseFile.closed_at.is_(None))


def _cases(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


covered_through(_covered)
scope.register(CaseHandOver, lambda viewer: CaseHandOver.case_id.in_(_cases(viewer)))
scope.register(ManagerChoice, lambda viewer: ManagerChoice.case_id.in_(_cases(viewer)))
scope.register(SupervisionReview, lambda viewer: SupervisionReview.case_id.in_(_cases(viewer)))

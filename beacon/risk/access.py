"""Whose risk a person may see: that of the cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.risk.models import (
    AsbApplication,
    AsbIncident,
    CaseRisk,
    MaracReferral,
    RiskAssessment,
    SafeguardingConcern,
    SlaveryReferral,
)


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


scope.register(RiskAssessment, lambda viewer: RiskAssessment.case_id.in_(_case_ids(viewer)))
scope.register(CaseRisk, lambda viewer: CaseRisk.case_id.in_(_case_ids(viewer)))
scope.register(MaracReferral, lambda viewer: MaracReferral.case_id.in_(_case_ids(viewer)))
scope.register(
    SafeguardingConcern, lambda viewer: SafeguardingConcern.case_id.in_(_case_ids(viewer))
)
scope.register(SlaveryReferral, lambda viewer: SlaveryReferral.case_id.in_(_case_ids(viewer)))
scope.register(AsbIncident, lambda viewer: AsbIncident.case_id.in_(_case_ids(viewer)))
scope.register(AsbApplication, lambda viewer: AsbApplication.case_id.in_(_case_ids(viewer)))

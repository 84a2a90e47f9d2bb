"""What a high risk adds to the weight of a case."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.caseloads import weights
from beacon.caseloads.rules import Part
from beacon.core import settings
from beacon.core.db import db
from beacon.risk.models import CaseRisk
from beacon.risk.terms import RiskLevel

RISK = "risk"


def high_risk(cases: sa.Select[int]) -> dict[int, Part]:
    """Those of these cases in which the level that stands is high."""
    rows = db.session.scalars(
        sa.select(CaseRisk.case_id).where(
            CaseRisk.case_id.in_(cases),
            CaseRisk.replaced_at.is_(None),
            CaseRisk.level == RiskLevel.HIGH,
        )
    )
    points = settings.count("caseload.risk_points")
    return {case_id: Part("high risk", points) for case_id in rows}


weights.add(RISK, high_risk)

"""The tables of risk, safeguarding, modern slavery and the ASB Case Review."""

from beacon.risk.models.asb import AsbApplication, AsbIncident, AsbReport, AsbThreshold
from beacon.risk.models.assessing import (
    CaseRisk,
    GroundFound,
    MaracReferral,
    RiskAssessment,
    RiskWording,
)
from beacon.risk.models.safeguarding import ConcernCheck, SafeguardingConcern
from beacon.risk.models.slavery import SlaveryReferral, SlaveryStep

__all__ = [
    "AsbApplication",
    "AsbIncident",
    "AsbReport",
    "AsbThreshold",
    "CaseRisk",
    "ConcernCheck",
    "GroundFound",
    "MaracReferral",
    "RiskAssessment",
    "RiskWording",
    "SafeguardingConcern",
    "SlaveryReferral",
    "SlaveryStep",
]

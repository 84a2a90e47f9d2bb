"""The words of risk and safety."""

from beacon.risk.terms.asb import DISTRICTS, Applicant, AsbBody, CountedBy, Reporter
from beacon.risk.terms.levels import (
    Answer,
    LevelChange,
    MaracConsent,
    MaracOutcome,
    RiskGround,
    RiskLevel,
    RiskTool,
)
from beacon.risk.terms.permissions import GRANTS, RiskPermission
from beacon.risk.terms.questions import QUESTIONS, SIGNS, Sign
from beacon.risk.terms.safeguarding import (
    ConcernConsent,
    ConcernKind,
    ConcernOutcome,
    OverrideGround,
)
from beacon.risk.terms.slavery import (
    FirstResponder,
    SlaveryConsent,
    SlaveryRoute,
    SlaveryStage,
    SlaveryVerdict,
)

__all__ = [
    "Answer",
    "Applicant",
    "AsbBody",
    "ConcernConsent",
    "ConcernKind",
    "ConcernOutcome",
    "CountedBy",
    "DISTRICTS",
    "FirstResponder",
    "GRANTS",
    "LevelChange",
    "MaracConsent",
    "MaracOutcome",
    "OverrideGround",
    "QUESTIONS",
    "Reporter",
    "RiskGround",
    "RiskLevel",
    "RiskPermission",
    "RiskTool",
    "SIGNS",
    "Sign",
    "SlaveryConsent",
    "SlaveryRoute",
    "SlaveryStage",
    "SlaveryVerdict",
]

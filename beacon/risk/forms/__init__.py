"""The boxes of risk and safety."""

from beacon.risk.forms.asb import (
    ApplicationForm,
    DistrictForm,
    IncidentForm,
    ReportForm,
    TakeBackForm,
)
from beacon.risk.forms.assessing import AssessForm, HeardForm, LevelForm, MaracForm
from beacon.risk.forms.safety import CheckForm, ConcernForm, SlaveryForm, SlaveryStepForm

__all__ = [
    "ApplicationForm",
    "AssessForm",
    "CheckForm",
    "ConcernForm",
    "DistrictForm",
    "HeardForm",
    "IncidentForm",
    "LevelForm",
    "MaracForm",
    "ReportForm",
    "SlaveryForm",
    "SlaveryStepForm",
    "TakeBackForm",
]

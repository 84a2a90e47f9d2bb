"""The orders about risk and safety, each in one transaction."""

from beacon.risk.commands.asb import (
    ApplicationGiven,
    IncidentGiven,
    ReportGiven,
    prepare_application,
    record_incident,
    record_report,
    take_incident_back,
)
from beacon.risk.commands.assessing import AssessmentGiven, assess_risk, set_level
from beacon.risk.commands.concerns import CheckGiven, ConcernGiven, check_concern, raise_concern
from beacon.risk.commands.keeping import ThresholdGiven, change_threshold, load_wording
from beacon.risk.commands.marac import MaracGiven, MaracHeard, record_marac, refer_to_marac
from beacon.risk.commands.slavery import (
    SlaveryGiven,
    SlaveryStepGiven,
    record_slavery,
    take_slavery_step,
)

__all__ = [
    "ApplicationGiven",
    "AssessmentGiven",
    "CheckGiven",
    "ConcernGiven",
    "IncidentGiven",
    "MaracGiven",
    "MaracHeard",
    "ReportGiven",
    "SlaveryGiven",
    "SlaveryStepGiven",
    "ThresholdGiven",
    "assess_risk",
    "change_threshold",
    "check_concern",
    "load_wording",
    "prepare_application",
    "raise_concern",
    "record_incident",
    "record_marac",
    "record_report",
    "record_slavery",
    "refer_to_marac",
    "set_level",
    "take_incident_back",
    "take_slavery_step",
]

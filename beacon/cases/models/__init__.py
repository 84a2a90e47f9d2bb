"""The tables of casework."""

from beacon.cases.models.case import CaseFile, CaseGround, CaseTask, DutyReminder, TimelineEntry
from beacon.cases.models.crime import Crime, CrimeMilestone, FraudReport, ProposedMilestone
from beacon.cases.models.work import ContactLog, Need, NeedsAssessment

__all__ = [
    "CaseFile",
    "CaseGround",
    "CaseTask",
    "ContactLog",
    "Crime",
    "CrimeMilestone",
    "DutyReminder",
    "FraudReport",
    "Need",
    "NeedsAssessment",
    "ProposedMilestone",
    "TimelineEntry",
]

"""The tables of casework."""

from beacon.cases.models.access import AccessReason, AccessReview, BreakGlass, CaseName
from beacon.cases.models.asking import InformationRequest
from beacon.cases.models.case import (
    CaseFile,
    CaseGround,
    CaseTask,
    DutyReminder,
    ReminderDigest,
    TimelineEntry,
)
from beacon.cases.models.crime import Crime, CrimeMilestone, FraudReport, ProposedMilestone
from beacon.cases.models.wishes import CaseFact, CaseOrder, FactStepTaken, UpdateWish
from beacon.cases.models.work import ContactLog, Need, NeedsAssessment, OnDuty

__all__ = [
    "AccessReason",
    "AccessReview",
    "BreakGlass",
    "CaseFact",
    "CaseFile",
    "CaseGround",
    "CaseName",
    "CaseOrder",
    "CaseTask",
    "ContactLog",
    "Crime",
    "CrimeMilestone",
    "DutyReminder",
    "FactStepTaken",
    "FraudReport",
    "InformationRequest",
    "Need",
    "NeedsAssessment",
    "OnDuty",
    "ProposedMilestone",
    "ReminderDigest",
    "TimelineEntry",
    "UpdateWish",
]

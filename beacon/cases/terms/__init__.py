"""The words of casework."""

from beacon.cases.terms.access import ReviewKind, ReviewOutcome
from beacon.cases.terms.asking import ASKED
from beacon.cases.terms.casework import (
    EVENT_SENTENCES,
    GRANTS,
    STATUS_MILESTONES,
    CasePermission,
    CaseStatus,
    Consent,
    ContactOutcome,
    CrimeKind,
    NeedAnswer,
    NeedCategory,
    ReminderKind,
    Stage,
    SuspectStatus,
    TaskKind,
    TimelineEvent,
)

__all__ = [
    "ASKED",
    "CasePermission",
    "CaseStatus",
    "Consent",
    "ContactOutcome",
    "CrimeKind",
    "EVENT_SENTENCES",
    "GRANTS",
    "NeedAnswer",
    "NeedCategory",
    "ReminderKind",
    "ReviewKind",
    "ReviewOutcome",
    "STATUS_MILESTONES",
    "Stage",
    "SuspectStatus",
    "TaskKind",
    "TimelineEvent",
]

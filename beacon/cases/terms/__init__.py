"""The words of casework."""

from beacon.cases.terms.access import ReviewKind, ReviewOutcome
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
    Stage,
    SuspectStatus,
    TaskKind,
    TimelineEvent,
)
from beacon.cases.terms.reminders import FOR_LEADERS, FOR_MANAGERS, ReminderKind

__all__ = [
    "CasePermission",
    "CaseStatus",
    "Consent",
    "ContactOutcome",
    "CrimeKind",
    "EVENT_SENTENCES",
    "FOR_LEADERS",
    "FOR_MANAGERS",
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

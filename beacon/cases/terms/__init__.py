"""The words of casework."""

from beacon.cases.terms.access import ReviewKind, ReviewOutcome
from beacon.cases.terms.asking import ASKED
from beacon.cases.terms.casework import (
    EVENT_SENTENCES,
    STATUS_MILESTONES,
    CaseStatus,
    Consent,
    ContactOutcome,
    CrimeKind,
    NeedAnswer,
    NeedCategory,
    Stage,
    SuspectStatus,
    TimelineEvent,
)
from beacon.cases.terms.permissions import GRANTS, CasePermission
from beacon.cases.terms.reminders import FOR_LEADERS, FOR_MANAGERS, ReminderKind
from beacon.cases.terms.tasks import ALARMS, ON_TOP, SAME_DAY, TaskKind
from beacon.cases.terms.timeline import EventKind, kind_of
from beacon.cases.terms.wishes import (
    FactChoice,
    FactKind,
    FactStep,
    OrderKind,
    UpdateEvery,
    about_order,
)

__all__ = [
    "ALARMS",
    "ASKED",
    "CasePermission",
    "CaseStatus",
    "Consent",
    "ContactOutcome",
    "CrimeKind",
    "EVENT_SENTENCES",
    "EventKind",
    "FactChoice",
    "FactKind",
    "FactStep",
    "FOR_LEADERS",
    "FOR_MANAGERS",
    "GRANTS",
    "NeedAnswer",
    "NeedCategory",
    "OrderKind",
    "ReminderKind",
    "ReviewKind",
    "ReviewOutcome",
    "ON_TOP",
    "SAME_DAY",
    "STATUS_MILESTONES",
    "Stage",
    "SuspectStatus",
    "TaskKind",
    "TimelineEvent",
    "UpdateEvery",
    "about_order",
    "kind_of",
]

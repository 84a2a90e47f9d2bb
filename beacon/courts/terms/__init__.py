"""The words of the courts."""

from beacon.courts.terms.hearings import (
    Attendance,
    CourtKind,
    HearingOutcome,
    HearingStatus,
    Initiation,
    ListChange,
    ListStatus,
    Remand,
)
from beacon.courts.terms.permissions import GRANTS, CourtPermission
from beacon.courts.terms.reminders import KIND, NotTexted
from beacon.courts.terms.types import HEARING_TYPES, TypeRow

__all__ = [
    "GRANTS",
    "HEARING_TYPES",
    "KIND",
    "Attendance",
    "CourtKind",
    "CourtPermission",
    "HearingOutcome",
    "HearingStatus",
    "Initiation",
    "ListChange",
    "ListStatus",
    "NotTexted",
    "Remand",
    "TypeRow",
]

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
from beacon.courts.terms.outbox import advice_on, is_to_be_rung
from beacon.courts.terms.permissions import GRANTS, CourtPermission
from beacon.courts.terms.reminders import CORRECTION, KIND, NotTexted, TextBar
from beacon.courts.terms.types import HEARING_TYPES, TypeRow

__all__ = [
    "CORRECTION",
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
    "TextBar",
    "TypeRow",
    "advice_on",
    "is_to_be_rung",
]

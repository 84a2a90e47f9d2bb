"""The words of the courts."""

from beacon.courts.terms.calls import CallOutcome
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
from beacon.courts.terms.standing import NumberFault, Standing, TextEnd
from beacon.courts.terms.types import HEARING_TYPES, TypeRow
from beacon.courts.terms.units import unit_of

__all__ = [
    "GRANTS",
    "HEARING_TYPES",
    "KIND",
    "Attendance",
    "CallOutcome",
    "CourtKind",
    "CourtPermission",
    "HearingOutcome",
    "HearingStatus",
    "Initiation",
    "ListChange",
    "ListStatus",
    "NotTexted",
    "NumberFault",
    "Remand",
    "Standing",
    "TextEnd",
    "TypeRow",
    "unit_of",
]

"""The words of the courts."""

from beacon.courts.terms.calls import CallOutcome
from beacon.courts.terms.hearings import (
    ON_THE_LIST,
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
from beacon.courts.terms.standing import NumberFault, Standing, TextEnd
from beacon.courts.terms.types import HEARING_TYPES, TypeRow
from beacon.courts.terms.units import unit_of
from beacon.courts.terms.witnesses import (
    BY_COURT,
    DECISIONS,
    ON_THE_DAY,
    Called,
    Came,
    Ground,
    Measure,
    MeasureStep,
    Support,
    WhyNot,
)

__all__ = [
    "BY_COURT",
    "Called",
    "Came",
    "DECISIONS",
    "Ground",
    "Measure",
    "MeasureStep",
    "ON_THE_DAY",
    "ON_THE_LIST",
    "Support",
    "WhyNot",
    "Attendance",
    "CORRECTION",
    "CallOutcome",
    "CourtKind",
    "CourtPermission",
    "GRANTS",
    "HEARING_TYPES",
    "HearingOutcome",
    "HearingStatus",
    "Initiation",
    "KIND",
    "ListChange",
    "ListStatus",
    "NotTexted",
    "NumberFault",
    "Remand",
    "Standing",
    "TextBar",
    "TextEnd",
    "TypeRow",
    "advice_on",
    "is_to_be_rung",
    "unit_of",
]

"""Courts, defendants, hearings, and who is called to a hearing beside the defendant."""

from beacon.courts.models.hearings import (
    Court,
    CourtCall,
    Defendant,
    Hearing,
    HearingText,
    HearingTold,
    HearingType,
    HearingVersion,
)
from beacon.courts.models.witnesses import (
    CourtWitness,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)

__all__ = [
    "Court",
    "CourtCall",
    "CourtWitness",
    "Defendant",
    "Hearing",
    "HearingText",
    "HearingTold",
    "HearingType",
    "HearingVersion",
    "SpecialMeasure",
    "SpecialMeasureStep",
    "WitnessCame",
]

"""What is known of risk and safety."""

from beacon.risk.queries.asb import (
    AsbOf,
    as_incident,
    asb_of,
    districts,
    get_district,
    known_district,
    threshold_of,
)
from beacon.risk.queries.concerns import (
    OnTop,
    SlaveryLine,
    concerns_of,
    ends_of,
    on_top,
    slavery_of,
)
from beacon.risk.queries.levels import (
    AssessmentLine,
    RiskOf,
    is_high,
    last_marac_on,
    levels,
    line_of,
    marks,
    risk_of,
    standing_of,
    summary_of,
    thresholds,
    wording_of,
)
from beacon.risk.queries.stops import stops

__all__ = [
    "stops",
    "AsbOf",
    "AssessmentLine",
    "OnTop",
    "RiskOf",
    "SlaveryLine",
    "as_incident",
    "asb_of",
    "concerns_of",
    "districts",
    "ends_of",
    "get_district",
    "is_high",
    "known_district",
    "last_marac_on",
    "levels",
    "line_of",
    "marks",
    "on_top",
    "risk_of",
    "slavery_of",
    "standing_of",
    "summary_of",
    "threshold_of",
    "thresholds",
    "wording_of",
]

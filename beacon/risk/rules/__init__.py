"""What follows from what is known of a risk: tables and pure functions (domain.md 3.1 to 3.6)."""

from beacon.risk.rules.asb import CEILING, Count, Incident, Report, Threshold, count, window_began
from beacon.risk.rules.dash import (
    Assessed,
    Ground,
    Thresholds,
    assessed_level,
    band,
    critical_signs,
    grounds,
    is_repeat,
    is_rise,
    questions_of,
    score,
    standing_level,
)
from beacon.risk.rules.slavery import (
    Expected,
    born_under_18,
    is_under_18,
    reasonable_grounds_expected,
    recovery_until,
    route,
)

__all__ = [
    "Assessed",
    "CEILING",
    "Count",
    "Expected",
    "Ground",
    "Incident",
    "Report",
    "Threshold",
    "Thresholds",
    "assessed_level",
    "band",
    "born_under_18",
    "count",
    "critical_signs",
    "grounds",
    "is_repeat",
    "is_rise",
    "is_under_18",
    "questions_of",
    "reasonable_grounds_expected",
    "recovery_until",
    "route",
    "score",
    "standing_level",
    "window_began",
]

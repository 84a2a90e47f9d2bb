"""The words of the figures: of the Code, of what the service did, and who may read which."""

from beacon.reports.terms.compliance import (
    GRANTS,
    JUDGED,
    LEFT_OUT,
    OF_PEOPLE,
    OUTCOME_LABELS,
    WHO_MUST_ACT,
    Cut,
    Outcome,
    ReportPermission,
)
from beacon.reports.terms.crimes import CRIME_LABELS, CrimeGroup
from beacon.reports.terms.outcomes import (
    CONTACT_LABELS,
    Attended,
    Contacted,
    Dimension,
    Kind,
    Moved,
    SentOn,
    Subject,
    Whose,
)

__all__ = [
    "CONTACT_LABELS",
    "CRIME_LABELS",
    "GRANTS",
    "JUDGED",
    "LEFT_OUT",
    "OF_PEOPLE",
    "OUTCOME_LABELS",
    "WHO_MUST_ACT",
    "Attended",
    "Contacted",
    "CrimeGroup",
    "Cut",
    "Dimension",
    "Kind",
    "Moved",
    "Outcome",
    "ReportPermission",
    "SentOn",
    "Subject",
    "Whose",
]

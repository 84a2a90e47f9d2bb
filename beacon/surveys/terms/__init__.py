"""The words of surveys: what is asked, how somebody is invited, and what may be done."""

from beacon.surveys.terms.asking import (
    PAGES_OF_MEASURES,
    Dimension,
    Measure,
    Page,
    Score,
)
from beacon.surveys.terms.inviting import (
    InvitationState,
    Point,
    RefusedBecause,
    Way,
)
from beacon.surveys.terms.permissions import GRANTS, SurveyPermission
from beacon.surveys.terms.reading import ConcernState, WordsState

__all__ = [
    "GRANTS",
    "PAGES_OF_MEASURES",
    "ConcernState",
    "Dimension",
    "InvitationState",
    "Measure",
    "Page",
    "Point",
    "RefusedBecause",
    "Score",
    "SurveyPermission",
    "Way",
    "WordsState",
]

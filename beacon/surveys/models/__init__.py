"""The tables of surveys: who was asked, and, with nothing in common, what was said."""

from beacon.surveys.models.inviting import SurveyDraft, SurveyInvitation, SurveyTry
from beacon.surveys.models.said import SurveyConcern, SurveyCount, SurveySlip, SurveyWords

__all__ = [
    "SurveyConcern",
    "SurveyCount",
    "SurveyDraft",
    "SurveyInvitation",
    "SurveySlip",
    "SurveyTry",
    "SurveyWords",
]

"""What the features of surveys and of restorative justice count of a period, as plain numbers."""

from __future__ import annotations

from beacon.reports.rules import Period
from beacon.reports.rules.voices import Said


def survey_measures(period: Period) -> list[Said]:
    """The five measures of the period; none while there are no surveys."""
    return []


def restorative_steps(period: Period) -> list[Said]:
    """The steps of restorative justice in the period; none while nothing is recorded of it."""
    return []

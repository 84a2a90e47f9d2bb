"""What follows from who works when, what a case weighs, and what it asks for."""

from beacon.caseloads.rules.patterns import (
    Absence,
    capacity_of,
    days_in_words,
    first_day_in,
    half_hours_of,
    hours_in_words,
    is_away,
    needed_on,
)
from beacon.caseloads.rules.proposing import (
    Judged,
    Matter,
    Person,
    judge,
    nobody_because,
    propose,
    proposed,
)
from beacon.caseloads.rules.weighing import Part, Points, Weighed, Weight, weight_of

__all__ = [
    "Absence",
    "Judged",
    "Matter",
    "Part",
    "Person",
    "Points",
    "Weighed",
    "Weight",
    "capacity_of",
    "days_in_words",
    "first_day_in",
    "half_hours_of",
    "hours_in_words",
    "is_away",
    "judge",
    "needed_on",
    "nobody_because",
    "propose",
    "proposed",
    "weight_of",
]

"""What follows from answers, words and facts, without a database."""

from beacon.surveys.rules.asking import Answers, asked, before, unanswered
from beacon.surveys.rules.choosing import (
    NOT_RECORDED,
    Asked,
    chosen,
    group_of_age,
    group_of_crime,
    is_fit,
)
from beacon.surveys.rules.counting import LEAST, TOGETHER, Count, Slip, counted, percent
from beacon.surveys.rules.finding import found_in, without
from beacon.surveys.rules.hiding import hidden

__all__ = [
    "LEAST",
    "NOT_RECORDED",
    "TOGETHER",
    "Answers",
    "Asked",
    "Count",
    "Slip",
    "asked",
    "before",
    "chosen",
    "counted",
    "found_in",
    "group_of_age",
    "group_of_crime",
    "hidden",
    "is_fit",
    "percent",
    "unanswered",
    "without",
]

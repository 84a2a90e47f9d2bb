"""The orders that caseloads obey, each in one transaction."""

from beacon.caseloads.commands.giving import give
from beacon.caseloads.commands.handing import accept, decline, hand_over
from beacon.caseloads.commands.patterns import (
    PatternGiven,
    add_leave,
    end_cover,
    set_pattern,
    start_cover,
    take_leave_back,
)
from beacon.caseloads.commands.reviewing import (
    Agreed,
    Reviewed,
    finish_action,
    review_case,
    see_review,
)

__all__ = [
    "Agreed",
    "PatternGiven",
    "Reviewed",
    "accept",
    "add_leave",
    "decline",
    "end_cover",
    "finish_action",
    "give",
    "hand_over",
    "review_case",
    "see_review",
    "set_pattern",
    "start_cover",
    "take_leave_back",
]

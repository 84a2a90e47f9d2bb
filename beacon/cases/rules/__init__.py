"""The rules of casework: given facts, what follows."""

from beacon.cases.rules.alarms import Alarm, alarm_for
from beacon.cases.rules.facts import (
    SHAPES,
    Shape,
    StepShape,
    Window,
    in_words,
    incident_window,
    order_broken,
    step_of,
    steps_of,
    window_of,
)
from beacon.cases.rules.reasons import REASON_AT_LEAST, WORDS_AT_LEAST, is_a_reason
from beacon.cases.rules.updates import INTERVALS, falls_on, months_after, next_update

__all__ = [
    "Alarm",
    "INTERVALS",
    "REASON_AT_LEAST",
    "SHAPES",
    "Shape",
    "StepShape",
    "WORDS_AT_LEAST",
    "Window",
    "alarm_for",
    "falls_on",
    "in_words",
    "incident_window",
    "is_a_reason",
    "months_after",
    "next_update",
    "order_broken",
    "step_of",
    "steps_of",
    "window_of",
]

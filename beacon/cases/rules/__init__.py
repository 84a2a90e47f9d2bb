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
from beacon.cases.rules.order import Happened, doubts
from beacon.cases.rules.reasons import REASON_AT_LEAST, WORDS_AT_LEAST, is_a_reason
from beacon.cases.rules.reminding import (
    MAIL_FROM,
    MAIL_UNTIL,
    is_time_to_mail,
    late_from,
    mail_opens,
    stage_of,
)
from beacon.cases.rules.updates import INTERVALS, falls_on, months_after, next_update

__all__ = [
    "Alarm",
    "Happened",
    "INTERVALS",
    "MAIL_FROM",
    "MAIL_UNTIL",
    "REASON_AT_LEAST",
    "SHAPES",
    "Shape",
    "StepShape",
    "WORDS_AT_LEAST",
    "Window",
    "alarm_for",
    "doubts",
    "falls_on",
    "in_words",
    "incident_window",
    "is_a_reason",
    "is_time_to_mail",
    "late_from",
    "mail_opens",
    "stage_of",
    "months_after",
    "next_update",
    "order_broken",
    "step_of",
    "steps_of",
    "window_of",
]

"""Who is texted and when, how a list is matched with what we hold, and what may be recorded."""

from beacon.courts.rules.doubts import Listed, hearing_doubts
from beacon.courts.rules.hours import (
    LEAD,
    ReminderTimes,
    Window,
    begins,
    correction_window,
    days_ahead,
    eve,
    useful_before,
    useful_until,
    window,
)
from beacon.courts.rules.listing import Held, Match, match_list
from beacon.courts.rules.rates import LEAST, Interval, difference, wilson
from beacon.courts.rules.reminders import (
    CourtFacts,
    ReminderFacts,
    TypeFacts,
    bail_wording,
    eligible,
    may_be_corrected,
    spoken_day,
    spoken_time,
    spoken_when,
)
from beacon.courts.rules.script import Told, script
from beacon.courts.rules.speech import ENGLISH, TODAY, TOMORROW, Speech, Translation, folded
from beacon.courts.rules.standing import (
    SURE,
    end_of,
    of_reason,
    standing_of,
    stops_a_call,
)
from beacon.courts.rules.witnesses import grounds_for, shown, shown_below, why_not

__all__ = [
    "grounds_for",
    "shown",
    "shown_below",
    "why_not",
    "Listed",
    "hearing_doubts",
    "CourtFacts",
    "ENGLISH",
    "Held",
    "Interval",
    "LEAD",
    "LEAST",
    "Match",
    "ReminderFacts",
    "ReminderTimes",
    "SURE",
    "Speech",
    "TODAY",
    "TOMORROW",
    "Told",
    "Translation",
    "TypeFacts",
    "Window",
    "bail_wording",
    "begins",
    "correction_window",
    "days_ahead",
    "difference",
    "eligible",
    "end_of",
    "eve",
    "folded",
    "match_list",
    "may_be_corrected",
    "of_reason",
    "script",
    "spoken_day",
    "spoken_time",
    "spoken_when",
    "standing_of",
    "stops_a_call",
    "useful_before",
    "useful_until",
    "wilson",
    "window",
]

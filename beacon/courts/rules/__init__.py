"""Who is texted and when, how a list is matched with what we hold, and what may be recorded."""

from beacon.courts.rules.hours import (
    LEAD,
    ReminderTimes,
    Window,
    begins,
    correction_window,
    days_ahead,
    eve,
    useful_until,
    window,
)
from beacon.courts.rules.listing import Held, Match, match_list
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

__all__ = [
    "LEAD",
    "CourtFacts",
    "Held",
    "Match",
    "ReminderFacts",
    "ReminderTimes",
    "TypeFacts",
    "Window",
    "bail_wording",
    "begins",
    "correction_window",
    "days_ahead",
    "eligible",
    "eve",
    "match_list",
    "may_be_corrected",
    "spoken_day",
    "spoken_time",
    "spoken_when",
    "useful_until",
    "window",
]

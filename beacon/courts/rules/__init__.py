"""Who is texted and when, how a list is matched with what we hold, and what may be recorded."""

from beacon.courts.rules.listing import Held, Match, match_list
from beacon.courts.rules.reminders import (
    LEAD,
    CourtFacts,
    ReminderFacts,
    ReminderTimes,
    TypeFacts,
    Window,
    bail_wording,
    eligible,
    spoken_day,
    spoken_time,
    window,
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
    "eligible",
    "match_list",
    "spoken_day",
    "spoken_time",
    "window",
]

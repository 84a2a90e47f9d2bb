"""Who is texted and when, how a list is matched with what we hold, and what may be recorded."""

from beacon.courts.rules.listing import Held, Match, match_list
from beacon.courts.rules.rates import LEAST, Interval, difference, wilson
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
from beacon.courts.rules.script import Told, script
from beacon.courts.rules.standing import (
    SURE,
    end_of,
    of_reason,
    standing_of,
    stops_a_call,
)

__all__ = [
    "LEAD",
    "LEAST",
    "SURE",
    "CourtFacts",
    "Held",
    "Interval",
    "Match",
    "ReminderFacts",
    "ReminderTimes",
    "Told",
    "TypeFacts",
    "Window",
    "bail_wording",
    "difference",
    "eligible",
    "end_of",
    "match_list",
    "of_reason",
    "script",
    "spoken_day",
    "spoken_time",
    "standing_of",
    "stops_a_call",
    "wilson",
    "window",
]

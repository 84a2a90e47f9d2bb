"""What is asked of courts and hearings."""

from beacon.courts.queries.calls import (
    CallList,
    ToRing,
    call_list,
    calling_hours,
    calls_about,
    words_to_read,
)
from beacon.courts.queries.courts import court_ids, courts, find_court, hearing_types
from beacon.courts.queries.dangers import shares_a_number
from beacon.courts.queries.hearings import (
    DayList,
    HearingPage,
    HearingRow,
    TextShown,
    days_with_hearings,
    get_hearing,
    hearing_page,
    hearings_of_crime,
    hearings_on,
)
from beacon.courts.queries.leads import cases_of_hearing
from beacon.courts.queries.standing import (
    DayFigures,
    Stands,
    day_figures,
    standing_at,
    standing_now,
)

__all__ = [
    "CallList",
    "DayFigures",
    "DayList",
    "HearingPage",
    "HearingRow",
    "Stands",
    "TextShown",
    "ToRing",
    "call_list",
    "calling_hours",
    "calls_about",
    "cases_of_hearing",
    "court_ids",
    "courts",
    "day_figures",
    "days_with_hearings",
    "find_court",
    "get_hearing",
    "hearing_page",
    "hearing_types",
    "hearings_of_crime",
    "hearings_on",
    "shares_a_number",
    "standing_at",
    "standing_now",
    "words_to_read",
]

"""What is asked of courts and hearings."""

from beacon.courts.queries.changes import ChangeRow, changes_since
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
from beacon.courts.queries.preview import Preview, PreviewText, day_to_preview, preview

__all__ = [
    "ChangeRow",
    "DayList",
    "HearingPage",
    "HearingRow",
    "Preview",
    "PreviewText",
    "TextShown",
    "cases_of_hearing",
    "changes_since",
    "court_ids",
    "courts",
    "day_to_preview",
    "days_with_hearings",
    "find_court",
    "get_hearing",
    "hearing_page",
    "hearing_types",
    "hearings_of_crime",
    "hearings_on",
    "preview",
    "shares_a_number",
]

"""What is asked of courts and hearings."""

from beacon.courts.queries.attendance import AttendanceTable, EndRow, attendance
from beacon.courts.queries.called import (
    WitnessLine,
    apply_by,
    cases_to_call,
    get_measure,
    get_own_witness,
    get_witness,
    proposed_grounds,
    witnesses_of,
)
from beacon.courts.queries.calls import (
    CallList,
    CallPage,
    ToRing,
    call_list,
    call_page,
    calling_hours,
    calls_about,
    words_to_read,
)
from beacon.courts.queries.changes import ChangeRow, changes_since
from beacon.courts.queries.courts import court_ids, courts, find_court, hearing_types
from beacon.courts.queries.dangers import shares_a_number
from beacon.courts.queries.doubts import doubts_of_first, doubts_of_move
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
from beacon.courts.queries.morning import Morning, Receipts, morning
from beacon.courts.queries.numbers import NumbersTable, faults_of, faulty_numbers
from beacon.courts.queries.outcomes import day_to_record, hearings_by_id, without_outcome
from beacon.courts.queries.preview import Preview, PreviewText, day_to_preview, preview
from beacon.courts.queries.standing import (
    DayFigures,
    Stands,
    day_figures,
    standing_at,
    standing_now,
)
from beacon.courts.queries.witnesses import (
    CourtAttended,
    MeasuresCounted,
    WitnessFigures,
    witnesses_between,
)

__all__ = [
    "CourtAttended",
    "MeasuresCounted",
    "WitnessFigures",
    "WitnessLine",
    "apply_by",
    "cases_to_call",
    "get_measure",
    "get_own_witness",
    "get_witness",
    "proposed_grounds",
    "witnesses_between",
    "witnesses_of",
    "doubts_of_first",
    "doubts_of_move",
    "AttendanceTable",
    "CallList",
    "CallPage",
    "ChangeRow",
    "DayFigures",
    "DayList",
    "EndRow",
    "HearingPage",
    "HearingRow",
    "Morning",
    "NumbersTable",
    "Preview",
    "PreviewText",
    "Receipts",
    "Stands",
    "TextShown",
    "ToRing",
    "attendance",
    "call_list",
    "call_page",
    "calling_hours",
    "calls_about",
    "cases_of_hearing",
    "changes_since",
    "court_ids",
    "courts",
    "day_figures",
    "day_to_preview",
    "day_to_record",
    "days_with_hearings",
    "faults_of",
    "faulty_numbers",
    "find_court",
    "get_hearing",
    "hearing_page",
    "hearing_types",
    "hearings_by_id",
    "hearings_of_crime",
    "hearings_on",
    "morning",
    "preview",
    "shares_a_number",
    "standing_at",
    "standing_now",
    "without_outcome",
    "words_to_read",
]

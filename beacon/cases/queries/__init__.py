"""What casework can be asked."""

from beacon.cases.queries.caseload import Caseload, CaseRow, ClosedCases, Unassigned
from beacon.cases.queries.distance import NeedLine, need_lines
from beacon.cases.queries.in_hand import cases_to_log, is_asked_why, must_say_why
from beacon.cases.queries.listing import CaseList, Whose
from beacon.cases.queries.managers import Load, managers_for, names_of, team_loads
from beacon.cases.queries.one_case import (
    CasePage,
    DutyLine,
    assessments_of,
    case_page,
    cases_of_crime,
    crime_by_reference,
    get_case,
    get_duty,
    get_milestone,
    get_proposal,
    get_task,
)
from beacon.cases.queries.receipts import AwaitedRow, receipts_awaited
from beacon.cases.queries.safety import SafeState, Ways, cautions, safe_states, ways_to
from beacon.cases.queries.searching import FOUND_AT_MOST, search
from beacon.cases.queries.work_to_do import (
    DeskCounts,
    DueRow,
    ReminderRow,
    TaskRow,
    desk_counts,
    duties_due,
    open_tasks,
    reminders_for,
    reminders_to_give,
)

__all__ = [
    "AwaitedRow",
    "CaseList",
    "CasePage",
    "CaseRow",
    "Caseload",
    "ClosedCases",
    "DeskCounts",
    "DueRow",
    "DutyLine",
    "FOUND_AT_MOST",
    "Load",
    "NeedLine",
    "ReminderRow",
    "SafeState",
    "TaskRow",
    "Unassigned",
    "Ways",
    "Whose",
    "assessments_of",
    "case_page",
    "cases_to_log",
    "cases_of_crime",
    "cautions",
    "crime_by_reference",
    "desk_counts",
    "duties_due",
    "get_case",
    "get_duty",
    "get_milestone",
    "get_proposal",
    "get_task",
    "is_asked_why",
    "managers_for",
    "must_say_why",
    "names_of",
    "need_lines",
    "open_tasks",
    "receipts_awaited",
    "reminders_for",
    "reminders_to_give",
    "safe_states",
    "search",
    "team_loads",
    "ways_to",
]

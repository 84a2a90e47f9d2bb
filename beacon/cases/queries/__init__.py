"""What casework can be asked."""

from beacon.cases.queries.caseload import Caseload, CaseRow, ClosedCases, Unassigned
from beacon.cases.queries.one_case import (
    CasePage,
    DutyLine,
    case_page,
    cases_of_crime,
    crime_by_reference,
    get_case,
    get_duty,
    get_proposal,
    get_task,
)
from beacon.cases.queries.searching import search
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
    "CasePage",
    "CaseRow",
    "Caseload",
    "ClosedCases",
    "DeskCounts",
    "DueRow",
    "DutyLine",
    "ReminderRow",
    "TaskRow",
    "Unassigned",
    "case_page",
    "cases_of_crime",
    "crime_by_reference",
    "desk_counts",
    "duties_due",
    "get_case",
    "get_duty",
    "get_proposal",
    "get_task",
    "open_tasks",
    "reminders_for",
    "reminders_to_give",
    "search",
]

"""What casework can be asked."""

from beacon.cases.queries.access import (
    LetIn,
    case_behind_glass,
    cases_in_conflict,
    get_name,
    glasses_today,
    may_decide,
    people_to_name,
    who_may_open,
)
from beacon.cases.queries.asking import (
    ChaseRow,
    first_chase,
    get_request,
    to_chase,
)
from beacon.cases.queries.caseload import (
    Caseload,
    CaseRow,
    ClosedCases,
    Unassigned,
)
from beacon.cases.queries.distance import (
    NeedLine,
    need_lines,
)
from beacon.cases.queries.happened import (
    recorded_of,
)
from beacon.cases.queries.in_hand import (
    case_to_explain,
    cases_to_log,
    is_asked_why,
    must_say_why,
)
from beacon.cases.queries.listing import (
    CaseList,
    Whose,
)
from beacon.cases.queries.managers import (
    Load,
    loads_to_hand_over,
    managers_for,
    names_of,
    open_case_count,
    takers_for,
    team_loads,
)
from beacon.cases.queries.on_duty import (
    DutyDay,
    SafeguardingRow,
    duty_days,
    may_be_on_duty,
    on_duty,
    safeguarding_for,
)
from beacon.cases.queries.one_case import (
    CasePage,
    DutyLine,
    assessments_of,
    case_page,
    cases_of_crime,
    crime_by_reference,
    get_duty,
    get_milestone,
    get_proposal,
    get_task,
)
from beacon.cases.queries.opened import (
    Opened,
    get_case,
    live_glass,
    normal_reference,
    open_to,
)
from beacon.cases.queries.receipts import (
    AwaitedRow,
    receipts_awaited,
)
from beacon.cases.queries.reviews import (
    ReviewCounts,
    declared_of,
    get_review,
    review_counts,
    times_asked_to_withdraw,
    withdrawal_of,
    withdrawals_waiting,
)
from beacon.cases.queries.rights import (
    RightsPage,
    rights_page,
)
from beacon.cases.queries.safety import (
    SafeState,
    Ways,
    cautions,
    safe_states,
    ways_to,
)
from beacon.cases.queries.searching import (
    FOUND_AT_MOST,
    kin_meant,
    search,
)
from beacon.cases.queries.telling import (
    TellLine,
    tell_lines,
    told_together,
)
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
    "ChaseRow",
    "Caseload",
    "ClosedCases",
    "DeskCounts",
    "DueRow",
    "DutyDay",
    "DutyLine",
    "FOUND_AT_MOST",
    "LetIn",
    "Load",
    "NeedLine",
    "Opened",
    "ReminderRow",
    "ReviewCounts",
    "RightsPage",
    "SafeState",
    "SafeguardingRow",
    "TaskRow",
    "TellLine",
    "Unassigned",
    "Ways",
    "Whose",
    "assessments_of",
    "case_behind_glass",
    "case_page",
    "cases_in_conflict",
    "cases_of_crime",
    "cases_to_log",
    "cautions",
    "crime_by_reference",
    "desk_counts",
    "duties_due",
    "duty_days",
    "first_chase",
    "get_case",
    "get_duty",
    "get_milestone",
    "get_name",
    "get_proposal",
    "get_request",
    "declared_of",
    "get_review",
    "get_task",
    "glasses_today",
    "case_to_explain",
    "is_asked_why",
    "kin_meant",
    "live_glass",
    "loads_to_hand_over",
    "managers_for",
    "may_be_on_duty",
    "may_decide",
    "must_say_why",
    "names_of",
    "need_lines",
    "normal_reference",
    "on_duty",
    "open_case_count",
    "open_tasks",
    "open_to",
    "people_to_name",
    "receipts_awaited",
    "recorded_of",
    "reminders_for",
    "reminders_to_give",
    "review_counts",
    "times_asked_to_withdraw",
    "withdrawal_of",
    "withdrawals_waiting",
    "rights_page",
    "safe_states",
    "safeguarding_for",
    "search",
    "takers_for",
    "team_loads",
    "tell_lines",
    "to_chase",
    "told_together",
    "ways_to",
    "who_may_open",
]

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
from beacon.cases.queries.alarms import (
    AlarmDue,
    alarms_to_raise,
)
from beacon.cases.queries.asking import (
    ChaseRow,
    first_chase,
    to_chase,
)
from beacon.cases.queries.caseload import (
    Caseload,
    CaseRow,
    ClosedCases,
    Unassigned,
    name_of,
)
from beacon.cases.queries.closing import (
    OpenEnds,
    open_ends,
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
    names_of,
    open_case_count,
    team_loads,
    teams_without_leader,
)
from beacon.cases.queries.new_cases import (
    NewCases,
    new_cases_waiting,
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
    CONTACTS_AT_MOST,
    CasePage,
    DutyLine,
    HistoryAsked,
    assessments_of,
    case_page,
    cases_of_crime,
    crime_by_reference,
    page_of,
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
from beacon.cases.queries.reminding import (
    DigestLine,
    ReminderRow,
    ToGive,
    digest_for,
    escalations_for,
    people_to_mail,
    reminders_for,
    reminders_to_give,
    viewer_of,
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
from beacon.cases.queries.rows import (
    row_of,
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
from beacon.cases.queries.updates import (
    UpdateClock,
    UpdateRow,
    last_updates,
    standing_wish,
    update_clock,
    updates_due,
    wishes_to_call_for,
)
from beacon.cases.queries.wishes import (
    FactLine,
    WishesPart,
    orders_that_stand,
    sentenced_on,
    wishes_part,
)
from beacon.cases.queries.work_to_do import (
    DeskCounts,
    DueRow,
    TaskRow,
    desk_counts,
    duties_due,
    open_tasks,
)

__all__ = [
    "AlarmDue",
    "AwaitedRow",
    "CaseList",
    "CasePage",
    "NewCases",
    "new_cases_waiting",
    "OpenEnds",
    "open_ends",
    "CaseRow",
    "ChaseRow",
    "Caseload",
    "ClosedCases",
    "DeskCounts",
    "DigestLine",
    "DueRow",
    "DutyDay",
    "DutyLine",
    "FOUND_AT_MOST",
    "FactLine",
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
    "ToGive",
    "TellLine",
    "Unassigned",
    "UpdateClock",
    "UpdateRow",
    "Ways",
    "Whose",
    "WishesPart",
    "alarms_to_raise",
    "assessments_of",
    "case_behind_glass",
    "case_page",
    "page_of",
    "CONTACTS_AT_MOST",
    "HistoryAsked",
    "cases_in_conflict",
    "cases_of_crime",
    "cases_to_log",
    "cautions",
    "crime_by_reference",
    "desk_counts",
    "digest_for",
    "duties_due",
    "duty_days",
    "escalations_for",
    "first_chase",
    "get_case",
    "get_name",
    "declared_of",
    "get_review",
    "glasses_today",
    "case_to_explain",
    "is_asked_why",
    "kin_meant",
    "live_glass",
    "loads_to_hand_over",
    "may_be_on_duty",
    "may_decide",
    "must_say_why",
    "name_of",
    "names_of",
    "need_lines",
    "normal_reference",
    "on_duty",
    "open_case_count",
    "open_tasks",
    "open_to",
    "orders_that_stand",
    "last_updates",
    "people_to_name",
    "receipts_awaited",
    "people_to_mail",
    "recorded_of",
    "reminders_for",
    "reminders_to_give",
    "review_counts",
    "times_asked_to_withdraw",
    "withdrawal_of",
    "withdrawals_waiting",
    "rights_page",
    "row_of",
    "safe_states",
    "safeguarding_for",
    "search",
    "sentenced_on",
    "standing_wish",
    "team_loads",
    "update_clock",
    "updates_due",
    "viewer_of",
    "teams_without_leader",
    "tell_lines",
    "to_chase",
    "told_together",
    "ways_to",
    "wishes_part",
    "wishes_to_call_for",
    "who_may_open",
]

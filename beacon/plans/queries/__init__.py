"""What plans and promises can be asked."""

from beacon.plans.queries.closing import closing_assessment, closings_of, ends_of
from beacon.plans.queries.due import (
    DoRow,
    ReviewRow,
    WaitingPlan,
    case_ids,
    plans_waiting,
    promises_of_team,
    reviews_due,
    to_do,
)
from beacon.plans.queries.pages import (
    PlanPage,
    PlanPart,
    goals_of,
    owners_for,
    plan_of,
    plan_page,
    plan_part,
    promise_is_broken,
    safety_plan_of,
)
from beacon.plans.queries.reporting import BrokenRow, PromiseReport, promise_report

__all__ = [
    "BrokenRow",
    "DoRow",
    "PlanPage",
    "PlanPart",
    "PromiseReport",
    "ReviewRow",
    "WaitingPlan",
    "case_ids",
    "closing_assessment",
    "closings_of",
    "ends_of",
    "goals_of",
    "owners_for",
    "plan_of",
    "plan_page",
    "plan_part",
    "plans_waiting",
    "promise_is_broken",
    "promise_report",
    "promises_of_team",
    "reviews_due",
    "safety_plan_of",
    "to_do",
]

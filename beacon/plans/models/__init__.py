"""The tables of plans, promises and closing."""

from beacon.plans.models.closing import Closing, ClosingAnswer, ClosingGoal
from beacon.plans.models.plan import Action, Goal, Plan, PlanChange, PlanSession
from beacon.plans.models.promise import Promise
from beacon.plans.models.safety import HardeningItem, SafetyPlan

__all__ = [
    "Action",
    "Closing",
    "ClosingAnswer",
    "ClosingGoal",
    "Goal",
    "HardeningItem",
    "Plan",
    "PlanChange",
    "PlanSession",
    "Promise",
    "SafetyPlan",
]

"""The orders that plans and promises obey, each in one transaction."""

from beacon.plans.commands.approving import decide_plan, submit_plan
from beacon.plans.commands.closing import ClosingGiven, Reached, close
from beacon.plans.commands.keeping_safe import (
    ItemGiven,
    SafetyGiven,
    add_item,
    change_item,
    save_safety_plan,
)
from beacon.plans.commands.planning import (
    ActionGiven,
    GoalGiven,
    SessionGiven,
    add_action,
    add_goal,
    add_session,
    change_action,
    change_goal,
    change_session,
    finish_action,
)
from beacon.plans.commands.promising import (
    PromiseEnd,
    PromiseGiven,
    change_promise,
    give_promise,
    keep_promise,
    promise_in_contact,
)

__all__ = [
    "ActionGiven",
    "ClosingGiven",
    "GoalGiven",
    "ItemGiven",
    "PromiseEnd",
    "PromiseGiven",
    "Reached",
    "SafetyGiven",
    "SessionGiven",
    "add_action",
    "add_goal",
    "add_item",
    "add_session",
    "change_action",
    "change_goal",
    "change_item",
    "change_promise",
    "change_session",
    "close",
    "decide_plan",
    "finish_action",
    "give_promise",
    "keep_promise",
    "promise_in_contact",
    "save_safety_plan",
    "submit_plan",
]

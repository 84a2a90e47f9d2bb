"""The words of plans, promises and closing: read this package first."""

from beacon.plans.terms.closing import (
    Answer,
    ClosingReason,
    CopeAndRecover,
    NotAssessed,
)
from beacon.plans.terms.planning import (
    GRANTS,
    ActionState,
    GoalState,
    ItemKind,
    Part,
    PlanPermission,
    PlanState,
    PromisedTo,
    PromiseState,
    SessionKind,
    SessionState,
)

__all__ = [
    "ActionState",
    "Answer",
    "ClosingReason",
    "CopeAndRecover",
    "GRANTS",
    "GoalState",
    "ItemKind",
    "NotAssessed",
    "Part",
    "PlanPermission",
    "PlanState",
    "PromiseState",
    "PromisedTo",
    "SessionKind",
    "SessionState",
]

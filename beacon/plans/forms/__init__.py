"""The boxes of plans and promises."""

from beacon.plans.forms.closing import ClosingForm
from beacon.plans.forms.keeping_safe import ItemChangeForm, ItemForm, SafetyForm
from beacon.plans.forms.planning import (
    ActionChangeForm,
    ActionForm,
    DecideForm,
    GoalChangeForm,
    GoalForm,
    SessionChangeForm,
    SessionForm,
)
from beacon.plans.forms.promising import PeriodForm, PromiseChangeForm, PromiseForm

__all__ = [
    "ActionChangeForm",
    "ActionForm",
    "ClosingForm",
    "DecideForm",
    "GoalChangeForm",
    "GoalForm",
    "ItemChangeForm",
    "ItemForm",
    "PeriodForm",
    "PromiseChangeForm",
    "PromiseForm",
    "SafetyForm",
    "SessionChangeForm",
    "SessionForm",
]

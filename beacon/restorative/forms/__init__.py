"""Boxes on the pages of restorative justice and of out-of-court disposals."""

from beacon.restorative.forms.disposals import VIEW_FORMS, DisposalForm, ViewForm
from beacon.restorative.forms.lists import PeriodForm, WaitingForm, WhoseForm
from beacon.restorative.forms.offering import (
    FORMS,
    OffenderForm,
    RulingForm,
    StepForm,
    TakeBackForm,
)

__all__ = [
    "DisposalForm",
    "FORMS",
    "OffenderForm",
    "PeriodForm",
    "RulingForm",
    "StepForm",
    "TakeBackForm",
    "VIEW_FORMS",
    "ViewForm",
    "WaitingForm",
    "WhoseForm",
]

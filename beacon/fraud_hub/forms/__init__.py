"""Boxes for losses, claims, answers, money back and money prevented."""

from beacon.fraud_hub.forms.board import PeriodForm, YearForm
from beacon.fraud_hub.forms.claims import ClaimForm, ReplyForm
from beacon.fraud_hub.forms.ledger import PreventedForm, RecoveredForm
from beacon.fraud_hub.forms.losses import LossForm
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, ReasonForm, number
from beacon.fraud_hub.forms.prevention import (
    CountStopForm,
    EventForm,
    LinkCaseForm,
    ProtocolCallForm,
)
from beacon.fraud_hub.forms.support import CheckForm, LoanEndForm, SupportForm

__all__ = [
    "CHOOSE",
    "CheckForm",
    "ClaimForm",
    "CountStopForm",
    "EventForm",
    "LinkCaseForm",
    "LoanEndForm",
    "LossForm",
    "OnceForm",
    "PeriodForm",
    "PreventedForm",
    "ProtocolCallForm",
    "ReasonForm",
    "RecoveredForm",
    "ReplyForm",
    "SupportForm",
    "YearForm",
    "number",
]

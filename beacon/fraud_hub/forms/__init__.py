"""Boxes for losses, claims, answers, money back and money prevented."""

from beacon.fraud_hub.forms.advocacy import (
    BeginLetterForm,
    ClaimsForm,
    ClockForm,
    ContactForm,
    OmbudsmanForm,
    SentForm,
    WriteLetterForm,
)
from beacon.fraud_hub.forms.approving import (
    APPROVE,
    THROUGH,
    DecideForm,
    KeepLetterForm,
    LedgerForm,
    LetterForm,
    LineForm,
    OpeningForm,
)
from beacon.fraud_hub.forms.banks import BankForm
from beacon.fraud_hub.forms.board import PeriodForm
from beacon.fraud_hub.forms.claims import ClaimForm, ReplyForm
from beacon.fraud_hub.forms.contact import AttemptForm, DecisionForm, QuickForm, TriageForm
from beacon.fraud_hub.forms.ledger import PreventedForm, RecoveredForm
from beacon.fraud_hub.forms.losses import LossForm
from beacon.fraud_hub.forms.month import MonthForm, TodayForm
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, ReasonForm, number

__all__ = [
    "APPROVE",
    "AttemptForm",
    "BankForm",
    "BeginLetterForm",
    "CHOOSE",
    "ClaimForm",
    "ClaimsForm",
    "ClockForm",
    "ContactForm",
    "DecideForm",
    "DecisionForm",
    "KeepLetterForm",
    "LedgerForm",
    "LetterForm",
    "LineForm",
    "LossForm",
    "MonthForm",
    "OmbudsmanForm",
    "OnceForm",
    "OpeningForm",
    "PeriodForm",
    "PreventedForm",
    "QuickForm",
    "ReasonForm",
    "RecoveredForm",
    "ReplyForm",
    "SentForm",
    "THROUGH",
    "TodayForm",
    "TriageForm",
    "WriteLetterForm",
    "number",
]

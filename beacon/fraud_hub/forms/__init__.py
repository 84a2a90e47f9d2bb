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
from beacon.fraud_hub.forms.board import PeriodForm, YearForm
from beacon.fraud_hub.forms.claims import ClaimForm, ReplyForm
from beacon.fraud_hub.forms.contact import AttemptForm, DecisionForm, QuickForm, TriageForm
from beacon.fraud_hub.forms.ledger import PreventedForm, RecoveredForm
from beacon.fraud_hub.forms.losses import LossForm
from beacon.fraud_hub.forms.month import MonthForm, TodayForm
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, ReasonForm, number
from beacon.fraud_hub.forms.prevention import (
    CountStopForm,
    EventForm,
    LinkCaseForm,
    ProtocolCallForm,
)
from beacon.fraud_hub.forms.support import CheckForm, LoanEndForm, SupportForm

__all__ = [
    "APPROVE",
    "AttemptForm",
    "BankForm",
    "BeginLetterForm",
    "CHOOSE",
    "CheckForm",
    "ClaimForm",
    "ClaimsForm",
    "ClockForm",
    "ContactForm",
    "CountStopForm",
    "DecideForm",
    "DecisionForm",
    "EventForm",
    "KeepLetterForm",
    "LedgerForm",
    "LetterForm",
    "LineForm",
    "LinkCaseForm",
    "LoanEndForm",
    "LossForm",
    "MonthForm",
    "OmbudsmanForm",
    "OnceForm",
    "OpeningForm",
    "PeriodForm",
    "PreventedForm",
    "ProtocolCallForm",
    "QuickForm",
    "ReasonForm",
    "RecoveredForm",
    "ReplyForm",
    "SentForm",
    "SupportForm",
    "THROUGH",
    "TodayForm",
    "TriageForm",
    "WriteLetterForm",
    "YearForm",
    "number",
]

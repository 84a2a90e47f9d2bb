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
from beacon.fraud_hub.forms.banks import BankForm
from beacon.fraud_hub.forms.board import PeriodForm
from beacon.fraud_hub.forms.claims import ClaimForm, ReplyForm
from beacon.fraud_hub.forms.ledger import PreventedForm, RecoveredForm
from beacon.fraud_hub.forms.losses import LossForm
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, ReasonForm, number

__all__ = [
    "BankForm",
    "BeginLetterForm",
    "CHOOSE",
    "ClaimForm",
    "ClaimsForm",
    "ClockForm",
    "ContactForm",
    "LossForm",
    "OmbudsmanForm",
    "OnceForm",
    "PeriodForm",
    "PreventedForm",
    "ReasonForm",
    "RecoveredForm",
    "ReplyForm",
    "SentForm",
    "WriteLetterForm",
    "number",
]

"""The boxes of calls."""

from beacon.calls.forms.line import (
    CallForm,
    FactsForm,
    FindForm,
    MessageForm,
    OrderForm,
    PhraseForm,
    PressForm,
    SaidForm,
    UnplacedForm,
)
from beacon.calls.forms.round import RoundForm, ids_sent

__all__ = [
    "CallForm",
    "FactsForm",
    "FindForm",
    "MessageForm",
    "OrderForm",
    "PhraseForm",
    "PressForm",
    "RoundForm",
    "SaidForm",
    "UnplacedForm",
    "ids_sent",
]

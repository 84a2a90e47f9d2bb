"""The boxes of calls."""

from beacon.calls.forms.line import (
    CallForm,
    FactsForm,
    FindForm,
    MessageForm,
    OrderForm,
    PhraseForm,
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
    "RoundForm",
    "SaidForm",
    "UnplacedForm",
    "ids_sent",
]

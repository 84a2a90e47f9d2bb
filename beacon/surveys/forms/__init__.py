"""The boxes of surveys: a page a question, the same on the telephone, and what leaders write."""

from beacon.surveys.forms.asking import (
    BeginForm,
    CallForm,
    MeasureForm,
    WordsForm,
    in_words,
    page_of,
)
from beacon.surveys.forms.phone import PhoneForm
from beacon.surveys.forms.reading import LookForm, PeriodForm, ReadForm

__all__ = [
    "BeginForm",
    "CallForm",
    "LookForm",
    "MeasureForm",
    "PeriodForm",
    "PhoneForm",
    "ReadForm",
    "WordsForm",
    "in_words",
    "page_of",
]

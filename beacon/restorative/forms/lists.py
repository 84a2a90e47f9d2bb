"""Boxes above the lists and the figures."""

from __future__ import annotations

from collections.abc import Sequence

from beacon.restorative.terms import Waiting, Whose
from beacon.web.fields import DateField, SelectField
from beacon.web.forms import FilterForm
from beacon.web.periods import DaysForm


class WhoseForm(FilterForm):
    """Whose cases."""

    whose = SelectField("Whose", coerce=Whose)

    @classmethod
    def of(cls, offered: Sequence[Whose]) -> WhoseForm:
        """The choices that mean something to this person; the first one, where none is made."""
        form = cls()
        form.whose.choices = [(one.value, one.label) for one in offered]
        if not form.asked_well() or form.whose.data is None:
            form.whose.data = offered[0]
        return form


class WaitingForm(WhoseForm):
    """Whose cases, and which part of the list."""

    waiting = SelectField(
        "Which", coerce=Waiting, choices=[(one.value, one.label) for one in Waiting]
    )


class PeriodForm(DaysForm):
    """Between which days the cases that are counted were opened."""

    first = DateField("Opened from")
    last = DateField("Until")

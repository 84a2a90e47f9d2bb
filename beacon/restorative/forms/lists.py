"""Boxes above the lists and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beacon.core.errors import RuleBroken
from beacon.restorative.terms import Waiting, Whose
from beacon.web.fields import DateField, SelectField
from beacon.web.forms import FilterForm


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


class PeriodForm(FilterForm):
    """Between which days the cases that are counted were opened."""

    first = DateField("Opened from")
    last = DateField("Until")

    def period(self, usual: tuple[date, date]) -> tuple[date, date]:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        if not self.asked_well():
            return usual
        first, last = self.first.data or usual[0], self.last.data or usual[1]
        if first > last:
            self.refuse(RuleBroken("The last day must not be before the first.", field="last"))
            return usual
        return first, last

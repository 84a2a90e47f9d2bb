"""The days between which the hub's money is counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from beacon.core.errors import RuleBroken
from beacon.web.fields import DateField, SelectField
from beacon.web.forms import FilterForm


class PeriodForm(FilterForm):
    """The days between which the hub's money is counted."""

    first = DateField("From")
    last = DateField("To")

    def period(self, usual: tuple[date, date]) -> tuple[date, date]:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        if not self.asked_well():
            return usual
        first, last = self.first.data or usual[0], self.last.data or usual[1]
        if first > last:
            self.refuse(RuleBroken("The last day must not be before the first.", field="last"))
            return usual
        return first, last


class YearForm(FilterForm):
    """The financial year of the figures that may leave."""

    year = SelectField("Financial year")

    def __init__(self, years: Iterable[int]) -> None:
        super().__init__()
        self.years = list(years)
        self.year.choices = [(str(one), f"April {one} to March {one + 1}") for one in self.years]

    @property
    def year_asked(self) -> int:
        """The year asked for; the newest where none is, or where it is none of these."""
        word = self.year.data if self.asked_well() else None
        return int(word) if word in {str(one) for one in self.years} else self.years[0]

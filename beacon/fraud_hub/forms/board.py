"""The days between which the hub's money is counted."""

from __future__ import annotations

from collections.abc import Iterable

from beacon.web.fields import DateField, SelectField
from beacon.web.forms import FilterForm
from beacon.web.periods import DaysForm


class PeriodForm(DaysForm):
    """The days between which the hub's money is counted."""

    first = DateField("From")
    last = DateField("To")


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

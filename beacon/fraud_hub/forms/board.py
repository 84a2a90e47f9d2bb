"""The days between which the hub's money is counted."""

from __future__ import annotations

from datetime import date

from beacon.core.errors import RuleBroken
from beacon.web.fields import DateField
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

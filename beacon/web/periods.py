"""A filter of two days: the same question on every page that counts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from beacon.core.errors import RuleBroken
from beacon.web.fields import DateField
from beacon.web.forms import FilterForm


class DaysForm(FilterForm):
    """Between which days; whoever inherits names both boxes, and how many days are too many."""

    days_at_most: ClassVar[int | None] = None
    too_many: ClassVar[str] = ""

    first = DateField("From")
    last = DateField("Until")

    def period(self, usual: tuple[date, date]) -> tuple[date, date]:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        if not self.asked_well():
            return usual
        first, last = self.first.data or usual[0], self.last.data or usual[1]
        if first > last:
            self.refuse(RuleBroken("The last day must not be before the first.", field="last"))
            return usual
        if self.days_at_most is not None and (last - first).days > self.days_at_most:
            self.refuse(RuleBroken(self.too_many, field="last"))
            return usual
        return first, last

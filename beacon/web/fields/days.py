"""Boxes for a day, and for a day and a time in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any  # WTForms passes untyped values through its hooks

import wtforms

from beacon.core import clock
from beacon.web import widgets
from beacon.web.fields.answered import Answered
from beacon.web.fields.reading import read_date, read_time


class DateField(Answered, wtforms.Field):
    """Three boxes, day, month and year -> date."""

    widget = widgets.DateInput()
    first_box = "-day"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the boxes, or say what is missing from them."""
        self.data: date | None = None
        self.data = read_date([str(part) for part in valuelist], self.name_in_errors)

    @property
    def boxes(self) -> tuple[str, str, str]:
        """What stands in the three boxes; a script may have sent fewer."""
        typed = [str(part).replace("\0", "")[:20] for part in self.raw_data or ()]
        if len(typed) == 3:
            return typed[0], typed[1], typed[2]
        if self.data:
            return str(self.data.day), str(self.data.month), str(self.data.year)
        return "", "", ""


class MomentField(Answered, wtforms.Field):
    """A day and a time in London -> the moment in UTC.

    Refuses a time that the spring clock change skips; asks which, when autumn has it twice. The
    boxes are `name` three times, `name-time`, and `name-which` (first or second) once asked.
    """

    widget = widgets.MomentInput()
    first_box = "-day"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the time from its own box before the days are read."""
        self.typed_time = self.typed_which = ""
        self.asks_which = False
        if formdata is not None:
            self.typed_time = str(formdata.get(f"{self.name}-time", ""))[:20].replace("\0", "")
            self.typed_which = str(formdata.get(f"{self.name}-which", ""))[:10]
        arguments = () if data is None else (data,)
        super().process(formdata, *arguments, extra_filters=extra_filters)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read day and time as London's clocks show them."""
        self.data: datetime | None = None
        day = read_date([str(part) for part in valuelist], self.name_in_errors)
        if day is None and not self.typed_time.strip():
            return
        if day is None:
            raise ValueError(f"{self.name_in_errors} must have a day, a month and a year.")
        self.first_box = "-time"
        if not self.typed_time.strip():
            raise ValueError(f"{self.name_in_errors} must have a time, like 9:30am.")
        self.data = self._moment(day, read_time(self.typed_time))
        self.first_box = "-day"

    def _moment(self, day: date, at: time) -> datetime:
        self.asks_which = clock.is_ambiguous(day, at)
        if self.asks_which and self.typed_which == "second":
            return datetime.combine(day, at.replace(fold=1), clock.LONDON).astimezone(UTC)
        if self.asks_which and self.typed_which != "first":
            self.first_box = "-which"
            raise ValueError(
                "The clocks go back that night, so this time comes twice. Say which you mean."
            )
        return clock.from_london(day, at)

    @property
    def boxes(self) -> tuple[str, str, str]:
        """What stands in the three boxes of the day."""
        typed = [str(part).replace("\0", "")[:20] for part in self.raw_data or ()]
        if len(typed) == 3:
            return typed[0], typed[1], typed[2]
        if self.data:
            shown = clock.london(self.data)
            return str(shown.day), str(shown.month), str(shown.year)
        return "", "", ""

    @property
    def time_box(self) -> str:
        """What stands in the box of the time."""
        return self.typed_time or (f"{clock.london(self.data):%H:%M}" if self.data else "")

"""When a text about a hearing may leave, and about which days texts are planned (RULE 5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from beacon.core import clock
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.clock import NoSuchTime
from beacon.core.working_days import next_working_day, working_day_before

DAY = timedelta(days=1)
# A "today" text is of use until an hour before the hearing.
LEAD = timedelta(hours=1)


@dataclass(frozen=True)
class Window:
    """From when one text may leave, and from when it is of no more use."""

    opens: datetime
    closes: datetime

    @property
    def leaves_on(self) -> date:
        """The day in London on which it may first leave."""
        return clock.london_day(self.opens)


@dataclass(frozen=True, kw_only=True)
class ReminderTimes:
    """The settings of the day, in London time (domain.md RULE 5.5)."""

    window_from: time
    plan_from: time
    window_to: time
    morning_from: time
    on_working_day: bool = False


def begins(held_on: date, starts_at: time) -> datetime | None:
    """The moment at which a hearing begins; none where the clocks skip that time of day."""
    try:
        return clock.from_london(held_on, starts_at)
    except NoSuchTime:
        return None


def eve(held_on: date, times: ReminderTimes) -> date:
    """The day on which the reminder leaves: the calendar day before, or the last working day.

    Where no calendar reaches, it is the calendar day before: nobody goes without a text for it.
    """
    if not times.on_working_day:
        return held_on - DAY
    try:
        return working_day_before(held_on)
    except CalendarEnds:
        return held_on - DAY


def days_ahead(today: date) -> list[date]:
    """The days whose texts are planned and shown already: up to the next working day.

    On a Friday that is Monday too, or Tuesday after a bank holiday, so that somebody at work sees
    what leaves while nobody is.
    """
    try:
        last = next_working_day(today)
    except CalendarEnds:
        last = today + DAY
    return [today + DAY * number for number in range(1, (last - today).days + 1)]


def window(held_on: date, starts_at: time, times: ReminderTimes, *, at: datetime) -> Window | None:
    """When the text about a hearing may leave: an evening before, or the morning of the day.

    What is listed after the evening began leaves at once, until it closes; what is listed later
    still gets a "today" text from the morning until an hour before. None: too early in the
    morning of the day, or too late to be of use.
    """
    evening = max(eve(held_on, times), clock.london_day(at))
    while evening < held_on:
        closes = clock.from_london(evening, times.window_to)
        if at < closes:
            return Window(clock.from_london(evening, times.plan_from), closes)
        evening += DAY
    opens, ends = clock.from_london(held_on, times.morning_from), useful_before(held_on, starts_at)
    return Window(opens, ends) if ends and opens <= at < ends else None


def useful_before(held_on: date, starts_at: time) -> datetime | None:
    """Until when a text that says where to come is of use: an hour before the hearing."""
    begun = begins(held_on, starts_at)
    return begun - LEAD if begun else None


def useful_until(told_at: datetime, true_at: datetime | None) -> datetime:
    """Until when a correction is of use: the moment told, or an hour before an earlier true one."""
    return true_at - LEAD if true_at and true_at < told_at else told_at


def correction_window(until: datetime, times: ReminderTimes, *, at: datetime) -> Window | None:
    """When a correction may leave: at once between the hours of texting, else when they begin.

    None: it would come too late to be of use.
    """
    today = clock.london_day(at)
    opens = max(at, clock.from_london(today, times.window_from))
    if opens >= clock.from_london(today, times.window_to):
        opens = clock.from_london(today + DAY, times.window_from)
    return Window(opens, until) if opens < until else None

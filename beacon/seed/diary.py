"""The days of the county: what happens when, done in the order of time up to the present."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from beacon.core import clock
from beacon.core.working_days import is_working_day, next_working_day, working_day_before

Action = Callable[[], object]
Told = Callable[[datetime], None]


def at(day: date, text: str) -> datetime:
    """The moment of a London time, such as 09:30, on a day."""
    return clock.from_london(day, time.fromisoformat(text))


def working_days_back(day: date, count: int) -> date:
    """The day from which so many working days end on this one."""
    for _ in range(count):
        day = working_day_before(day)
    return day


def office_day(day: date) -> date:
    """The day itself where people work on it, else the next on which they do."""
    return day if is_working_day(day) else next_working_day(day)


class Diary:
    """What is to happen, kept in order. Nothing later than the present is ever done."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = clock.london_day(now)
        self.yesterday = self.today - timedelta(days=1)
        self.tomorrow = self.today + timedelta(days=1)
        self.last_working = working_day_before(self.today)
        self.next_working = next_working_day(self.today)
        self.moment = now - timedelta(days=420)
        self.began = self.moment
        self._pages: list[tuple[datetime, int, Action]] = []
        self._written = 0

    def put(self, moment: datetime, action: Action) -> None:
        """Write down that this is done then; what is asked for too early is done next."""
        moment = max(moment, self.moment)
        if moment <= self.now:
            self._written += 1
            heapq.heappush(self._pages, (moment, self._written, action))

    def live(self, told: Told) -> None:
        """Do everything in the order of time, the clock held at the moment of each."""
        while self._pages:
            self.moment, _, action = heapq.heappop(self._pages)
            with clock.fixed(self.moment):
                action()
            told(self.moment)

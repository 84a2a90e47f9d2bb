"""How a text speaks of a day and a time, in English or in an approved translation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any  # a message of whichever fields

from beacon.courts.rules.reminders import spoken_day, spoken_time, spoken_when

TODAY, TOMORROW = 0, 1  # days between the day a text leaves and the day it speaks of


class Speech:
    """English."""

    language = "English"

    def day(self, on: date) -> str:
        """A day: Tue 24 Nov."""
        return spoken_day(on)

    def time(self, at: time) -> str:
        """A time of day: 9.30am."""
        return spoken_time(at)

    def when(self, sent_on: date, held_on: date) -> str:
        """TODAY, TOMORROW, or on."""
        return spoken_when(sent_on, held_on)

    def message(self, english: type[Any]) -> type[Any]:
        """The class of texts that says in this language what this one says in English."""
        return english


ENGLISH = Speech()


@dataclass(frozen=True, kw_only=True, eq=False)
class Translation(Speech):
    """Words that somebody has approved for one language, and who that was."""

    language: str
    names: frozenset[str]  # every way in which a court list writes the language, folded
    approved_by: str
    approved_on: date
    weekdays: tuple[str, ...]  # Monday first
    months: tuple[str, ...]
    day_as: str  # "{weekday} {day} {month}" in the order of the language
    near: Mapping[int, str]
    other: str
    messages: dict[type[Any], type[Any]] = field(repr=False, default_factory=dict)

    def day(self, on: date) -> str:
        """A day, in the order of the language."""
        return self.day_as.format(
            weekday=self.weekdays[on.weekday()], day=on.day, month=self.months[on.month - 1]
        )

    def time(self, at: time) -> str:
        """A time of day of twenty-four hours: 9:30, 14:00."""
        return f"{at.hour}:{at.minute:02}"

    def when(self, sent_on: date, held_on: date) -> str:
        """The words for today and tomorrow, or the one that stands before another day."""
        return self.near.get((held_on - sent_on).days, self.other)

    def message(self, english: type[Any]) -> type[Any]:
        """The class of texts in this language."""
        return self.messages[english]

    def longest(self, english: Mapping[str, str]) -> dict[str, str]:
        """The longest that each place of a text can become in this language."""
        weekday = max(self.weekdays, key=len)
        long_day = max(
            (self.day_as.format(weekday=weekday, day=30, month=month) for month in self.months),
            key=len,
        )
        own = {
            "day": long_day,
            "when": max((*self.near.values(), self.other), key=len),
            "time": "12:30",
        }
        own["was"] = long_day
        return {name: own.get(name, text) for name, text in english.items()}


def folded(language: str) -> str:
    """The name of a language as it is compared."""
    return " ".join(language.casefold().split())

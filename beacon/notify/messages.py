"""Every text is a class: whom it is for, its words, and the longest it can become.

A class is checked when it is defined, so that a text nobody may send cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import ClassVar, Generic, TypeVar

from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.notify.segments import measure, plain
from beacon.notify.terms import Audience

SEGMENTS_AT_MOST = 2
TRANSLATED_AT_MOST = 4  # of words that need an alphabet of which a segment holds half
# What a phone lying on a table must not show (domain.md 5.3).
FORBIDDEN = (
    "beacon",
    "victim",
    "offence",
    "witness",
    "complainant",
    "crime",
    "charge",
    "charged",
    "assault",
    "abuse",
    "injunction",
    "conditions",
    "urn",
    "http",
    "https",
    "www",
    "click",
)
_FORBIDDEN = re.compile(rf"\b(?:{'|'.join(FORBIDDEN)})\b", re.IGNORECASE)


class For:
    """Somebody a text can be for. Each audience is a type, so that a mix-up is a type error."""

    audience: ClassVar[Audience]


class Defendant(For):
    """A person who must come to court."""

    audience = Audience.DEFENDANT


class Victim(For):
    """A person we look after."""

    audience = Audience.VICTIM


A = TypeVar("A", bound=For)


@dataclass(frozen=True)
class Recipient(Generic[A]):
    """Where a text goes, and what sort of person is there."""

    who: type[A]
    mobile: Phone


class MessageUnfit(TypeError):
    """A class of texts cannot be used: the message says why. Found when it is defined."""


class Message(Generic[A]):
    """A text in our own words, with places to fill.

    A subclass is a frozen dataclass of texts with three words of its own: `who` (a type of
    audience), `words` (with a place in braces for each field) and `longest` (the longest that
    each place can become). One that `is_translated` may have the marks of any alphabet (RULE 5.8).
    """

    who: ClassVar[type[For]]
    words: ClassVar[str]
    longest: ClassVar[Mapping[str, str]]
    is_translated: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for needed in ("who", "words", "longest"):
            if not hasattr(cls, needed):
                raise MessageUnfit(f"{cls.__name__} does not say its {needed}")
        places = places_in(cls.words)
        if places != set(cls.longest):
            raise MessageUnfit(f"{cls.__name__} must give the longest of each of: {places}")
        if wrong := fault(cls.words.format(**cls.longest), is_translated=cls.is_translated):
            raise MessageUnfit(f"{cls.__name__}: {wrong}")

    @property
    def text(self) -> str:
        """The text as it leaves, in plain marks."""
        filled = {name: _one_line(getattr(self, name)) for name in self.longest}
        return self.words.format(**filled)

    def check(self) -> str:
        """The text, or a refusal where its facts make it one that may not leave."""
        if wrong := fault(self.text, is_translated=self.is_translated):
            raise RuleBroken(f"This text cannot be sent: {wrong}.")
        return self.text


def fault(text: str, *, is_translated: bool = False) -> str:
    """What forbids a text, or nothing."""
    length = measure(text)
    if not (length.is_gsm or is_translated):
        strange = sorted({mark for mark in text if not measure(mark).is_gsm})
        return f"it has marks that phones count double ({' '.join(strange)})"
    most = SEGMENTS_AT_MOST if length.is_gsm else TRANSLATED_AT_MOST
    if length.segments > most:
        return f"it is {length.segments} segments long, and {most} is the most"
    if found := _FORBIDDEN.search(text):
        return f"it has the word {found[0]}"
    return ""


def _one_line(fact: str) -> str:
    return " ".join(plain(fact).split())


def places_in(words: str) -> set[str]:
    """The places of a text that are to be filled."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}

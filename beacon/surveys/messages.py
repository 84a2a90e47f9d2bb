"""The texts that ask how we did. They say nothing that a phone lying on a table must not show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from beacon.notify.messages import Message, Victim

LONGEST_LINK = "questions.example.org.uk/short/2345678BCDFGHJKLMNPQRSTVWXYZ"


@dataclass(frozen=True, kw_only=True)
class ByLink(Message[Victim]):
    """A link to a few questions."""

    who: ClassVar = Victim
    words: ClassVar = (
        "Hello. How did we do? You said that we may ask. A few short questions, with no name: "
        "{link} Please do not reply to this text."
    )
    longest: ClassVar = {"link": LONGEST_LINK}
    link: str


@dataclass(frozen=True, kw_only=True)
class ByNumber(Message[Victim]):
    """One question that is answered with one figure."""

    who: ClassVar = Victim
    words: ClassVar = (
        "Hello. How did we do? You said that we may ask. Please reply with one number, from 1 "
        "(badly) to 5 (very well). Your number is not kept with your answer."
    )
    longest: ClassVar[dict[str, str]] = {}

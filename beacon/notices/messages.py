"""The texts to victims. They say nothing that a phone lying on a table must not show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from beacon.notify.messages import Message, Victim

LONGEST_WHEN = "by Wednesday 30 September"


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Message[Victim]):
    """Their reference, and when somebody is in touch."""

    who: ClassVar = Victim
    words: ClassVar = (
        "Hello. Thank you for getting in touch. Your reference is {reference}. "
        "Somebody will speak with you {when}. Please do not reply to this text."
    )
    longest: ClassVar = {"reference": "BCN-7K2M4WXYZ", "when": LONGEST_WHEN}
    reference: str
    when: str


@dataclass(frozen=True, kw_only=True)
class AcknowledgedWithNumber(Message[Victim]):
    """The same, with the number to ring."""

    who: ClassVar = Victim
    words: ClassVar = (
        "Hello. Thank you for getting in touch. Your reference is {reference}. "
        "Somebody will speak with you {when}. Questions? Ring {telephone}. "
        "Please do not reply to this text."
    )
    longest: ClassVar = {
        "reference": "BCN-7K2M4WXYZ",
        "when": LONGEST_WHEN,
        "telephone": "01234 567890 1234",
    }
    reference: str
    when: str
    telephone: str

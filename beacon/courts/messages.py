"""The words that a defendant is sent: a court reminder, and nothing about the matter itself.

The drafts of domain.md 5.3. What happens to somebody who stays away depends on how they were
brought to court, and must be true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from beacon.notify.messages import Defendant, Message

_START = "Court reminder: you must be at {court}, {postcode}, {when} {day} at {time}."
_LONGEST = {
    "court": "Peterborough Magistrates' Court, Annexe",
    "postcode": "AL10 9SJ",
    "when": "TOMORROW",
    "day": "Wed 30 Sept",
    "time": "12.30pm",
}


@dataclass(frozen=True, kw_only=True)
class CourtReminder(Message[Defendant]):
    """What both reminders say."""

    who: ClassVar = Defendant
    words: ClassVar = f"{_START} Plan your journey."
    longest: ClassVar = _LONGEST
    court: str
    postcode: str
    when: str
    day: str
    time: str


@dataclass(frozen=True, kw_only=True)
class Bailed(CourtReminder):
    """To somebody on bail after a charge (Bail Act 1976 ss.6 and 7)."""

    words: ClassVar = f"{_START} Plan your journey. If you miss it you could be arrested."


@dataclass(frozen=True, kw_only=True)
class Requisitioned(CourtReminder):
    """To everybody else: by requisition or summons, or where it is not known."""

    words: ClassVar = f"{_START} Plan your journey. If you miss it the case may go on without you."

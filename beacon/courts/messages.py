"""The words that a defendant is sent: a reminder or its correction, nothing about the matter.

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


_CHANGE = "Court reminder: the hearing on {was}"


@dataclass(frozen=True, kw_only=True)
class Rescheduled(Message[Defendant]):
    """To somebody who was told of another day, time or court than is true now."""

    who: ClassVar = Defendant
    words: ClassVar = (
        f"{_CHANGE} has changed. You must now be at {{court}}, {{postcode}}, {{when}} {{day}} "
        "at {time}. If unsure, ask your solicitor or the court."
    )
    longest: ClassVar = {"was": "Wed 30 Sept", **_LONGEST}
    was: str
    court: str
    postcode: str
    when: str
    day: str
    time: str


@dataclass(frozen=True, kw_only=True)
class NotGoingAhead(Message[Defendant]):
    """To somebody who was told of a hearing that is off the list. Of a new one nothing is said."""

    who: ClassVar = Defendant
    words: ClassVar = (
        f"{_CHANGE} at {{court}} is not going ahead on that day. "
        "Check with your solicitor or the court."
    )
    longest: ClassVar = {"was": "Wed 30 Sept", "court": _LONGEST["court"]}
    was: str
    court: str

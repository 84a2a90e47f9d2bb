"""What a court officer reads out to a defendant who could not be texted (domain.md 5.3).

The rules of the text hold for the call: nothing of the matter, nobody else's name, no promise, no
advice; and not a word about court before the right person is on the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from beacon.courts.rules.reminders import spoken_time


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the script tells of one person's hearings at one court on one day."""

    name: str
    court: str
    postcode: str
    held_on: date
    starts_at: time | None
    is_today: bool
    on_bail: bool


def script(told: Told) -> tuple[str, ...]:
    """The sentences to read out, in their order."""
    day = f"{told.held_on:%A} {told.held_on.day} {told.held_on:%B}"
    when = f"{'today' if told.is_today else 'tomorrow'}, {day}"
    at = f"at {spoken_time(told.starts_at)}" if told.starts_at else "at the time on your papers"
    missed = "you could be arrested" if told.on_bail else "the case may go on without you"
    where = ", ".join(part for part in (told.court, told.postcode) if part)
    return (
        f"Hello. Am I speaking to {told.name}? Please tell me your date of birth.",
        f"This is a court reminder. You must be at {where}, {when}, {at}.",
        f"Please plan your journey. If you miss it {missed}.",
        "I cannot change the date or speak about the case: your solicitor or the court can.",
        "Which mobile number may we text next time?",
    )

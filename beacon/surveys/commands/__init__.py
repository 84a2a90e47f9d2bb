"""What may be done with surveys: ask, answer, open the box, read."""

from beacon.surveys.commands.answering import answer_by_phone, send
from beacon.surveys.commands.box import empty_box
from beacon.surveys.commands.drafting import begin, keep, note_wrong_link, sweep
from beacon.surveys.commands.following import follow, withdraw_if_unsafe
from beacon.surveys.commands.inviting import invite
from beacon.surveys.commands.numbers import take_number
from beacon.surveys.commands.reading import look_at, moderate

__all__ = [
    "answer_by_phone",
    "begin",
    "empty_box",
    "follow",
    "invite",
    "keep",
    "look_at",
    "moderate",
    "note_wrong_link",
    "send",
    "sweep",
    "take_number",
    "withdraw_if_unsafe",
]

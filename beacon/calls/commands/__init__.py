"""What can be ordered about calls."""

from beacon.calls.commands.checking import Checked, check_facts, check_phrase, log_call
from beacon.calls.commands.messages import (
    Left,
    SaidOfThemselves,
    finish_message,
    leave_message,
    leave_unplaced,
    show_number,
)
from beacon.calls.commands.phrases import remove_phrase, set_phrase
from beacon.calls.commands.round import Attempt, log_attempt

__all__ = [
    "Attempt",
    "Checked",
    "Left",
    "SaidOfThemselves",
    "check_facts",
    "check_phrase",
    "finish_message",
    "leave_message",
    "leave_unplaced",
    "log_attempt",
    "log_call",
    "remove_phrase",
    "set_phrase",
    "show_number",
]

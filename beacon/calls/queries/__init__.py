"""What can be asked of calls: checks, messages, and whom to ring."""

from beacon.calls.queries.checking import Checking, checking, known_facts, phrase_of, wrong_on
from beacon.calls.queries.messages import (
    MessageRow,
    case_meant,
    ends_of,
    get_message,
    get_row,
    message_line,
    messages_for,
    messages_of_case,
    messages_waiting,
)
from beacon.calls.queries.round import RoundRow, last_contact, round_rows, rows_of

__all__ = [
    "Checking",
    "MessageRow",
    "RoundRow",
    "case_meant",
    "checking",
    "ends_of",
    "get_message",
    "get_row",
    "known_facts",
    "last_contact",
    "message_line",
    "messages_for",
    "messages_of_case",
    "messages_waiting",
    "phrase_of",
    "round_rows",
    "rows_of",
    "wrong_on",
]

"""What can be asked of calls: checks, messages, and whom to ring."""

from beacon.calls.queries.checking import Checking, checking, known_facts, phrase_of, wrong_on
from beacon.calls.queries.messages import (
    MessageRow,
    case_meant,
    count_for,
    ends_of,
    get_message,
    get_row,
    messages_for,
    messages_of_case,
)
from beacon.calls.queries.round import RoundRow, last_contact, round_rows, rows_of

__all__ = [
    "Checking",
    "MessageRow",
    "RoundRow",
    "case_meant",
    "checking",
    "count_for",
    "ends_of",
    "get_message",
    "get_row",
    "known_facts",
    "last_contact",
    "messages_for",
    "messages_of_case",
    "phrase_of",
    "round_rows",
    "rows_of",
    "wrong_on",
]

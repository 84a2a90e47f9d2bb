"""What follows from what: states, the provider's answers and codes, waits, windows and caps."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from beacon.core import clock
from beacon.notify.terms import NumberFlag, TextState

S = TextState

# How far a text has got at the provider; a receipt moves a text up this list, never down.
RANK: dict[TextState, int] = {
    S.ACCEPTED: 1,
    S.QUEUED: 2,
    S.SENT: 3,
    S.DELIVERED: 4,
    S.UNDELIVERED: 4,
    S.FAILED: 4,
}
FINAL_AT_PROVIDER = frozenset({S.DELIVERED, S.UNDELIVERED, S.FAILED})
AT_PROVIDER = frozenset({S.ACCEPTED, S.QUEUED, S.SENT})  # handed over, and no end reported
WAITING = frozenset({S.PLANNED, S.HELD})
# Nothing more happens to these by themselves, unless a receipt proves us wrong.
SETTLED = FINAL_AT_PROVIDER | {S.REJECTED, S.CANCELLED, S.EXPIRED, S.SUPPRESSED, S.NEEDS_A_PERSON}

_REPORTED = frozenset(RANK)
TRANSITIONS: dict[TextState, frozenset[TextState]] = {
    S.PLANNED: frozenset(
        {S.CLAIMED, S.CANCELLED, S.EXPIRED, S.HELD, S.SUPPRESSED, S.UNKNOWN, S.NEEDS_A_PERSON}
    )
    | _REPORTED,
    S.HELD: frozenset(
        {S.PLANNED, S.CANCELLED, S.EXPIRED, S.SUPPRESSED, S.UNKNOWN, S.NEEDS_A_PERSON}
    )
    | _REPORTED,
    S.CLAIMED: frozenset({S.PLANNED, S.REJECTED, S.UNKNOWN}) | _REPORTED,
    S.UNKNOWN: frozenset({S.NEEDS_A_PERSON, S.PLANNED}) | _REPORTED,
    S.NEEDS_A_PERSON: frozenset({S.PLANNED, S.CANCELLED}) | _REPORTED,
    S.ACCEPTED: frozenset({S.QUEUED, S.SENT}) | FINAL_AT_PROVIDER,
    S.QUEUED: frozenset({S.SENT}) | FINAL_AT_PROVIDER,
    S.SENT: FINAL_AT_PROVIDER,
    S.DELIVERED: frozenset(),
    S.UNDELIVERED: frozenset(),
    S.FAILED: frozenset(),
    # A receipt for one of these proves that it left after all.
    S.REJECTED: _REPORTED,
    S.EXPIRED: _REPORTED,
    S.CANCELLED: frozenset({S.PLANNED, S.SUPPRESSED}) | _REPORTED,
    S.SUPPRESSED: frozenset({S.PLANNED, S.CANCELLED, S.SUPPRESSED}) | _REPORTED,
}

# The provider's words for a message (domain.md 5.6).
PROVIDER_STATES: dict[str, TextState] = {
    "accepted": S.ACCEPTED,
    "scheduled": S.ACCEPTED,
    "queued": S.QUEUED,
    "sending": S.QUEUED,
    "sent": S.SENT,
    "delivered": S.DELIVERED,
    "read": S.DELIVERED,
    "undelivered": S.UNDELIVERED,
    "failed": S.FAILED,
    "canceled": S.FAILED,
}

# The provider's codes that say something about the number itself (security.md R6, domain.md 5.6).
NUMBER_FLAGS: dict[int, NumberFlag] = {
    21211: NumberFlag.BAD_NUMBER,
    21614: NumberFlag.BAD_NUMBER,
    21635: NumberFlag.BAD_NUMBER,
    30005: NumberFlag.BAD_NUMBER,
    30006: NumberFlag.BAD_NUMBER,
    21610: NumberFlag.OPTED_OUT,
}
CODE_MEANINGS: dict[int, str] = {
    20003: "The provider refused our credentials.",
    20429: "The provider asked us to slow down.",
    21211: "The number is not valid.",
    21408: "The provider may not text that country for us.",
    21610: "The person has opted out at the provider.",
    21612: "The provider cannot reach this number from our sender.",
    21614: "The number is not a mobile.",
    21635: "The number is a landline.",
    30003: "The phone is off or out of reach.",
    30004: "The message was blocked.",
    30005: "The number is not in use.",
    30006: "The number is a landline or cannot be reached.",
    30007: "A network filtered the message.",
    30008: "The network gave no reason.",
}

THREADS = 16
CALL_SECONDS = 30.0
CLAIM_MINUTES = 5
QUIET_MINUTES = 15
LONGEST_VALIDITY = 36_000
LARGEST_DRIFT = 120
BACK_OFF_MINUTES = (1, 2, 5, 10, 20)
STOP_WORDS = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
)
START_WORDS = frozenset({"start", "yes", "unstop"})
WRONG_PERSON_WORDS = frozenset(
    {
        *("wrong number", "wrong person", "sorry wrong number", "sorry wrong person"),
        *("wrong number sorry", "this is the wrong number", "you have the wrong number"),
        *("you have the wrong person", "you have got the wrong number", "wrong number mate"),
        *("you ve got the wrong number", "you ve got the wrong person"),
    }
)
REPLIES_A_DAY = 20  # replies of one number on one day that are kept; the rest are counted (W-08)
REPLY_CHARACTERS = 1_600
RECEIPT_HOURS = 2  # without a receipt for so long, the provider is asked (W-17)
ASK_FOR_DAYS = 3
REDACT_HOURS = 24
NO_RECEIPT = "No receipt"
ASKED_AT_ONCE = 50


def may_move(now: TextState, then: TextState) -> bool:
    """Whether a text may go from one state to another."""
    return then in TRANSITIONS[now]


def back_off(attempts: int, *, asked_seconds: float = 0) -> timedelta:
    """How long to wait before the next try: 1, 2, 5, 10, 20 minutes, less or more by a fifth.

    Never sooner than the provider asked (peers.md C4).
    """
    minutes = BACK_OFF_MINUTES[min(max(attempts, 1), len(BACK_OFF_MINUTES)) - 1]
    jitter = 0.8 + secrets.randbelow(401) / 1000
    return timedelta(seconds=max(minutes * 60 * jitter, asked_seconds))


def said_of(state: TextState, *, is_over: bool) -> str:
    """The state in words; once the hearing has come, whether a receipt ever came (W-17)."""
    return NO_RECEIPT if is_over and state in AT_PROVIDER else state.label


@dataclass(frozen=True)
class Window:
    """The London hours in which texts of a kind may leave."""

    opens: time
    closes: time

    def is_open(self, at: datetime) -> bool:
        """Whether a text may leave at this moment (domain.md RULE 5.5)."""
        return self.opens <= clock.london(at).time() < self.closes

    def seconds_left(self, at: datetime, expires_at: datetime) -> int:
        """How long the provider may go on trying: to the end of the window, ten hours at most."""
        shuts = clock.from_london(clock.london_day(at), self.closes)
        left = int((min(shuts, expires_at) - at).total_seconds())
        return max(1, min(left, LONGEST_VALIDITY))

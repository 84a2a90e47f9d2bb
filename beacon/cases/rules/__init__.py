"""What casework asks before it lets somebody in, and before it believes what it is told."""

from beacon.cases.rules.order import (
    Happened,
    doubts,
)
from beacon.cases.rules.reasons import (
    REASON_AT_LEAST,
    WORDS_AT_LEAST,
    is_a_reason,
)

__all__ = [
    "Happened",
    "REASON_AT_LEAST",
    "WORDS_AT_LEAST",
    "doubts",
    "is_a_reason",
]

"""What waits for a second person, and where it stands."""

from __future__ import annotations

from enum import StrEnum


class ProposalKind(StrEnum):
    """What is to be done to the ledger once a second person has approved it."""

    ENTRY = "entry"
    REVERSAL = "reversal"
    OPENING = "opening"
    OPENING_REVERSAL = "opening_reversal"

    @property
    def label(self) -> str:
        """The proposal as a page says it."""
        return {
            "entry": "New entry",
            "reversal": "Reversal of an entry",
            "opening": "Published before the ledger",
            "opening_reversal": "Reversal of a published figure",
        }[self]

    @property
    def is_of_a_case(self) -> bool:
        """Whether it changes the money of a case."""
        return self in {ProposalKind.ENTRY, ProposalKind.REVERSAL}


class ProposalState(StrEnum):
    """Where a proposal stands. While it waits, and when it is refused, it counts nowhere."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "waiting": "Waiting for a second person",
            "approved": "Approved",
            "refused": "Refused",
        }[self]


class Booked(StrEnum):
    """Which rows of the ledger a list shows."""

    STANDS = "stands"
    REVERSED = "reversed"
    REVERSAL = "reversal"
    LATE = "late"

    @property
    def label(self) -> str:
        """The choice as a page says it."""
        return {
            "stands": "Received, and stands",
            "reversed": "Reversed",
            "reversal": "Reversals",
            "late": "Of an earlier month",
        }[self]

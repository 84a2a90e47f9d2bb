"""Where a claim to a firm stands."""

from __future__ import annotations

from enum import StrEnum


class ClaimStatus(StrEnum):
    """Where a claim stands. Only what was received is money back (domain.md 4.9)."""

    CLAIMED = "claimed"
    AGREED = "agreed"
    RECEIVED = "received"
    REFUSED = "refused"
    APPEALED = "appealed"

    @property
    def label(self) -> str:
        """The status as a page says it."""
        return {
            "claimed": "Waiting for a reply",
            "agreed": "Agreed, not yet received",
            "received": "Money received",
            "refused": "Refused",
            "appealed": "Appealed",
        }[self]

    @property
    def awaits_a_reply(self) -> bool:
        """Whether somebody still owes us an answer."""
        return self in AWAITING


AWAITING = frozenset({ClaimStatus.CLAIMED, ClaimStatus.APPEALED})
ANSWERS = (ClaimStatus.AGREED, ClaimStatus.REFUSED, ClaimStatus.APPEALED)

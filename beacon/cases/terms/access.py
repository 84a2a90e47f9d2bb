"""The words of letting somebody in to a case, and of looking at it afterwards."""

from __future__ import annotations

from enum import StrEnum


class ReviewKind(StrEnum):
    """Why an access must be looked at afterwards."""

    BREAK_GLASS = "break_glass"
    CONFLICT = "conflict"
    KIN_CHOSEN = "kin_chosen"
    PACE = "pace"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return {
            "break_glass": "Opened by breaking the glass",
            "conflict": "Stopped: a conflict of interest",
            "kin_chosen": "Stopped: giving the case to somebody with a conflict of interest",
            "pace": "Stopped: very many records in a short time",
            "withdrawal": "Asked to take back a declared contact",
        }[self]


class ReviewOutcome(StrEnum):
    """What whoever looked at an access found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {"justified": "Justified", "not_justified": "Not justified"}[self]

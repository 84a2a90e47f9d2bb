"""How far what somebody wrote has been read, and what became of what was raised."""

from __future__ import annotations

from enum import StrEnum


class WordsState(StrEnum):
    """Whether a leader has read words, and whether they may be shown."""

    WAITING = "waiting"
    SHOWN = "shown"
    KEPT_BACK = "kept_back"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "waiting": "To be read",
            "shown": "May be shown",
            "kept_back": "Not to be shown",
        }[self]


class ConcernState(StrEnum):
    """Where something stands that a person must look at."""

    OPEN = "open"
    DONE = "done"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {"open": "To be looked at", "done": "Looked at"}[self]

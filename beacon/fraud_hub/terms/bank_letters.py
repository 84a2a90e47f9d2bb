"""How a line of a bank's letter stands to the ledger."""

from __future__ import annotations

from enum import StrEnum


class LineState(StrEnum):
    """How a line of a letter stands to the ledger, what wants a person first."""

    DIFFERENT = "different"
    NOT_LOGGED = "not_logged"
    NO_CASE = "no_case"
    WAITING = "waiting"
    LOGGED = "logged"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "different": "Logged otherwise",
            "not_logged": "Not logged yet",
            "no_case": "No case found",
            "waiting": "Waiting for a second person",
            "logged": "Logged the same",
        }[self]

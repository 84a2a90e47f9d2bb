"""What a fraud case waits for: the lists of the hub."""

from __future__ import annotations

from enum import StrEnum


class Waiting(StrEnum):
    """What a fraud case waits for: the lists of the hub."""

    FIRST_CONTACT = "first_contact"
    REPLY = "reply"
    NO_LOSS = "no_loss"

    @property
    def label(self) -> str:
        """The list as a page names it."""
        return {
            "first_contact": "Waiting for first contact",
            "reply": "Waiting for a reply to a claim",
            "no_loss": "No loss logged yet",
        }[self]

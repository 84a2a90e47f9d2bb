"""Where a mail stands."""

from __future__ import annotations

from enum import StrEnum


class MailState(StrEnum):
    """A mail from its writing to its leaving."""

    PLANNED = "planned"
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"  # it may no longer leave

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return self.value.capitalize()

"""What goes through the door, and what may come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beacon.notify.rules import CALL_SECONDS
from beacon.notify.terms import AttemptEnd


@dataclass(frozen=True)
class Letter:
    """One text on its way out: everything that one call needs."""

    to: str
    body: str
    token: str
    key: str
    valid_seconds: int
    call_seconds: float = CALL_SECONDS


@dataclass(frozen=True)
class Answer:
    """What one call came to."""

    end: AttemptEnd
    sid: str = ""
    status: str = ""
    code: int | None = None
    fault: str = ""
    retry_after: float = 0
    drift: float | None = None  # seconds by which our clock is ahead of the provider's
    refuses_us: bool = False  # our credentials or our set-up: every other call would fail too
    is_down: bool = False  # the provider cannot be reached: every other call would fail too
    is_free: bool = False  # no fault of the text: it does not count as a try


@dataclass(frozen=True)
class Found:
    """A message that the provider has."""

    sid: str
    status: str
    body: str
    created_at: datetime | None
    code: int | None


class CannotAsk(Exception):
    """The provider could not be asked what it has; ask again later."""


class Gateway(Protocol):
    """A way out."""

    def send(self, letter: Letter) -> Answer:
        """Hand one text over. Never raises: whatever happens is an answer."""
        ...

    def find(self, to: str) -> list[Found]:
        """The latest messages to a number that the other side has."""
        ...

    def look_up(self, sid: str) -> Found | None:
        """What the other side says of one message; None where it has none of that name."""
        ...

    def drift(self) -> float:
        """By how many seconds our clock is ahead of the other side's, or CannotAsk."""
        ...

    def forget(self, sid: str) -> None:
        """Let the other side wipe the words of one message, where it has it."""
        ...

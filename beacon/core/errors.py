"""The ways a request can be turned away, each with the sentence to show."""

from __future__ import annotations


class BeaconError(Exception):
    """A refusal we meant: its message is fit to be shown to the person who asked."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(BeaconError):
    """The record is absent or out of the asker's scope: the two read alike."""

    status = 404

    def __init__(self, message: str = "There is no such page, or you may not see it.") -> None:
        super().__init__(message)


class RuleBroken(BeaconError):
    """A rule of the work says no. Carries the sentence to show and the box to show it by."""

    status = 400

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Stale(RuleBroken):
    """Somebody else has saved the record since the page was opened (security.md L-02)."""


class Unavailable(BeaconError):
    """Something this depends on is not there at the moment; nothing was shown or changed."""

    status = 503


class TooMany(BeaconError):
    """Too much in too short a time: the message says how long to wait, and so does the answer."""

    status = 429

    def __init__(self, message: str, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds

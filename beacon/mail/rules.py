"""When a mail that could not leave is tried again, and when it is given up."""

from __future__ import annotations

from datetime import timedelta

ATTEMPTS_AT_MOST = 8
# After the first failure, the second, and so on: some hours in all.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))


def wait_after(attempts: int) -> timedelta:
    """How long to wait before a mail that was tried so many times is tried again."""
    return WAITS[min(max(attempts, 1), len(WAITS)) - 1]


def is_given_up(attempts: int) -> bool:
    """Whether a mail that was tried so many times is tried no more."""
    return attempts >= ATTEMPTS_AT_MOST

"""Taking back what one declared: it stands until somebody else has agreed (security.md Z-11, Z-13).

Who is asked, and what waits for them, a feature above registers; accounts knows of no reviews.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Ask(Protocol):
    """Put before somebody else that a person takes a declaration back; whether that is new."""

    def __call__(self, declared_id: int, *, staff_id: int) -> bool: ...


class Waiting(Protocol):
    """The declarations of a person that wait for somebody else's word, by id."""

    def __call__(self, staff_id: int) -> set[int]: ...


@dataclass(frozen=True)
class Judged:
    """How somebody else is asked, and what waits for them."""

    ask: Ask
    waiting: Waiting


_judged: list[Judged] = []


def judged_by(*, ask: Ask, waiting: Waiting) -> None:
    """Say how somebody else is asked. Without it nothing that was declared can be taken back."""
    _judged.append(Judged(ask, waiting))


def ask(declared_id: int, *, staff_id: int) -> bool:
    """Ask somebody else, in the caller's transaction; whether it was not asked before."""
    return any(judge.ask(declared_id, staff_id=staff_id) for judge in _judged)


def waiting(staff_id: int) -> set[int]:
    """What a person has asked to take back and nobody has looked at yet."""
    return {one for judge in _judged for one in judge.waiting(staff_id)}

"""What a member of staff has in hand, asked of the features that gave it to them.

A feature registers how it counts what a person answers for, and how it lets go of it; accounts
knows neither cases nor anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from beacon.core.actor import Actor


class Count(Protocol):
    """How many a person has in hand."""

    def __call__(self, staff_id: int) -> int: ...


class Release(Protocol):
    """Let go of all that a person has in hand, in the caller's transaction; how many it was."""

    def __call__(self, staff_id: int, *, name: str, reason: str, actor: Actor) -> int: ...


@dataclass(frozen=True)
class InHand:
    """One kind of thing that people answer for."""

    what: str
    count: Count
    release: Release


_known: dict[str, InHand] = {}


def in_hand(what: str, *, count: Count, release: Release) -> None:
    """Say how to count, and how to let go of, one kind of thing that people answer for."""
    _known[what] = InHand(what, count, release)


def held_by(staff_id: int) -> dict[str, int]:
    """What a person has in hand: how many of each kind, those of which there are any."""
    counted = {what: kind.count(staff_id) for what, kind in sorted(_known.items())}
    return {what: number for what, number in counted.items() if number}


def release_all(staff_id: int, *, name: str, reason: str, actor: Actor) -> int:
    """Let go of everything that a person has in hand; how many things it was."""
    return sum(
        _known[what].release(staff_id, name=name, reason=reason, actor=actor)
        for what in sorted(_known)
    )

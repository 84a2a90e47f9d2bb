"""What a member of staff has in hand, asked of the features that gave it to them.

A feature registers how it counts what a person answers for, and how it lets go of it; accounts
knows neither cases nor anything else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from beacon.core.actor import Actor
from beacon.core.roles import Role


class Count(Protocol):
    """How many a person has in hand; of these, where roles are named, what those may not do."""

    def __call__(self, staff_id: int, *, beyond: Collection[Role] | None = None) -> int: ...


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


def held_by(staff_id: int, *, beyond: Collection[Role] | None = None) -> dict[str, int]:
    """What a person has in hand: how many of each kind, those of which there are any.

    Where roles are named, only what a person with these alone may not do.
    """
    counted = {what: kind.count(staff_id, beyond=beyond) for what, kind in sorted(_known.items())}
    return {what: number for what, number in counted.items() if number}


def in_words(held: Mapping[str, int]) -> str:
    """12 open cases."""
    return ", ".join(
        f"{number} {what}{'' if number == 1 else 's'}" for what, number in held.items()
    )


def release_all(staff_id: int, *, name: str, reason: str, actor: Actor) -> int:
    """Let go of everything that a person has in hand; how many things it was."""
    return sum(
        _known[what].release(staff_id, name=name, reason=reason, actor=actor)
        for what in sorted(_known)
    )

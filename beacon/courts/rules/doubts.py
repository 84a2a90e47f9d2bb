"""What is asked where a hearing seems to be listed twice, or out of its order.

Nothing here is refused: a court may list two things for one day. A person says that it is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Listed:
    """Another hearing of the same defendant, that was not taken off the list."""

    name: str
    on: date
    is_first: bool  # the first before a court, such as after a charge
    is_live: bool  # still to be held


def hearing_doubts(on: date, *, is_first: bool, others: Iterable[Listed]) -> list[str]:
    """What speaks against holding it on that day, each in one sentence; often nothing."""
    known = sorted(others, key=lambda one: (one.on, one.name))
    return [said for one in known if (said := _doubt(on, is_first, one))]


def _doubt(on: date, is_first: bool, other: Listed) -> str:
    day = f"{other.on.day} {other.on:%B %Y}"
    if other.is_live and (other.on == on or (is_first and other.is_first)):
        return f"“{other.name}” of this defendant is already listed for {day}."
    if is_first and not other.is_first and other.on < on:
        return f"“{other.name}” usually comes later, but is listed for {day}."
    if other.is_live and other.is_first and not is_first and other.on > on:
        return f"“{other.name}” usually comes first, and is listed for {day}."
    return ""

"""Whether an offer is blocked: by an order, by a live risk, or by what a person decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beacon.restorative.terms import Ruling


class Standing(StrEnum):
    """Whether an offer may be made now."""

    FREE = "free"
    BLOCKED = "blocked"
    ALLOWED = "allowed"  # once, by a person
    KEPT = "kept"  # blocked until a day, by a person

    @property
    def is_blocked(self) -> bool:
        """Whether the next step of the offer is refused."""
        return self in {Standing.BLOCKED, Standing.KEPT}


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The newest ruling of a case, as far as it matters here."""

    ruling: Ruling
    stops: frozenset[str]
    until: date | None = None
    used: bool = False


def standing(stops: Collection[str], newest: Weighed | None, today: date) -> Standing:
    """Where an offer stands, given what stands against it and what was last decided.

    A ruling that allows covers the orders and risks that were weighed, for one step. Another order,
    a varied one, or a risk that was raised again has another key: it blocks again. A block that is
    kept lasts through its last day, even where the order behind it ends before.
    """
    if newest is not None and newest.ruling is Ruling.KEEP and _lasts(newest, today):
        return Standing.KEPT
    if not stops:
        return Standing.FREE
    if newest is None or newest.ruling is Ruling.KEEP or newest.used:
        return Standing.BLOCKED
    return Standing.ALLOWED if newest.stops.issuperset(stops) else Standing.BLOCKED


def _lasts(newest: Weighed, today: date) -> bool:
    return newest.until is not None and today <= newest.until

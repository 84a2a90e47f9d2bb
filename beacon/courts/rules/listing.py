"""How the rows of one court list meet the hearings that we hold (contract 3.4, a to c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Held:
    """One hearing that we hold of this defendant and type."""

    id: int
    on: date
    live: bool


@dataclass(frozen=True)
class Match:
    """The row at this place in the list is about that hearing, or makes a new one (None).

    `same_day`: the hearing was already on that day. `first`: an earlier row of this list is the
    one to make or move the hearing, and this row speaks of the same.
    """

    row: int
    hearing_id: int | None
    same_day: bool
    first: int


def match_list(days: Sequence[date], held: Sequence[Held]) -> list[Match]:
    """Match the rows of one defendant and hearing type, given by their days in file order.

    (a) a day that a hearing already has, live or not, is that hearing; (b) days left over pair in
    date order with live hearings whose day is not in this list: they moved; (c) else it is new.
    """
    in_order = sorted(held, key=lambda hearing: (hearing.on, hearing.id))
    by_day = {hearing.on: hearing.id for hearing in in_order}
    listed = set(days)
    free = (hearing.id for hearing in in_order if hearing.live and hearing.on not in listed)
    moved = dict(zip(sorted(listed - by_day.keys()), free, strict=False))
    firsts: dict[date, int] = {}
    return [
        Match(
            row=place,
            hearing_id=by_day.get(day, moved.get(day)),
            same_day=day in by_day,
            first=firsts.setdefault(day, place),
        )
        for place, day in enumerate(days)
    ]

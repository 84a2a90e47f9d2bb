"""In which order things happen to a crime, and what is asked where they seem not to.

Nothing here is refused: a second suspect may be arrested after the first is charged. A person says
that it is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from beacon.core import clock
from beacon.entitlements.terms import Milestone

M = Milestone
CLOSE = timedelta(days=1)
# What comes before each, as a case usually goes. What comes before that comes before it as well.
AFTER: dict[Milestone, tuple[Milestone, ...]] = {
    M.RELEASED_WITHOUT_CHARGE: (M.ARRESTED,),
    M.BAILED: (M.ARRESTED,),
    M.RELEASED_UNDER_INVESTIGATION: (M.ARRESTED,),
    M.BAIL_CHANGED: (M.BAILED,),
    M.OUT_OF_COURT_DISPOSAL: (M.OUT_OF_COURT_CONSIDERED,),
    M.CHARGED: (M.ARRESTED, M.INTERVIEWED_UNDER_CAUTION),
    M.NOT_CHARGED: (M.ARRESTED, M.INTERVIEWED_UNDER_CAUTION),
    M.STOPPED_OR_ALTERED: (M.CHARGED,),
    M.BAIL_HEARING_OUTCOME: (M.CHARGED,),
    M.PLEADED_GUILTY: (M.CHARGED,),
    M.PLEADED_NOT_GUILTY: (M.CHARGED,),
    M.REQUIRED_AS_WITNESS: (M.PLEADED_NOT_GUILTY,),
    M.SPECIAL_MEASURES_DECIDED: (M.CHARGED,),
    M.TRIAL_OUTCOME: (M.PLEADED_NOT_GUILTY, M.CHARGED),
    M.SENTENCED: (M.PLEADED_GUILTY, M.TRIAL_OUTCOME),
    M.APPEAL: (M.TRIAL_OUTCOME, M.SENTENCED),
    M.RELEASE_PLANNED: (M.SENTENCED,),
}


@dataclass(frozen=True)
class Happened:
    """Something that is recorded already: what, and when."""

    kind: Milestone
    at: datetime


def doubts(kind: Milestone, at: datetime, recorded: Iterable[Happened]) -> list[str]:
    """What speaks against recording this for that moment, each in one sentence; often nothing."""
    known = sorted(recorded, key=lambda one: one.at)
    return [*_twice(kind, at, known), *_too_early(kind, at, known), *_too_late(kind, at, known)]


def earlier_than(kind: Milestone) -> frozenset[Milestone]:
    """All that usually comes before this."""
    found: set[Milestone] = set()
    waiting = list(AFTER.get(kind, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += AFTER.get(one, ())
    return frozenset(found)


def _twice(kind: Milestone, at: datetime, known: list[Happened]) -> list[str]:
    """The same within a day, for another moment: perhaps one event with two times."""
    near = (one for one in known if one.kind is kind and one.at != at)
    return [
        f"“{kind.label}” is already recorded for {_moment(one.at)}, within a day of this."
        for one in near
        if abs(one.at - at) <= CLOSE
    ]


def _too_early(kind: Milestone, at: datetime, known: list[Happened]) -> list[str]:
    """Before the first of what usually comes before it."""
    firsts: dict[Milestone, datetime] = {}
    for one in known:
        if one.kind in earlier_than(kind):
            firsts.setdefault(one.kind, one.at)
    return [
        f"“{other.label}” usually comes first, and is recorded for {_moment(first)}."
        for other, first in firsts.items()
        if at < first
    ]


def _too_late(kind: Milestone, at: datetime, known: list[Happened]) -> list[str]:
    """After what usually follows it, where nothing of its kind is recorded in its right place."""
    follows = [one for one in known if kind in earlier_than(one.kind) and one.at < at]
    if not follows:
        return []
    first = follows[0]
    if any(one.kind is kind and one.at <= first.at for one in known):
        return []
    then = _moment(first.at)
    return [f"“{first.kind.label}” usually comes later, but is recorded for {then}."]


def _moment(at: datetime) -> str:
    local = clock.london(at)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"

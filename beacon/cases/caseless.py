"""Matters that came in and have no case yet: counted for the lists that must leave none out.

A case knows nothing of what comes before it, so the feature that takes matters in says so. In its
``routes.init_app``::

    caseless.told_by(queries.without_case)

where ``without_case(kind, since, until)`` counts them, by what they wait for. Counts name nobody,
so they have no scope.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from beacon.cases.terms import CrimeKind
from beacon.core import together
from beacon.core.together import Asking, asking


@dataclass(frozen=True, kw_only=True)
class Caseless:
    """So many matters that have no case, what they wait for, and what is done next."""

    words: str
    do: str
    number: int
    waits: bool = True  # somebody has still to decide


Counted = list[Caseless]
Told = Callable[[CrimeKind, datetime | None, datetime | None], Counted]
_told: list[Told] = []


def told_by(told: Told) -> None:
    """Count what this knows of, too."""
    if told not in _told:
        _told.append(told)


@asking
def of(kind: CrimeKind, since: datetime | None, until: datetime | None) -> Asking[Counted]:
    """The matters of a kind, recorded from one moment until before another, that have no case."""
    found = yield from together.at_once(*(together.of(told, kind, since, until) for told in _told))
    return [one for counted in found for one in counted]

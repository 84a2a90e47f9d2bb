"""What the features above know to be still open in a case that somebody wants to close.

A case knows of none of them, so each says at start what it has to ask. In a feature's
``routes.init_app``::

    ends.told_by(queries.ends_of)

where ``ends_of(case)`` gives what is open. What ``waits`` must be dealt with first, and no command
closes the case before; the rest is named on the page, and somebody ticks that it may stay so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from beacon.cases.models import CaseFile


@dataclass(frozen=True, kw_only=True)
class End:
    """One thing that is open: what it is, and the page on which it is answered."""

    words: str
    endpoint: str = ""
    args: Mapping[str, int | str] = field(default_factory=dict)
    do: str = "Go to it"
    due_on: date | None = None
    waits: bool = True  # the case is not closed before


Told = Callable[[CaseFile], list[End]]
_told: list[Told] = []


def told_by(told: Told) -> None:
    """Ask this too when a case is to be closed."""
    if told not in _told:
        _told.append(told)


def of(case: CaseFile) -> list[End]:
    """What the features above know to be open, in the order of its days."""
    found = [end for told in _told for end in told(case)]
    return sorted(found, key=lambda end: (end.due_on or date.max, end.words))

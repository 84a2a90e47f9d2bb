"""What features above know that stands against bringing a victim and an offender together.

A case knows of its own orders. Of risk it knows nothing, so the feature that does says at start
what it has to tell. In its ``routes.init_app``::

    stops.told_by(queries.stops)

where ``stops(cases, at)`` gives, in the same number of statements however many cases there are,
what stands at a moment (now, where none is given) against it in each case that the select names.
The same key is the same order or risk; a new one has another key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import together
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One order or risk in one case, since when, and the page on which it stands."""

    case_id: int
    key: str
    words: str
    since: datetime
    endpoint: str  # takes the case's reference


Reader = Callable[[sa.Select[int], datetime | None], list[Stop]]
_readers: list[Reader] = []
Sent = Callable[[CaseFile, str, Actor], None]
_on_sent: dict[str, Sent] = {}


def told_by(read: Reader) -> None:
    """Ask this too."""
    if read not in _readers:
        _readers.append(read)


@asking
def of(cases: sa.Select[int], at: datetime | None = None) -> Asking[list[Stop]]:
    """What stands against it in these cases, as the features above know."""
    told = yield from together.at_once(*(together.of(read, cases, at) for read in _readers))
    return [stop for said in told for stop in said]


def on_sent(kind: str, note: Sent) -> None:
    """Tell this when a case is sent on to a service of that kind: ``note(case, agency, actor)``.

    It is told in the same transaction, and may refuse: then nothing is sent.
    """
    _on_sent[kind] = note


def sent(kind: str, case: CaseFile, agency: str, *, actor: Actor) -> None:
    """A case is sent on to an agency's service of this kind."""
    if note := _on_sent.get(kind):
        note(case, agency, actor)

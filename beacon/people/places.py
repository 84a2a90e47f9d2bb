"""Where a contact with somebody is logged: said at start by the features above.

People know of no case, so each feature gives, for one person, the pages on which whoever looks may
log a contact. In a feature's ``routes.init_app``::

    places.log_at("cases", lambda actor, victim: [places.Place("case BCN-7K2M4", address)])
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from beacon.core.actor import Actor
from beacon.people.models import Victim


@dataclass(frozen=True)
class Place:
    """A page on which a contact is logged."""

    words: str
    address: str


Where = Callable[[Actor, Victim], list[Place]]
_wheres: dict[str, Where] = {}


def log_at(feature: str, where: Where) -> None:
    """Say where a feature logs a contact. Said again by the same feature, it takes its place."""
    _wheres[feature] = where


def of(actor: Actor, victim: Victim, *, first: str) -> list[Place]:
    """The pages on which this person may log a contact; the one they came from in front."""
    found = [place for where in _wheres.values() for place in where(actor, victim)]
    return sorted(found, key=lambda place: not (first and place.address.startswith(first)))

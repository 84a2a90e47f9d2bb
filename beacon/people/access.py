"""Whose records a person may open: those whose cases or referrals they may open.

People know of no case, so what leads to a victim is registered here by the features above: who sees
them, in whose own hands they are, whose case is restricted, and what to beware of.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.people.models import Victim

Way = Callable[[Viewer], sa.ColumnElement[bool]]
Restriction = Callable[[], sa.ColumnElement[bool]]
Danger = Callable[[Victim], str]
_ways: list[Way] = []
_hands: list[Way] = []
_restrictions: list[Restriction] = []
_dangers: list[Danger] = []


def reached_through(way: Way) -> Way:
    """Register one way by which a viewer comes to see victims: a condition on `Victim`."""
    _ways.append(way)
    return way


def in_hand_through(way: Way) -> Way:
    """Register one way by which victims are a viewer's own work: a condition on `Victim`."""
    _hands.append(way)
    return way


def restricted_through(restriction: Restriction) -> Restriction:
    """Register what makes a victim's record a restricted one: a condition on `Victim`."""
    _restrictions.append(restriction)
    return restriction


def warned_of(danger: Danger) -> Danger:
    """Register a sentence to heed before a victim is reached; empty where there is no danger."""
    _dangers.append(danger)
    return danger


def in_hand(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The victims who are this viewer's own work."""
    return sa.or_(sa.false(), *(way(viewer) for way in _hands))


def restricted() -> sa.ColumnElement[bool]:
    """The victims of restricted cases."""
    return sa.or_(sa.false(), *(restriction() for restriction in _restrictions))


def dangers(victim: Victim) -> list[str]:
    """What the features above say to beware of."""
    return [sentence for danger in _dangers if (sentence := danger(victim))]


def _victims_of(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(way(viewer) for way in _ways))


scope.register(Victim, _victims_of)

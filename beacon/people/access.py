"""Whose records a person may open: those whose cases or referrals they may open.

People know of no case, so what leads to a victim is registered here by the features above.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.people.models import Victim

Way = Callable[[Viewer], sa.ColumnElement[bool]]
_ways: list[Way] = []


def reached_through(way: Way) -> Way:
    """Register one way by which a viewer comes to see victims: a condition on `Victim`."""
    _ways.append(way)
    return way


def _victims_of(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(way(viewer) for way in _ways))


scope.register(Victim, _victims_of)

"""Whose texts are whose: those to defendants are the court officers', but for what is withheld.

Texts know of no hearing, so the features above say which of the things that texts are about are
closed to somebody (security.md Z-11).
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.notify.models import OutboundText

Withheld = Callable[[Viewer], sa.CompoundSelect[int]]
_withheld: dict[str, Withheld] = {}


def withheld_through(kind: str, withheld: Withheld) -> None:
    """Register what the viewer must not read about in texts of one kind: the ids, as a query."""
    _withheld[kind] = withheld


def texts(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A court officer sees all but what is withheld; nobody else sees any (domain.md RULE 5.6)."""
    if Role.COURT_OFFICER not in viewer.roles:
        return sa.false()
    open_to_them = (
        sa.or_(OutboundText.kind != kind, OutboundText.about_id.not_in(withheld(viewer)))
        for kind, withheld in _withheld.items()
    )
    return sa.and_(sa.true(), *open_to_them)


scope.register(OutboundText, texts)

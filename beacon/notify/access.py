"""Whose texts are whose: those to defendants are the court officers'."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.notify.models import OutboundText


def texts(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A court officer sees every text; nobody else sees any (domain.md RULE 5.6)."""
    return sa.true() if Role.COURT_OFFICER in viewer.roles else sa.false()


scope.register(OutboundText, texts)

"""Everybody sees their own tools, and nobody another's."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.mine.models import CalendarLink, ListChoice, SavedFilter


def _own(model: Any) -> scope.Condition:
    def condition(viewer: Viewer) -> sa.ColumnElement[bool]:
        if viewer.id is None:
            return sa.false()
        own: sa.ColumnElement[bool] = model.staff_id == viewer.id
        return own

    return condition


for _model in (CalendarLink, ListChoice, SavedFilter):
    scope.register(_model, _own(_model))

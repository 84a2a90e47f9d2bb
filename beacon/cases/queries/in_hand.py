"""Whose own work a victim's cases are."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases import hands  # noqa: F401  # told to people
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer


def cases_to_log(viewer: Viewer, victim_id: int) -> list[str]:
    """The references of this victim's live cases, the viewer's own first."""
    own = sa.case((CaseFile.manager_id == viewer.id, 0), else_=1)
    return list(
        db.session.scalars(
            scope.visible(viewer, CaseFile)
            .where(CaseFile.victim_id == victim_id, CaseFile.closed_at.is_(None))
            .with_only_columns(CaseFile.reference)
            .order_by(own, CaseFile.id)
        )
    )

"""Whose hearings a person may see: a court officer all, a case manager those of their cases."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.courts.models import Defendant, Hearing


def defendants_in_scope(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Every defendant for a court officer; else those of the crimes of the viewer's own cases."""
    if Role.COURT_OFFICER in viewer.roles:
        return sa.true()
    crimes = (
        sa.select(Crime.reference_key)
        .join(CaseFile, CaseFile.crime_id == Crime.id)
        .where(scope.condition(viewer, CaseFile))
    )
    return Defendant.crime_key.in_(crimes)


def hearings_in_scope(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The hearings of the defendants in scope."""
    if Role.COURT_OFFICER in viewer.roles:
        return sa.true()
    return Hearing.defendant_id.in_(sa.select(Defendant.id).where(defendants_in_scope(viewer)))


scope.register(Defendant, defendants_in_scope)
scope.register(Hearing, hearings_in_scope)

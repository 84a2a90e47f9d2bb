"""Whose hearings a person may see: a court officer all, a case manager those of their cases."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.courts.models import Defendant, Hearing
from beacon.people.access import victims_in_conflict

Condition = sa.ColumnElement[bool]


def defendants_in_scope(viewer: Viewer) -> Condition:
    """Every defendant for a court officer; else those of the crimes of the viewer's own cases."""
    if Role.COURT_OFFICER in viewer.roles and Role.PARTNER not in viewer.roles:
        return Defendant.id.not_in(_against_kin(viewer))
    crimes = (
        sa.select(Crime.reference_key)
        .join(CaseFile, CaseFile.crime_id == Crime.id)
        .where(scope.condition(viewer, CaseFile))
    )
    return Defendant.crime_key.in_(crimes)


def hearings_in_scope(viewer: Viewer) -> Condition:
    """The hearings of the defendants in scope."""
    if Role.COURT_OFFICER in viewer.roles and Role.PARTNER not in viewer.roles:
        return Hearing.defendant_id.not_in(_against_kin(viewer))
    return Hearing.defendant_id.in_(sa.select(Defendant.id).where(defendants_in_scope(viewer)))


def _against_kin(viewer: Viewer) -> sa.Select[int]:
    """The defendants of crimes against somebody whom the viewer must not meet (Z-11)."""
    return (
        sa.select(Defendant.id)
        .join(Crime, Crime.reference_key == Defendant.crime_key)
        .join(CaseFile, CaseFile.crime_id == Crime.id)
        .where(CaseFile.victim_id.in_(victims_in_conflict(viewer)))
        .correlate(None)
    )


scope.register(Defendant, defendants_in_scope)
scope.register(Hearing, hearings_in_scope)

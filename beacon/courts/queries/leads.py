"""The cases to which a hearing leads."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.courts.models import Defendant, Hearing


def cases_of_hearing(hearing_id: int) -> sa.ColumnElement[bool]:
    """The cases of the crime that a hearing is about."""
    return CaseFile.crime_id.in_(
        sa.select(Crime.id)
        .join(Defendant, Defendant.crime_key == Crime.reference_key)
        .join(Hearing, Hearing.defendant_id == Defendant.id)
        .where(Hearing.id == hearing_id)
    )

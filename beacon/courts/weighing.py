"""What a hearing that is near adds to the weight of a case."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.caseloads import weights
from beacon.caseloads.rules import Part
from beacon.caseloads.rules.weighing import COURT
from beacon.cases.models import CaseFile, Crime
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.courts.models import Defendant, Hearing
from beacon.courts.terms import ON_THE_LIST


def court_soon(cases: sa.Select[int]) -> dict[int, Part]:
    """The next hearing of each of these cases that is listed within the days of the setting."""
    today = clock.today()
    until = today + timedelta(days=settings.count("caseload.court_days"))
    rows = db.session.execute(
        sa.select(CaseFile.id, sa.func.min(Hearing.held_on).label("held_on"))
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Defendant, Defendant.crime_key == Crime.reference_key)
        .join(Hearing, Hearing.defendant_id == Defendant.id)
        .where(
            CaseFile.id.in_(cases),
            Hearing.status.in_(ON_THE_LIST),
            Hearing.held_on.between(today, until),
        )
        .group_by(CaseFile.id)
    )
    points = settings.count("caseload.court_points")
    return {row.id: Part(f"court on {row.held_on.day} {row.held_on:%B}", points) for row in rows}


weights.add(COURT, court_soon)

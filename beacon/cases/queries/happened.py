"""What is recorded already of the crime of a case, to hold against what somebody records next."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.rules import Happened
from beacon.core.db import db


def recorded_of(case: CaseFile) -> list[Happened]:
    """The milestones of its crime that nobody has taken back, the first in front."""
    query = (
        sa.select(CrimeMilestone.kind, CrimeMilestone.happened_at)
        .where(CrimeMilestone.crime_id == case.crime_id, CrimeMilestone.withdrawn_at.is_(None))
        .order_by(CrimeMilestone.happened_at, CrimeMilestone.id)
    )
    return [Happened(row.kind, row.happened_at) for row in db.session.execute(query)]

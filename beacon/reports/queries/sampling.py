"""Cases drawn by lot, for a supervisor to look at."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import NAME, name_of
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.models import Duty
from beacon.people.models import Victim
from beacon.reports.rules import Period, drawn


@dataclass(frozen=True, kw_only=True)
class SampledCase:
    """One case of a sample, and how many of its duties fell due in the period."""

    case_id: int
    reference: str
    victim_name: str
    manager_id: int | None
    duties: int


def sample(viewer: Viewer, period: Period, *, number: int, seed: str) -> list[SampledCase]:
    """Cases drawn by lot from those of a period that the viewer may see, in the lot's order."""
    due = (
        sa.select(Duty.case_id, sa.func.count().label("duties"))
        .where(Duty.due_on.between(period.first, period.last), Duty.code != STANDARD)
        .group_by(Duty.case_id)
        .subquery()
    )
    of_period = (
        sa.select(CaseFile.id)
        .join(due, due.c.case_id == CaseFile.id)
        .where(scope.condition(viewer, CaseFile))
    )
    chosen = drawn(db.session.scalars(of_period), number=number, seed=seed)
    rows = db.session.execute(
        sa.select(CaseFile.id, CaseFile.reference, CaseFile.manager_id, *NAME, due.c.duties)
        .join(due, due.c.case_id == CaseFile.id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CaseFile.id.in_(chosen))
    )
    found = {
        row.id: SampledCase(
            case_id=row.id,
            reference=row.reference,
            victim_name=name_of(row),
            manager_id=row.manager_id,
            duties=row.duties,
        )
        for row in rows
    }
    return [found[one] for one in chosen]

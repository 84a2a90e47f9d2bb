"""Plans that wait for a supervisor, for the page of what waits."""

from __future__ import annotations

from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.plans.models import Plan
from beacon.plans.terms import PlanState
from beacon.web.shelves import Line

Author = aliased(Staff)


def plans_submitted(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """Plans that this supervisor may look at and did not send themselves, the oldest first."""
    return (
        with_case(Plan.submitted_at, Author.name.label("by_name"))
        .join(Plan, Plan.case_id == CaseFile.id)
        .outerjoin(Author, Author.id == Plan.submitted_by_id)
        .where(
            Plan.state == PlanState.SUBMITTED,
            Plan.submitted_by_id.is_distinct_from(actor.id),
            CaseFile.closed_at.is_(None),
            scope.condition(actor, CaseFile),
        )
        .order_by(Plan.submitted_at, Plan.id)
    )


def plan_line(row: Any) -> Line:
    """Whose plan it is, who sent it and since when."""
    return Line(
        words=name_of(row),
        reference=row.reference,
        under=f"Sent by {row.by_name or 'somebody who has left'}",
        since=clock.london_day(row.submitted_at),
        endpoint="plans.decide",
        args={"reference": row.reference},
        case_id=row.case_id,
    )

"""The hearings of the week in one person's own cases, for the desk and their calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.courts.models import Court, Defendant, Hearing
from beacon.courts.terms import ON_THE_LIST
from beacon.web.shelves import Line

WEEK = timedelta(days=7)


def hearings_between(actor: Actor, first: date, last: date) -> sa.Select[*tuple[Any, ...]]:
    """Live hearings of this person's own cases on these days, each beside its case."""
    return (
        with_case(Hearing.id.label("hearing_id"), Hearing.held_on, Hearing.starts_at)
        .add_columns(Court.name.label("court"))
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Defendant, Defendant.crime_key == Crime.reference_key)
        .join(Hearing, Hearing.defendant_id == Defendant.id)
        .join(Court, Court.id == Hearing.court_id)
        .where(
            CaseFile.manager_id == actor.id,
            CaseFile.closed_at.is_(None),
            scope.condition(actor, CaseFile),
            scope.condition(actor, Hearing),
            Hearing.held_on.between(first, last),
            Hearing.status.in_(ON_THE_LIST),
            Hearing.outcome.is_(None),
        )
        .order_by(Hearing.held_on, Hearing.starts_at, Hearing.id, CaseFile.id)
    )


def hearings_of_week(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """Those from today for a week."""
    today = clock.today()
    return hearings_between(actor, today, today + WEEK)


def hearing_line(row: Any) -> Line:
    """Whose case is heard, where and when."""
    at = f"{row.starts_at:%H:%M}, " if row.starts_at else ""
    return Line(
        words=name_of(row),
        reference=row.reference,
        under=f"{at}{row.court}",
        due_on=row.held_on,
        endpoint="courts.hearing",
        args={"hearing_id": row.hearing_id},
        case_id=row.case_id,
    )

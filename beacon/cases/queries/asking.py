"""What others were asked for: of one case, and what a manager must ask for again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.cases.models import CaseFile, InformationRequest
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import in_live_cases
from beacon.cases.terms import ASKED
from beacon.core import clock, settings, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.core.working_days import add_working_days

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class ChaseRow:
    """One question whose day to be asked again has come."""

    request_id: int
    case_id: int
    reference: str
    victim_name: str
    asked_of: str
    what: str
    chase_on: date


@asking
def requests_of(case: CaseFile) -> Asking[list[InformationRequest]]:
    """All that was asked about a case, what still waits for its answer in front."""
    return together.scalars(
        sa.select(InformationRequest)
        .where(InformationRequest.case_id == case.id)
        .order_by(
            InformationRequest.ended_at.is_not(None),
            InformationRequest.chase_on,
            InformationRequest.id,
        )
    )


def first_chase() -> date:
    """The day on which somebody asked today is asked again, unless another is chosen."""
    return add_working_days(clock.today(), settings.count("requests.chase_days"))


@asking
def to_chase(viewer: Viewer, *, manager_id: int, at_most: int = AT_MOST) -> Asking[list[ChaseRow]]:
    """What this manager must ask for again by today, the oldest first."""
    query = (
        in_live_cases(InformationRequest, viewer, manager_id)
        .where(InformationRequest.ended_at.is_(None), InformationRequest.chase_on <= clock.today())
        .order_by(InformationRequest.chase_on, InformationRequest.id)
        .limit(at_most)
    )
    rows = yield from together.rows(query)
    return [
        ChaseRow(
            request_id=row.InformationRequest.id,
            case_id=row.InformationRequest.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            asked_of=ASKED[row.InformationRequest.asked_of],
            what=row.InformationRequest.what,
            chase_on=row.InformationRequest.chase_on,
        )
        for row in rows
    ]

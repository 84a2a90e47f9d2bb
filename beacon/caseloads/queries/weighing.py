"""What cases weigh, many in few statements: the whole load of a manager, whoever may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from beacon.caseloads import weights
from beacon.caseloads.rules import Points, Weighed, Weight, weight_of
from beacon.cases.models import CaseFile
from beacon.core import settings
from beacon.core.db import db
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.people.models import Victim


def open_cases_of(staff_ids: Collection[int]) -> sa.Select[int]:
    """The cases that count in these managers' loads."""
    return sa.select(CaseFile.id).where(
        CaseFile.manager_id.in_(staff_ids),
        CaseFile.closed_at.is_(None),
        CaseFile.erased_at.is_(None),
    )


def weigh(cases: sa.Select[int]) -> dict[int, Weighed]:
    """The weight of each of these cases, in the same number of statements however many."""
    points, more = _points(), weights.more(cases)
    owed = (
        sa.select(Duty.case_id, sa.func.count().label("open_duties"))
        .where(Duty.state == DutyState.OPEN, Duty.case_id.in_(cases))
        .group_by(Duty.case_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(
            CaseFile.id,
            CaseFile.manager_id,
            CaseFile.enhanced,
            Victim.interpreter,
            sa.func.coalesce(owed.c.open_duties, 0).label("open_duties"),
        )
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(owed, owed.c.case_id == CaseFile.id)
        .where(CaseFile.id.in_(cases))
        .order_by(CaseFile.id)
    )
    return {
        row.id: Weighed(
            case_id=row.id,
            manager_id=row.manager_id,
            weight=weight_of(
                points,
                enhanced=row.enhanced,
                interpreter=bool(row.interpreter),
                open_duties=row.open_duties,
                more=more.get(row.id, {}),
            ),
        )
        for row in rows
    }


def weigh_one(case_id: int) -> Weight:
    """The weight of one case."""
    return weigh(sa.select(CaseFile.id).where(CaseFile.id == case_id))[case_id].weight


def loads_of(staff_ids: Collection[int]) -> dict[int, list[Weighed]]:
    """The open cases of each of these managers, weighed."""
    found: defaultdict[int, list[Weighed]] = defaultdict(list)
    for one in weigh(open_cases_of(staff_ids)).values():
        if one.manager_id is not None:
            found[one.manager_id].append(one)
    return dict(found)


def _points() -> Points:
    return Points(
        standard=settings.count("caseload.standard_points"),
        enhanced=settings.count("caseload.enhanced_points"),
        interpreter=settings.count("caseload.interpreter_points"),
        duties_a_point=settings.count("caseload.duties_a_point"),
    )

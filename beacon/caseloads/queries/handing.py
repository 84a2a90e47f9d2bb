"""What was handed over and waits for a word, and what a receiver must know of one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row of the database

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from beacon.accounts.models import Staff
from beacon.caseloads.models import CaseHandOver
from beacon.caseloads.queries.weighing import weigh_one
from beacon.caseloads.rules import Weight
from beacon.caseloads.terms import HandOverState
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.queries import OpenEnds
from beacon.cases.queries.caseload import NAME, name_of
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people.models import Victim

LAST_SAID = 3
CASES_AT_MOST = 100  # those beyond are handed over with the next form


@dataclass(frozen=True, kw_only=True)
class HandedRow:
    """One case that was handed over and is not settled."""

    case_id: int
    reference: str
    victim_name: str
    enhanced: bool
    from_name: str
    to_name: str
    to_id: int
    since: datetime
    state: HandOverState
    reason: str

    @property
    def was_declined(self) -> bool:
        """Whether a leader must find somebody else."""
        return self.state is HandOverState.DECLINED


@dataclass(frozen=True, kw_only=True)
class HandOverPage:
    """One case as its receiver must know it."""

    case: CaseFile
    weight: Weight
    ends: OpenEnds  # what is due, promised and asked for
    said: Sequence[ContactLog]  # the last contacts
    handed: CaseHandOver | None  # where it waits for a word
    from_name: str
    waits_for_viewer: bool


@dataclass(frozen=True, kw_only=True)
class Held:
    """One open case of somebody who hands over, as a leader may see it."""

    case: CaseFile
    victim_name: str
    offence: str


def to_hand_over(viewer: Viewer, staff_id: int) -> list[Held]:
    """The open cases of a manager that this leader may give away; none of them is not there."""
    cases_of = (
        scope.visible(viewer, CaseFile)
        .where(CaseFile.manager_id == staff_id, CaseFile.closed_at.is_(None))
        .options(joinedload(CaseFile.crime), joinedload(CaseFile.victim))
        .order_by(CaseFile.listed_on, CaseFile.id)
        .limit(CASES_AT_MOST)
    )
    found = [
        Held(
            case=case,
            victim_name=case.victim.full_name,
            offence=case.crime.offence or case.crime.kind.label,
        )
        for case in db.session.scalars(cases_of)
    ]
    if not found:
        raise NotFound
    return found


@asking
def waiting_for(viewer: Viewer, *, case_id: int | None = None) -> Asking[list[HandedRow]]:
    """The cases handed to this person that they have not accepted yet, the oldest first."""
    query = _rows(viewer, HandOverState.WAITING).where(CaseHandOver.to_id == viewer.id)
    if case_id is not None:
        query = query.where(CaseHandOver.case_id == case_id)
    rows = yield from together.rows(query)
    return [_row(row) for row in rows]


def unsettled(viewer: Viewer) -> list[HandedRow]:
    """What a leader waits for: cases that were declined, and those not yet accepted."""
    if Role.TEAM_LEADER not in viewer.roles:
        return []
    asked = _rows(viewer, HandOverState.WAITING, HandOverState.DECLINED)
    rows = [_row(row) for row in db.session.execute(asked)]
    return sorted(rows, key=lambda row: (not row.was_declined, row.since, row.case_id))


def hand_over_page(viewer: Viewer, reference: str) -> HandOverPage:
    """What is due, what was promised and what was last said, for whoever takes a case over."""
    case = cases.get_case(viewer, reference)
    handed = db.session.scalars(
        scope.visible(viewer, CaseHandOver)
        .where(
            CaseHandOver.case_id == case.id,
            CaseHandOver.to_id == case.manager_id,
            CaseHandOver.state.in_([HandOverState.WAITING, HandOverState.DECLINED]),
        )
        .order_by(CaseHandOver.id.desc())
    ).first()
    names = cases.names_of([handed.from_id]) if handed else {}
    said = (
        scope.visible(viewer, ContactLog)
        .where(ContactLog.case_id == case.id)
        .order_by(ContactLog.happened_at.desc(), ContactLog.id.desc())
        .limit(LAST_SAID)
    )
    return HandOverPage(
        case=case,
        weight=weigh_one(case.id),
        ends=cases.open_ends(viewer, case),
        said=db.session.scalars(said).all(),
        handed=handed,
        from_name=names.get(handed.from_id, "") if handed else "",
        waits_for_viewer=handed is not None
        and handed.state is HandOverState.WAITING
        and handed.to_id == viewer.id,
    )


def _rows(viewer: Viewer, *states: HandOverState) -> sa.Select[*tuple[object, ...]]:
    """Those of a state, of open cases that are still with whoever received them."""
    giver, taker = aliased(Staff), aliased(Staff)
    return (
        sa.select(
            CaseHandOver,
            CaseFile.reference,
            CaseFile.enhanced,
            *NAME,
            giver.name.label("from_name"),
            taker.name.label("to_name"),
        )
        .join(CaseFile, CaseFile.id == CaseHandOver.case_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .join(giver, giver.id == CaseHandOver.from_id)
        .join(taker, taker.id == CaseHandOver.to_id)
        .where(
            CaseHandOver.state.in_(states),
            CaseFile.manager_id == CaseHandOver.to_id,
            CaseFile.closed_at.is_(None),
            scope.condition(viewer, CaseFile),
        )
        .order_by(CaseHandOver.created_at, CaseHandOver.id)
    )


def _row(row: Any) -> HandedRow:
    return HandedRow(
        case_id=row.CaseHandOver.case_id,
        reference=row.reference,
        victim_name=name_of(row),
        enhanced=row.enhanced,
        from_name=row.from_name,
        to_name=row.to_name,
        to_id=row.CaseHandOver.to_id,
        since=row.CaseHandOver.created_at,
        state=row.CaseHandOver.state,
        reason=row.CaseHandOver.reason,
    )

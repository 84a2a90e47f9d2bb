"""Out-of-court disposals that are considered: of one case, and of whom nobody knows the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import scope, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.together import Asking, asking
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, Milestone
from beacon.restorative import rules
from beacon.restorative.models import DisposalStep, DisposalView
from beacon.restorative.terms import Disposal, Whose
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

RULE = "R6_OOCVIEW"  # asked for views on an out-of-court disposal


@dataclass(frozen=True)
class DisposalPart:
    """One disposal of a case with its steps, and those that nothing has taken back."""

    row: DisposalView
    steps: Sequence[DisposalStep]  # the newest first
    standing_ids: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class ViewRow:
    """One line of the list: whose view is still to be asked, and when it is decided."""

    case_id: int
    reference: str
    victim_name: str
    manager_name: str
    disposal_id: int
    disposal: Disposal
    asked_on: date | None
    answer_by: date | None
    decision_on: date


@asking
def disposals_of(viewer: Actor, case: CaseFile) -> Asking[list[DisposalPart]]:
    """The disposals of a case, the newest first."""
    rows, steps = yield from together.at_once(
        together.scalars(
            scope.visible(viewer, DisposalView)
            .where(DisposalView.case_id == case.id)
            .order_by(DisposalView.id.desc())
        ),
        together.scalars(
            scope.visible(viewer, DisposalStep)
            .where(DisposalStep.case_id == case.id)
            .order_by(DisposalStep.id.desc())
        ),
    )
    return [_part(row, [one for one in steps if one.disposal_id == row.id]) for row in rows]


def _part(row: DisposalView, steps: list[DisposalStep]) -> DisposalPart:
    return DisposalPart(row, steps, frozenset(step.id for step in rules.steps_that_stand(steps)))


@dataclass(frozen=True, kw_only=True)
class ViewList:
    """Disposals before their decision whose victim has not said what they think."""

    viewer: Actor
    whose: Whose = Whose.ALL

    def query(self) -> sa.Select[*tuple[Any, ...]]:
        """The disposals, with what a line shows."""
        query = (
            with_case(
                DisposalView.id.label("disposal_id"),
                DisposalView.disposal,
                DisposalView.asked_on,
                DisposalView.answer_by,
                DisposalView.decision_on,
            )
            .join(DisposalView, DisposalView.case_id == CaseFile.id)
            .where(
                DisposalView.view_at.is_(None),
                DisposalView.decided_at.is_(None),
                CaseFile.closed_at.is_(None),
                scope.condition(self.viewer, CaseFile),
            )
        )
        if self.whose is Whose.MINE:
            query = query.where(CaseFile.manager_id == self.viewer.id)
        elif self.whose is Whose.TEAM:
            query = query.where(CaseFile.team_id == self.viewer.team_id)
        return query

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[ViewRow]:
        """One page of it, the nearest decision first."""
        keys = (Key(DisposalView.decision_on), Key(DisposalView.id))
        return read_page(db.session(), self.query(), keys, cursor, size=size, shape=_row)


def _row(row: Any) -> ViewRow:
    return ViewRow(
        case_id=row.case_id,
        reference=row.reference,
        victim_name=name_of(row),
        manager_name=row.manager_name or "",
        disposal_id=row.disposal_id,
        disposal=row.disposal,
        asked_on=row.asked_on,
        answer_by=row.answer_by,
        decision_on=row.decision_on,
    )


def disposals_held(case_id: int) -> list[DisposalView]:
    """The disposals of a case, for the work."""
    query = sa.select(DisposalView).where(DisposalView.case_id == case_id)
    return list(db.session.scalars(query.order_by(DisposalView.id)))


def disposal_steps_held(disposal_id: int) -> list[DisposalStep]:
    """The steps with a disposal, for the work."""
    query = sa.select(DisposalStep).where(DisposalStep.disposal_id == disposal_id)
    return list(db.session.scalars(query.order_by(DisposalStep.id)))


def milestone_to_take_up(case: CaseFile) -> CrimeMilestone | None:
    """A milestone that a disposal is considered, of which this case has no record yet."""
    taken = sa.select(DisposalView.milestone_id).where(
        DisposalView.case_id == case.id, DisposalView.milestone_id.is_not(None)
    )
    query = sa.select(CrimeMilestone).where(
        CrimeMilestone.crime_id == case.crime_id,
        CrimeMilestone.kind == Milestone.OUT_OF_COURT_CONSIDERED,
        CrimeMilestone.withdrawn_at.is_(None),
        CrimeMilestone.id.not_in(taken),
    )
    return db.session.scalars(query.order_by(CrimeMilestone.id.desc()).limit(1)).first()


def view_owed(disposal: DisposalView) -> list[Duty]:
    """The open duties of its case to ask for this view (R6_OOCVIEW)."""
    milestone = db.session.get(CrimeMilestone, disposal.milestone_id)
    if milestone is None:
        return []
    query = sa.select(Duty).where(
        Duty.case_id == disposal.case_id,
        Duty.rule == RULE,
        Duty.about == milestone.subject,
        Duty.state == DutyState.OPEN,
    )
    return list(db.session.scalars(query.order_by(Duty.id)))

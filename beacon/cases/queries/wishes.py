"""What the page of a case shows of wishes, of reviews and claims, and of what protects somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, TypeVar  # a list may be ordered by a column of any type

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from beacon.cases import rules
from beacon.cases.models import (
    CaseFact,
    CaseFile,
    CaseOrder,
    CrimeMilestone,
    FactStepTaken,
    UpdateWish,
)
from beacon.cases.queries.updates import UpdateClock, last_updates, update_clock_from
from beacon.cases.rules import StepShape, Window
from beacon.cases.terms import FactKind
from beacon.core import clock, scope, together
from beacon.core.db import Base, db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements.terms import Milestone

M = TypeVar("M", bound=Base)
Order = sa.ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class FactLine:
    """Something they asked for: the steps that hold, what comes next, and until when."""

    fact: CaseFact
    steps: Sequence[tuple[StepShape, FactStepTaken]]
    ahead: Sequence[StepShape]
    window: Window

    @property
    def waits(self) -> bool:
        """Whether the time to ask still matters: the step that uses it was not taken."""
        closed_by = rules.SHAPES[self.fact.kind].closed_by
        return closed_by is not None and all(shape.step is not closed_by for shape, _ in self.steps)


@dataclass(frozen=True, kw_only=True)
class WishesPart:
    """All that the part of the page shows."""

    wish: UpdateWish | None
    clock: UpdateClock | None
    earlier: Sequence[UpdateWish]
    facts: Sequence[FactLine]
    orders: Sequence[CaseOrder]
    past_orders: Sequence[CaseOrder]
    could: Sequence[tuple[FactKind, StepShape, Window]]  # what may be recorded

    @property
    def lenient_until(self) -> date | None:
        """The last day to ask about a sentence that was recorded, where nobody has asked yet."""
        return next(window.last_on for kind, _, window in self.could if kind is FactKind.LENIENT)


@asking
def wishes_part(viewer: Viewer, case: CaseFile) -> Asking[WishesPart]:
    """What this viewer may see of it, in the same number of statements however much there is."""
    wishes, last, orders, facts, sentenced = yield from together.at_once(
        _rows(viewer, UpdateWish, case, UpdateWish.id.desc()),
        last_updates.ask(sa.select(sa.literal(case.id))),
        _rows(viewer, CaseOrder, case, CaseOrder.ends_on.nulls_last(), CaseOrder.id),
        _lines(viewer, case),
        sentenced_on.ask(case),
    )
    wish = next((one for one in wishes if one.replaced_at is None), None)
    today = clock.today()
    return WishesPart(
        wish=wish,
        clock=update_clock_from(wish, last.get(case.id)) if wish else None,
        earlier=[one for one in wishes if one is not wish],
        facts=facts,
        orders=[one for one in orders if not one.is_over(today)],
        past_orders=[one for one in orders if one.is_over(today)],
        could=_could(case, {line.fact.kind for line in facts}, sentenced),
    )


def orders_that_stand(case_id: int) -> list[CaseOrder]:
    """The orders of a case that nothing has taken the place of; for the work, not for a page."""
    query = sa.select(CaseOrder).where(
        CaseOrder.case_id == case_id,
        CaseOrder.replaced_at.is_(None),
        CaseOrder.ended_on.is_(None),
    )
    return list(db.session.scalars(query.order_by(CaseOrder.id)))


@asking
def sentenced_on(case: CaseFile) -> Asking[date | None]:
    """The day of the last sentence of the crime, as its milestones tell."""
    (at,) = yield from together.one(
        sa.select(sa.func.max(CrimeMilestone.happened_at)).where(
            CrimeMilestone.crime_id == case.crime_id,
            CrimeMilestone.kind == Milestone.SENTENCED,
            CrimeMilestone.withdrawn_at.is_(None),
        )
    )
    return clock.london_day(at) if at else None


def _lines(viewer: Viewer, case: CaseFile) -> Asking[list[FactLine]]:
    of_case = sa.select(CaseFact.id).where(CaseFact.case_id == case.id)
    query = scope.visible(viewer, FactStepTaken).where(
        FactStepTaken.fact_id.in_(of_case), FactStepTaken.replaced_at.is_(None)
    )
    found, taken = yield from together.at_once(
        _rows(viewer, CaseFact, case, CaseFact.id),
        together.scalars(query.order_by(FactStepTaken.fact_id, FactStepTaken.id)),
    )
    facts = [one for one in found if not one.withdrawn_at]
    by_fact = {key: list(rows) for key, rows in groupby(taken, key=lambda one: one.fact_id)}
    return [_line(case, fact, by_fact.get(fact.id, [])) for fact in facts]


def _line(case: CaseFile, fact: CaseFact, taken: Sequence[FactStepTaken]) -> FactLine:
    held = {one.step: one for one in taken}
    shapes = rules.steps_of(fact.kind)
    began = held.get(shapes[0].step)
    window = _window(case, fact.kind, began.happened_on if began else None)
    return FactLine(
        fact,
        [(shape, held[shape.step]) for shape in shapes if shape.step in held],
        [shape for shape in shapes if shape.step not in held],
        window,
    )


def _could(
    case: CaseFile, asked: set[FactKind], sentenced: date | None
) -> list[tuple[FactKind, StepShape, Window]]:
    """What can be recorded, with the last day of what nobody has asked for where it is known."""
    began = {FactKind.LENIENT: sentenced}
    return [
        (
            kind,
            rules.steps_of(kind)[0],
            Window() if kind in asked else _window(case, kind, began.get(kind)),
        )
        for kind in FactKind
    ]


def _window(case: CaseFile, kind: FactKind, began_on: date | None) -> Window:
    return rules.window_of(
        kind,
        began_on,
        offence_on=case.crime.offence_on,
        born_on=case.victim.date_of_birth,
    )


def _rows(viewer: Viewer, model: type[M], case: CaseFile, *order: Order) -> Asking[list[M]]:
    held_by_case: sa.ColumnElement[int] = model.case_id  # type: ignore[attr-defined]
    query = scope.visible(viewer, model).where(held_by_case == case.id).order_by(*order)
    return together.scalars(query)

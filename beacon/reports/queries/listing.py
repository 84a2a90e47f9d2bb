"""The duties behind a figure, listed for those who may open their cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import NAME, name_of
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.people.models import Victim
from beacon.reports.queries.narrowing import of_row
from beacon.reports.queries.tables import title_of
from beacon.reports.rules import Period, outcome_of
from beacon.reports.terms import Cut, Outcome
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

_LISTED: tuple[Any, ...] = (
    Duty.id.label("duty_id"),
    CaseFile.id.label("case_id"),
    CaseFile.reference,
    *NAME,
    Duty.rule,
    Duty.code,
    Duty.state,
    Duty.due_on,
)


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One duty behind a figure, for those who may open its case."""

    duty_id: int
    case_id: int
    reference: str
    victim_name: str
    title: str
    due_on: date
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class DutyList:
    """The duties behind a figure, in the order of their day.

    Of a period, and of a rule or of a row of a cut, and of an outcome.
    """

    viewer: Viewer
    period: Period
    today: date
    rule: str | None = None
    outcome: Outcome | None = None
    cut: Cut | None = None
    row: str = ""

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[DutyRow]:
        """One page of those that the viewer may see."""
        query = (
            sa.select(*_LISTED)
            .select_from(Duty)
            .join(CaseFile, CaseFile.id == Duty.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .where(
                Duty.due_on.between(self.period.first, self.period.last),
                scope.condition(self.viewer, CaseFile),
                *self._narrowed(),
            )
        )
        keys = (Key(Duty.due_on), Key(Duty.id))
        return read_page(db.session(), query, keys, cursor, size=size, shape=self._row)

    def _narrowed(self) -> Iterator[sa.ColumnElement[bool]]:
        yield Duty.rule == self.rule if self.rule else Duty.code != STANDARD
        if self.cut is not None:
            yield of_row(self.cut, self.row, self.period)
        if self.outcome is not None:
            # A side that no day of the period lies on would lead away from its days.
            sides = []
            if self.period.first < self.today:
                past = [one for one in DutyState if self._became(one, date.min)]
                sides.append(sa.and_(Duty.state.in_(past), Duty.due_on < self.today))
            if self.period.last >= self.today:
                ahead = [one for one in DutyState if self._became(one, self.today)]
                sides.append(sa.and_(Duty.state.in_(ahead), Duty.due_on >= self.today))
            yield sa.or_(*sides)

    def _became(self, state: DutyState, due_on: date) -> bool:
        return outcome_of(state, due_on, self.today) is self.outcome

    def _row(self, row: Any) -> DutyRow:
        return DutyRow(
            duty_id=row.duty_id,
            case_id=row.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            title=title_of(row.code, row.rule),
            due_on=row.due_on,
            outcome=outcome_of(row.state, row.due_on, self.today),
        )

"""What was given to fraud victims, what is to come back, and whom to ask again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub.models import RepeatCheck, SupportItem
from beacon.fraud_hub.rules import check_due_on
from beacon.fraud_hub.terms import CHECK_MONTHS, SupportState
from beacon.people.models import Victim
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

MOST_CHECKS = 200  # opened in one run of the job


@dataclass(frozen=True, kw_only=True)
class LoanRow:
    """One thing that is lent and not back."""

    item: SupportItem
    reference: str
    victim_name: str


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One check that waits to be made."""

    check_id: int
    case_id: int
    reference: str
    victim_name: str
    months: int
    due_on: date


@dataclass(frozen=True)
class CheckToOpen:
    """A check whose day has come and that nobody was asked for yet."""

    case_id: int
    months: int
    due_on: date


@dataclass(frozen=True)
class SupportOf:
    """The support plan of one case: its items, the newest first, and its checks."""

    items: Sequence[SupportItem]
    checks: Sequence[RepeatCheck]


@asking
def support_of(viewer: Viewer, case: CaseFile) -> Asking[SupportOf]:
    """What was given in one case, and whether fraud came again."""
    items, checks = yield from together.at_once(
        together.scalars(
            scope.visible(viewer, SupportItem)
            .where(SupportItem.case_id == case.id)
            .order_by(SupportItem.started_on.desc(), SupportItem.id.desc())
        ),
        together.scalars(
            scope.visible(viewer, RepeatCheck)
            .where(RepeatCheck.case_id == case.id)
            .order_by(RepeatCheck.due_on, RepeatCheck.id)
        ),
    )
    return SupportOf(items, checks)


@dataclass(frozen=True)
class Loans:
    """What is lent and not back, what is due back first in front."""

    viewer: Viewer

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[LoanRow]:
        """One page of them."""
        columns: tuple[Any, ...] = (SupportItem, CaseFile.reference, Victim)
        query = (
            sa.select(*columns)
            .join(CaseFile, CaseFile.id == SupportItem.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .where(scope.condition(self.viewer, SupportItem), _is_out())
        )
        keys = [Key(SupportItem.due_back_on), Key(SupportItem.id)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_loan_row)


@dataclass(frozen=True)
class Checks:
    """The checks that wait to be made, the longest due first."""

    viewer: Viewer

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[CheckRow]:
        """One page of them."""
        columns: tuple[Any, ...] = (RepeatCheck, CaseFile.reference, Victim)
        query = (
            sa.select(*columns)
            .join(CaseFile, CaseFile.id == RepeatCheck.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .where(scope.condition(self.viewer, RepeatCheck), RepeatCheck.done_on.is_(None))
        )
        keys = [Key(RepeatCheck.due_on), Key(RepeatCheck.id)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_check_row)


def checks_to_open(today: date) -> list[CheckToOpen]:
    """The checks of 3 and 12 months whose day has come, counted from the first support of a case.

    A case whose facts were erased is asked no more.
    """
    found: list[CheckToOpen] = []
    for months in CHECK_MONTHS:
        first = sa.func.min(SupportItem.started_on)
        columns: tuple[Any, ...] = (SupportItem.case_id, first)
        query = (
            sa.select(*columns)
            .join(CaseFile, CaseFile.id == SupportItem.case_id)
            .where(
                CaseFile.erased_at.is_(None),
                ~sa.exists().where(
                    RepeatCheck.case_id == SupportItem.case_id, RepeatCheck.months == months
                ),
            )
            .group_by(SupportItem.case_id)
            .having(first <= _so_long_ago(today, months))
            .order_by(first, SupportItem.case_id)
            .limit(MOST_CHECKS)
        )
        found += [
            CheckToOpen(case_id, months, check_due_on(began, months))
            for case_id, began in db.session.execute(query)
            if check_due_on(began, months) <= today
        ]
    return found


def loans_overdue(today: date) -> list[int]:
    """The loans whose day is past and that nobody was asked for yet."""
    asked = sa.exists().where(
        CaseTask.case_id == SupportItem.case_id,
        CaseTask.kind == TaskKind.LOAN_DUE_BACK,
        CaseTask.about == "loan:" + sa.cast(SupportItem.id, sa.String),
    )
    query = (
        sa.select(SupportItem.id)
        .where(_is_out(), SupportItem.due_back_on < today, ~asked)
        .order_by(SupportItem.due_back_on, SupportItem.id)
    )
    return list(db.session.scalars(query))


def _is_out() -> sa.ColumnElement[bool]:
    return SupportItem.state == SupportState.LENT


def _so_long_ago(today: date, months: int) -> date:
    """The latest first support of which the check may be due: the shortest month is 28 days."""
    return check_due_on(today, -months) + timedelta(days=3)


def _loan_row(row: Any) -> LoanRow:
    return LoanRow(item=row[0], reference=row[1], victim_name=row[2].full_name)


def _check_row(row: Any) -> CheckRow:
    check, reference, victim = row[:3]
    return CheckRow(
        check_id=check.id,
        case_id=check.case_id,
        reference=reference,
        victim_name=victim.full_name,
        months=check.months,
        due_on=check.due_on,
    )

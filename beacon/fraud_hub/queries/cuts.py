"""What was lost, told apart by sort of fraud, by month and by district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any  # the columns of a select differ

import sqlalchemy as sa

from beacon.caseloads.terms import DISTRICTS, district_key
from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.core import clock, scope, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub.models import Loss
from beacon.fraud_hub.rules import LossLine, spans
from beacon.fraud_hub.terms import Scam, scam_of

ELSEWHERE = "Elsewhere or not known"
DISTRICT_OF = {district_key(one): one for one in DISTRICTS}


class Cut(StrEnum):
    """By what losses are told apart."""

    TYPE = "type"
    MONTH = "month"
    DISTRICT = "district"

    @property
    def label(self) -> str:
        """The cut as a heading says it."""
        return {"type": "Type of fraud", "month": "Month", "district": "District"}[self]


@dataclass(frozen=True)
class LossCuts:
    """What was lost in a period, told apart three ways; each way adds up to the same."""

    by_type: list[LossLine]
    by_month: list[LossLine]
    by_district: list[LossLine]


def district_of(written: str | None) -> str:
    """The district as the board names it, however a feed wrote it."""
    return DISTRICT_OF.get(district_key(written or ""), ELSEWHERE)


@asking
def loss_cuts(viewer: Viewer, first: date, last: date) -> Asking[LossCuts]:
    """What was lost in a period: payments by their day, reports without a payment by theirs.

    It adds up to the loss of ``hub_totals``, of which it is the same question, asked in parts.
    """
    months = spans(first, last)
    paid, told = _span_number(Loss.paid_on, months), _moment_number(months)
    found = yield from together.at_once(
        together.rows(logged(viewer, first, last, FraudReport.fraud_code)),
        together.rows(reported(viewer, first, last, FraudReport.fraud_code)),
        together.rows(logged(viewer, first, last, paid)),
        together.rows(reported(viewer, first, last, told)),
        together.rows(logged(viewer, first, last, Crime.district)),
        together.rows(reported(viewer, first, last, Crime.district)),
    )
    types, by_month, districts = (found[at] + found[at + 1] for at in (0, 2, 4))
    sums = _added(types, scam_of)
    return LossCuts(
        by_type=_largest([_line(one.value, one.label, sums.get(one)) for one in Scam]),
        by_month=_by_month(_added(by_month, int), months),
        by_district=_largest(
            [_line(name, name, sums) for name, sums in _added(districts, district_of).items()]
        ),
    )


def logged(viewer: Viewer, first: date, last: date, by: Any) -> sa.Select[Any]:
    """The payments of a period by one column: the cases and the pence of each."""
    return (
        sa.select(by, sa.func.count(Loss.case_id.distinct()), sa.func.sum(Loss.amount_pence))
        .select_from(Loss)
        .join(CaseFile, CaseFile.id == Loss.case_id)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .outerjoin(FraudReport, FraudReport.crime_id == Crime.id)
        .where(
            scope.condition(viewer, Loss),
            Loss.withdrawn_at.is_(None),
            Loss.paid_on.between(first, last),
        )
        .group_by(by)
    )


def reported(viewer: Viewer, first: date, last: date, by: Any) -> sa.Select[Any]:
    """The reports of a period of whose cases no payment is logged, by one column."""
    of_report = sa.and_(
        CaseFile.crime_id == FraudReport.crime_id, scope.condition(viewer, CaseFile)
    )
    has_loss = sa.exists().where(
        of_report, Loss.case_id == CaseFile.id, Loss.withdrawn_at.is_(None)
    )
    return (
        sa.select(by, sa.func.count(), sa.func.sum(FraudReport.amount_lost_pence))
        .select_from(FraudReport)
        .join(Crime, Crime.id == FraudReport.crime_id)
        .where(
            Crime.recorded_at >= clock.start_of_day(first),
            Crime.recorded_at < clock.end_of_day(last),
            FraudReport.amount_lost_pence > 0,
            sa.exists().where(of_report),
            ~has_loss,
        )
        .group_by(by)
    )


def _span_number(day: Any, months: list[tuple[str, date, date]]) -> sa.ColumnElement[int]:
    """Which of the spans a day lies in."""
    until = [(day <= last, number) for number, (_, _, last) in enumerate(months)]
    return sa.case(*until, else_=len(months) - 1)


def _moment_number(months: list[tuple[str, date, date]]) -> sa.ColumnElement[int]:
    """Which of the spans a report was made in, by London's days."""
    until = [
        (Crime.recorded_at < clock.end_of_day(last), number)
        for number, (_, _, last) in enumerate(months)
    ]
    return sa.case(*until, else_=len(months) - 1)


def _added(rows: Iterable[Any], named: Callable[[Any], Any]) -> dict[Any, tuple[int, int]]:
    """Cases and pence of each name."""
    sums: dict[Any, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for word, cases, pence in rows:
        held = sums[named(word)]
        sums[named(word)] = (held[0] + int(cases), held[1] + int(pence or 0))
    return dict(sums)


def _line(word: str, name: str, sums: tuple[int, int] | None) -> LossLine:
    cases, pence = sums or (0, 0)
    return LossLine(word=word, name=name, cases=cases, lost_pence=pence)


def _largest(lines: list[LossLine]) -> list[LossLine]:
    """The lines with anything in them, the greatest loss first."""
    held = [one for one in lines if one.cases]
    return sorted(held, key=lambda one: (-(one.lost_pence or 0), one.name))


def _by_month(
    sums: Mapping[int, tuple[int, int]], months: list[tuple[str, date, date]]
) -> list[LossLine]:
    return [
        _line(begins.isoformat(), name, sums.get(number))
        for number, (name, begins, _) in enumerate(months)
    ]

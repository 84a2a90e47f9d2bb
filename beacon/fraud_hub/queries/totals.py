"""What the hub publishes: lost, claimed, recovered and prevented, each apart from the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any  # a mapped attribute, which is a column of SQL as well

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.queries.opening import openings_in
from beacon.fraud_hub.terms import Contribution, EntryKind, Route


@dataclass(frozen=True, kw_only=True)
class HubTotals:
    """The money of a period, in pence. Estimates and interest stand apart (domain.md RULE 4.8)."""

    first: date
    last: date
    lost_pence: int = 0
    claimed_pence: int = 0
    recovered_pence: int = 0
    recovered_through_beacon_pence: int = 0
    prevented_pence: int = 0
    estimated_pence: int = 0
    interest_pence: int = 0
    published_recovered_pence: int = 0  # of years before the ledger; in no figure above
    published_prevented_pence: int = 0
    by_route: Mapping[Route, int] = field(default_factory=dict)  # of what was recovered
    prevented_by: Mapping[Route, int] = field(default_factory=dict)

    @property
    def public_recovered_pence(self) -> int:
        """What is said in public: published before the ledger, and through Beacon since."""
        return self.published_recovered_pence + self.recovered_through_beacon_pence

    @property
    def public_prevented_pence(self) -> int:
        """The same of losses prevented, never added to the other (domain.md RULE 4.8)."""
        return self.published_prevented_pence + self.prevented_pence


@dataclass(frozen=True)
class MonthTotal:
    """What came back in one month, and the part of it that came through Beacon."""

    month: date
    recovered_pence: int
    through_beacon_pence: int


@dataclass(frozen=True)
class _Sum:
    kind: EntryKind
    route: Route
    contribution: Contribution
    pence: int


@asking
def hub_totals(viewer: Viewer, first: date, last: date) -> Asking[HubTotals]:
    """The totals of a period, both days in it (contract 2, `reports fraud`).

    Of the cases that the viewer may open: a figure of a single day must not tell the money of a
    case that is closed to them (security.md Z-08, Z-21). A report's viewer is a machine, which may
    open every case.

    A loss counts on the day it was paid, a claim on the day it was made, money on the day it was
    received, a reversal on the day it was made; what comes to light once its month is closed counts
    on the first day that is open, so that no closed month moves. A case with no loss logged counts
    with the amount that was reported, on the day of the report.
    """
    sums, logged, reported, claimed, before = yield from together.at_once(
        _ledger(viewer, first, last),
        _logged(viewer, first, last),
        _reported(viewer, first, last),
        _claimed(viewer, first, last),
        openings_in(first, last),
    )
    recovered = _of_kind(sums, EntryKind.RECOVERED)
    return HubTotals(
        first=first,
        last=last,
        lost_pence=logged + reported,
        claimed_pence=claimed,
        recovered_pence=_total(recovered),
        recovered_through_beacon_pence=_total(one for one in recovered if one.contribution.counts),
        prevented_pence=_total(_of_kind(sums, EntryKind.PREVENTED)),
        estimated_pence=_total(_of_kind(sums, EntryKind.ESTIMATED)),
        interest_pence=_total(_of_kind(sums, EntryKind.INTEREST)),
        published_recovered_pence=before.get(EntryKind.RECOVERED, 0),
        published_prevented_pence=before.get(EntryKind.PREVENTED, 0),
        by_route=_by_route(recovered),
        prevented_by=_by_route(_of_kind(sums, EntryKind.PREVENTED)),
    )


def recovered_by_month(viewer: Viewer, last: date, *, months: int = 12) -> list[MonthTotal]:
    """What came back in each month up to this one, oldest first, with empty months.

    In the cases that the viewer may open.
    """
    newest = last.replace(day=1)
    listed = [newest - relativedelta(months=back) for back in reversed(range(months))]
    year = sa.extract("year", LedgerEntry.counted_on)
    month = sa.extract("month", LedgerEntry.counted_on)
    query = (
        sa.select(year, month, LedgerEntry.contribution, sa.func.sum(LedgerEntry.amount_pence))
        .where(
            scope.condition(viewer, LedgerEntry),
            LedgerEntry.kind == EntryKind.RECOVERED,
            LedgerEntry.counted_on >= listed[0],
            LedgerEntry.counted_on < newest + relativedelta(months=1),
        )
        .group_by(year, month, LedgerEntry.contribution)
    )
    totals = {one: [0, 0] for one in listed}
    for in_year, in_month, contribution, pence in db.session.execute(query):
        held = totals[date(int(in_year), int(in_month), 1)]
        held[0] += int(pence)
        held[1] += int(pence) if contribution.counts else 0
    return [MonthTotal(one, *totals[one]) for one in listed]


def _ledger(viewer: Viewer, first: date, last: date) -> Asking[list[_Sum]]:
    by = (LedgerEntry.kind, LedgerEntry.route, LedgerEntry.contribution)
    query = (
        sa.select(*by, sa.func.sum(LedgerEntry.amount_pence))
        .where(scope.condition(viewer, LedgerEntry), LedgerEntry.counted_on.between(first, last))
        .group_by(*by)
    )
    rows = yield from together.rows(query)
    return [_Sum(row.kind, row.route, row.contribution, int(row[3])) for row in rows]


def _of_kind(sums: Iterable[_Sum], kind: EntryKind) -> list[_Sum]:
    return [one for one in sums if one.kind is kind]


def _total(sums: Iterable[_Sum]) -> int:
    return sum(one.pence for one in sums)


def _by_route(sums: Iterable[_Sum]) -> dict[Route, int]:
    totals: dict[Route, int] = {}
    for one in sums:
        totals[one.route] = totals.get(one.route, 0) + one.pence
    return {route: totals[route] for route in Route if totals.get(route)}


def _logged(viewer: Viewer, first: date, last: date) -> Asking[int]:
    return _sum(
        sa.select(sa.func.sum(Loss.amount_pence)).where(
            scope.condition(viewer, Loss),
            Loss.withdrawn_at.is_(None),
            Loss.paid_on.between(first, last),
        )
    )


def _reported(viewer: Viewer, first: date, last: date) -> Asking[int]:
    of_report = sa.and_(
        CaseFile.crime_id == FraudReport.crime_id, scope.condition(viewer, CaseFile)
    )
    has_case = sa.exists().where(of_report)
    has_loss = sa.exists().where(
        of_report,
        Loss.case_id == CaseFile.id,
        Loss.withdrawn_at.is_(None),
    )
    return _sum(
        sa.select(sa.func.sum(FraudReport.amount_lost_pence))
        .join(Crime, Crime.id == FraudReport.crime_id)
        .where(
            Crime.recorded_at >= clock.start_of_day(first),
            Crime.recorded_at < clock.end_of_day(last),
            has_case,
            ~has_loss,
        )
    )


def _claimed(viewer: Viewer, first: date, last: date) -> Asking[int]:
    return _sum(
        sa.select(sa.func.sum(BankClaim.amount_pence))
        .join(Loss, Loss.id == BankClaim.loss_id)
        .where(
            scope.condition(viewer, BankClaim),
            Loss.withdrawn_at.is_(None),
            BankClaim.made_on.between(first, last),
        )
    )


def _sum(query: sa.Select[Any]) -> Asking[int]:
    (pence,) = yield from together.one(query)
    return int(pence or 0)

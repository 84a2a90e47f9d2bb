"""The fraud cases that wait for something, a page at a time, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.cases.terms import CaseStatus, CrimeKind
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub.models import BankClaim, Loss
from beacon.fraud_hub.terms import AWAITING, Waiting
from beacon.people.models import Victim
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page


@dataclass(frozen=True, kw_only=True)
class FraudRow:
    """One line of a list of the hub."""

    case_id: int
    reference: str
    victim_name: str
    status: CaseStatus
    enhanced: bool
    manager_name: str
    opened_at: datetime
    fraud_type: str
    reported_pence: int | None
    lost_pence: int | None
    vulnerable: bool | None
    still_paying: bool | None
    reply_expected_on: date | None
    final_reply_on: date | None


@dataclass(frozen=True)
class WaitingCounts:
    """How many wait in each list of the hub."""

    first_contact: int
    reply: int
    no_loss: int


@dataclass(frozen=True, kw_only=True)
class FraudCases:
    """The fraud cases that a person may see: all, or those that wait for one thing."""

    viewer: Viewer
    waiting: Waiting | None = None

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[FraudRow]:
        """One page; in a list that waits the longest wait comes first, else the newest case."""
        return read_page(
            db.session(), self._query(), self._keys(), cursor, size=size, shape=_fraud_row
        )

    def _keys(self) -> list[Key]:
        if self.waiting is Waiting.REPLY:
            return [Key(BankClaim.reply_expected_on), Key(BankClaim.id)]
        newest = self.waiting is None
        return [Key(CaseFile.opened_at, descending=newest), Key(CaseFile.id, descending=newest)]

    def _query(self) -> sa.Select[Any]:
        is_reply = self.waiting is Waiting.REPLY
        dates = (
            (BankClaim.reply_expected_on, BankClaim.final_reply_on)
            if is_reply
            else (sa.null(), sa.null())
        )
        query = (
            sa.select(
                CaseFile.id,
                CaseFile.reference,
                Victim,
                CaseFile.status,
                CaseFile.enhanced,
                Staff.name,
                CaseFile.opened_at,
                FraudReport.fraud_type,
                FraudReport.amount_lost_pence,
                _lost(),
                FraudReport.vulnerable,
                FraudReport.still_paying,
                *dates,
            )
            .join(Victim, Victim.id == CaseFile.victim_id)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .outerjoin(FraudReport, FraudReport.crime_id == Crime.id)
            .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        )
        if is_reply:
            query = query.join(BankClaim, BankClaim.case_id == CaseFile.id)
        return query.where(*_those(self.viewer, self.waiting))


@asking
def counts_waiting(viewer: Viewer) -> Asking[WaitingCounts]:
    """How many of the viewer's fraud cases, or claims, wait in each list."""
    counts = []
    for waiting in (Waiting.FIRST_CONTACT, Waiting.REPLY, Waiting.NO_LOSS):
        query = (
            sa.select(sa.func.count())
            .select_from(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
        )
        if waiting is Waiting.REPLY:
            query = query.join(BankClaim, BankClaim.case_id == CaseFile.id)
        counts.append(query.where(*_those(viewer, waiting)).scalar_subquery())
    counted = yield from together.one(sa.select(*counts))
    return WaitingCounts(*counted)


def _those(viewer: Viewer, waiting: Waiting | None) -> list[sa.ColumnElement[bool]]:
    conditions = [scope.condition(viewer, CaseFile), Crime.kind == CrimeKind.FRAUD]
    if waiting is Waiting.FIRST_CONTACT:
        conditions += [CaseFile.closed_at.is_(None), CaseFile.first_contact_at.is_(None)]
    if waiting is Waiting.NO_LOSS:
        conditions += [CaseFile.closed_at.is_(None), ~_standing(Loss.case_id == CaseFile.id)]
    if waiting is Waiting.REPLY:
        conditions += [
            BankClaim.status.in_(AWAITING),
            _standing(Loss.id == BankClaim.loss_id),
        ]
    return conditions


def _standing(which: sa.ColumnElement[bool]) -> sa.Exists:
    return sa.exists().where(which, Loss.withdrawn_at.is_(None))


def _lost() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.sum(Loss.amount_pence))
        .where(Loss.case_id == CaseFile.id, Loss.withdrawn_at.is_(None))
        .correlate(CaseFile)
        .scalar_subquery()
    )


def _fraud_row(row: Any) -> FraudRow:
    return FraudRow(
        case_id=row[0],
        reference=row[1],
        victim_name=row[2].full_name,
        status=row[3],
        enhanced=row[4],
        manager_name=row[5] or "",
        opened_at=row[6],
        fraud_type=row[7] or "",
        reported_pence=row[8],
        lost_pence=None if row[9] is None else int(row[9]),
        vulnerable=row[10],
        still_paying=row[11],
        reply_expected_on=row[12],
        final_reply_on=row[13],
    )

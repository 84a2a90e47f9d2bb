"""The rows behind a figure of the board: payments, claims and entries, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.queries.board import OPEN, as_asked
from beacon.fraud_hub.queries.cuts import Cut, district_of
from beacon.fraud_hub.rules import ClaimAge, age_of, by_firm
from beacon.fraud_hub.terms import SCAM_OF_CODE, THROUGH_BEACON, EntryKind, Scam
from beacon.people.models import Victim
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page


@dataclass(frozen=True, kw_only=True)
class BehindRow:
    """One row behind a figure: of which case, on which day, what, and how much in pence."""

    case_id: int
    reference: str
    victim_name: str
    on: date
    what: str
    amount_pence: int


@dataclass(frozen=True, kw_only=True)
class LossesBehind:
    """The payments of a period, of one sort of fraud or one district. Reports are not payments."""

    viewer: Viewer
    first: date
    last: date
    cut: Cut | None = None
    row: str = ""

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[BehindRow]:
        """One page of them, the newest first."""
        columns: tuple[Any, ...] = (Loss, CaseFile.reference, Victim)
        query = (
            sa.select(*columns)
            .join(CaseFile, CaseFile.id == Loss.case_id)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .outerjoin(FraudReport, FraudReport.crime_id == Crime.id)
            .where(
                scope.condition(self.viewer, Loss),
                Loss.withdrawn_at.is_(None),
                Loss.paid_on.between(self.first, self.last),
                self._those(),
            )
        )
        keys = [Key(Loss.paid_on, descending=True), Key(Loss.id, descending=True)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_loss)

    def _those(self) -> sa.ColumnElement[bool]:
        if self.cut is Cut.TYPE and self.row in list(Scam):
            codes = [code for code, scam in SCAM_OF_CODE.items() if scam is Scam(self.row)]
            code = sa.func.coalesce(FraudReport.fraud_code, "")
            return code.in_(codes) if codes else code.not_in(list(SCAM_OF_CODE))
        if self.cut is Cut.DISTRICT:
            written = db.session.scalars(sa.select(Crime.district).distinct())
            return Crime.district.in_([one for one in written if district_of(one) == self.row])
        return sa.true()


@dataclass(frozen=True, kw_only=True)
class ClaimsBehind:
    """The open claims of a firm or an age, or the claims that were made in a period to a firm."""

    viewer: Viewer
    today: date
    period: tuple[date, date] | None = None  # none: those still open
    firm: str = ""
    age: ClaimAge | None = None

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[BehindRow]:
        """One page of them, the oldest first."""
        columns: tuple[Any, ...] = (BankClaim, CaseFile.reference, Victim)
        query = (
            sa.select(*columns)
            .join(CaseFile, CaseFile.id == BankClaim.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .where(*self._narrow())
        )
        keys = [Key(BankClaim.made_on), Key(BankClaim.id)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_claim)

    def _narrow(self) -> list[sa.ColumnElement[bool]]:
        stands = sa.exists().where(Loss.id == BankClaim.loss_id, Loss.withdrawn_at.is_(None))
        those = (
            BankClaim.made_on.between(*self.period) if self.period else BankClaim.status.in_(OPEN)
        )
        narrow = [scope.condition(self.viewer, BankClaim), stands, those]
        if self.firm or self.age:
            # A firm's name is sealed: it is read here, as the board reads it.
            claims = db.session.scalars(sa.select(BankClaim).where(*narrow))
            asked = [as_asked(one) for one in claims]
            if self.firm:
                asked = by_firm(asked).get(self.firm, [])
            kept = [
                one.claim_id
                for one in asked
                if self.age is None or age_of(one.made_on, self.today) is self.age
            ]
            narrow.append(BankClaim.id.in_(kept))
        return narrow


@dataclass(frozen=True, kw_only=True)
class MoneyBehind:
    """The entries of the ledger of a period and a kind, the newest first."""

    viewer: Viewer
    first: date
    last: date
    kind: EntryKind
    through_beacon: bool = False

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[BehindRow]:
        """One page of them."""
        columns: tuple[Any, ...] = (LedgerEntry, CaseFile.reference, Victim)
        query = (
            sa.select(*columns)
            .join(CaseFile, CaseFile.id == LedgerEntry.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .where(
                scope.condition(self.viewer, LedgerEntry),
                LedgerEntry.kind == self.kind,
                LedgerEntry.counted_on.between(self.first, self.last),
            )
        )
        if self.through_beacon:
            query = query.where(LedgerEntry.contribution.in_(THROUGH_BEACON))
        keys = [Key(LedgerEntry.counted_on, descending=True), Key(LedgerEntry.id, descending=True)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_entry)


def _loss(row: Any) -> BehindRow:
    loss, reference, victim = row[:3]
    return _row(loss, reference, victim, loss.paid_on, loss.method.label)


def _claim(row: Any) -> BehindRow:
    claim, reference, victim = row[:3]
    return _row(claim, reference, victim, claim.made_on, claim.status.label)


def _entry(row: Any) -> BehindRow:
    entry, reference, victim = row[:3]
    return _row(entry, reference, victim, entry.counted_on, entry.route.label)


def _row(one: Any, reference: str, victim: Victim, on: date, what: str) -> BehindRow:
    return BehindRow(
        case_id=one.case_id,
        reference=reference,
        victim_name=victim.full_name,
        on=on,
        what=what,
        amount_pence=one.amount_pence,
    )

"""The entries of the ledger, by filter and a page at a time: what each total is the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import LedgerEntry
from beacon.fraud_hub.queries.book import bank_index
from beacon.fraud_hub.terms import THROUGH_BEACON, Booked, Contribution, EntryKind, Route
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

FILE_AT_MOST = 20_000  # rows of a file; a longer one is asked for by year
BACK = aliased(LedgerEntry)


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One entry with the reference of its case."""

    entry: LedgerEntry
    reference: str
    is_reversed: bool


@dataclass(frozen=True)
class LedgerSum:
    """What the entries of a list come to: how many, and the sum of each kind in pence."""

    entries: int
    by_kind: dict[EntryKind, int]


@dataclass(frozen=True, kw_only=True)
class LedgerEntries:
    """The entries that the viewer may see, narrowed; days are those on which they count."""

    viewer: Viewer
    first: date | None = None
    last: date | None = None
    kind: EntryKind | None = None
    route: Route | None = None
    contribution: Contribution | None = None
    through_beacon: bool = False
    standing: Booked | None = None
    bank: str = ""

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[LedgerRow]:
        """One page, the newest first."""
        keys = [Key(LedgerEntry.counted_on, descending=True), Key(LedgerEntry.id, descending=True)]
        return read_page(db.session(), self._query(), keys, cursor, size=size, shape=_row)

    def sum(self) -> LedgerSum:
        """What all of them come to, on every page, in one statement."""
        query = (
            sa.select(LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_pence), sa.func.count())
            .outerjoin(BACK, BACK.reverses_id == LedgerEntry.id)
            .where(*self._those())
            .group_by(LedgerEntry.kind)
        )
        found = {kind: (int(pence), entries) for kind, pence, entries in db.session.execute(query)}
        return LedgerSum(
            sum(entries for _, entries in found.values()),
            {kind: found[kind][0] for kind in EntryKind if kind in found},
        )

    def all(self) -> Sequence[LedgerRow]:
        """Every one of them for a file, the oldest first; RuleBroken where they are too many."""
        query = self._query().order_by(LedgerEntry.counted_on, LedgerEntry.id)
        rows = db.session.execute(query.limit(FILE_AT_MOST + 1)).all()
        if len(rows) > FILE_AT_MOST:
            raise RuleBroken(
                f"There are more than {FILE_AT_MOST:,} entries. Choose fewer days, then save again."
            )
        return [_row(row) for row in rows]

    def _query(self) -> sa.Select[*tuple[Any, ...]]:
        return (
            sa.select(LedgerEntry, CaseFile.reference, BACK.id)
            .join(CaseFile, CaseFile.id == LedgerEntry.case_id)
            .outerjoin(BACK, BACK.reverses_id == LedgerEntry.id)
            .where(*self._those())
        )

    def _those(self) -> list[sa.ColumnElement[bool]]:
        those = [scope.condition(self.viewer, LedgerEntry), _standing(self.standing)]
        if self.first is not None:
            those.append(LedgerEntry.counted_on >= self.first)
        if self.last is not None:
            those.append(LedgerEntry.counted_on <= self.last)
        if self.through_beacon:
            those.append(LedgerEntry.contribution.in_(THROUGH_BEACON))
        if self.bank:
            those.append(LedgerEntry.bank_index == (bank_index(self.bank) or ""))
        exact = (
            (LedgerEntry.kind, self.kind),
            (LedgerEntry.route, self.route),
            (LedgerEntry.contribution, self.contribution),
        )
        return those + [column == word for column, word in exact if word is not None]


def _standing(standing: Booked | None) -> sa.ColumnElement[bool]:
    conditions = {
        None: sa.true(),
        Booked.STANDS: sa.and_(LedgerEntry.reverses_id.is_(None), BACK.id.is_(None)),
        Booked.REVERSED: BACK.id.is_not(None),
        Booked.REVERSAL: LedgerEntry.reverses_id.is_not(None),
        Booked.LATE: LedgerEntry.happened_on < LedgerEntry.counted_on,
    }
    return conditions[standing]


def _row(row: Any) -> LedgerRow:
    return LedgerRow(entry=row[0], reference=row[1], is_reversed=row[2] is not None)

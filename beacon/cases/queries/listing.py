"""The list of cases as a person narrows it: whose, in what state, and only what is late."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import CaseRow, as_row, first_contact_due, listed
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page


class Whose(StrEnum):
    """Which part of the cases that a person may see."""

    MINE = "mine"
    TEAM = "team"
    UNASSIGNED = "unassigned"
    ENHANCED_UNASSIGNED = "enhanced-without-manager"
    TO_CONFIRM = "to-confirm"
    ALL = "all"

    @property
    def label(self) -> str:
        """The choice as a page says it."""
        return {
            "mine": "My cases",
            "team": "My team's cases",
            "unassigned": "Without a case manager",
            "enhanced-without-manager": "Enhanced, without a case manager",
            "to-confirm": "Category to be confirmed",
            "all": "All I may see",
        }[self]


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """Cases, those whose victim must be told something soonest first; closed ones the newest."""

    viewer: Viewer
    whose: Whose = Whose.ALL
    status: CaseStatus | None = None
    late: bool = False
    first_contact: bool = False

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """What narrows the list."""
        found = self._whose()
        if self.status is None:
            found.append(CaseFile.closed_at.is_(None))
        elif self.status is CaseStatus.CLOSED:
            found.append(CaseFile.closed_at.is_not(None))
        else:
            found += [CaseFile.closed_at.is_(None), CaseFile.status == self.status]
        if self.late:
            found.append(CaseFile.listed_on < clock.today())
        if self.first_contact:
            found.append(first_contact_due(clock.today()))
        return found

    def _whose(self) -> list[sa.ColumnElement[bool]]:
        narrowed: dict[Whose, list[sa.ColumnElement[bool]]] = {
            Whose.MINE: [CaseFile.manager_id == self.viewer.id],
            Whose.TEAM: [CaseFile.team_id == self.viewer.team_id],
            Whose.UNASSIGNED: [CaseFile.manager_id.is_(None)],
            Whose.ENHANCED_UNASSIGNED: [
                CaseFile.manager_id.is_(None),
                CaseFile.enhanced.is_(True),
            ],
            Whose.TO_CONFIRM: [CaseFile.category_decided_at.is_(None)],
            Whose.ALL: [],
        }
        return narrowed[self.whose]

    def keys(self) -> tuple[Key, ...]:
        """By what the list is ordered."""
        if self.status is CaseStatus.CLOSED:
            return Key(CaseFile.closed_at, descending=True), Key(CaseFile.id, descending=True)
        return Key(CaseFile.listed_on), Key(CaseFile.id)

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[CaseRow]:
        """One page of it."""
        query = listed(self.viewer).where(*self.conditions())
        return read_page(db.session(), query, self.keys(), cursor, size=size, shape=as_row)

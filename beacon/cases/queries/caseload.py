"""Lists of cases, the one most in need of a call first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any  # a row of the database, or what a cursor holds

import sqlalchemy as sa

from beacon.accounts.models import Staff, Team
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CaseStatus, CrimeKind
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, VictimCategory
from beacon.people.models import Victim
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One line of a list of cases."""

    id: int
    reference: str
    version: int
    status: CaseStatus
    category: VictimCategory
    enhanced: bool
    category_decided: bool
    restricted: bool
    victim_id: int
    victim_name: str
    kind: CrimeKind
    crime_reference: str
    offence: str
    district: str
    manager_id: int | None
    manager_name: str
    team_name: str
    opened_at: datetime
    first_contact_at: datetime | None
    next_due_on: date | None

    @property
    def needs_a_named_manager(self) -> bool:
        """Whether an enhanced victim has no case manager (domain.md RULE 1.4)."""
        return self.enhanced and self.manager_id is None and self.status is not CaseStatus.CLOSED

    @property
    def is_closed(self) -> bool:
        """Whether it is done with."""
        return self.status is CaseStatus.CLOSED

    def is_late(self, on: date) -> bool:
        """Whether something should have been told by now."""
        return self.next_due_on is not None and self.next_due_on < on


# By these a victim's name is put together, as Victim.full_name does.
NAME = (Victim.title, Victim.first_name, Victim.last_name, Victim.organisation)
_COLUMNS = (
    CaseFile.id,
    CaseFile.reference,
    CaseFile.version,
    CaseFile.status,
    CaseFile.category,
    CaseFile.enhanced,
    CaseFile.category_decided_at,
    CaseFile.restricted,
    CaseFile.victim_id,
    *NAME,
    Crime.kind,
    Crime.reference.label("crime_reference"),
    Crime.offence,
    Crime.district,
    CaseFile.manager_id,
    Staff.name.label("manager_name"),
    Team.name.label("team_name"),
    CaseFile.opened_at,
    CaseFile.first_contact_at,
    CaseFile.next_due_on,
)


def name_of(row: Any) -> str:
    """The victim's name from the columns of NAME."""
    return _name(row.title, row.first_name, row.last_name, row.organisation)


def first_contact_due(today: date) -> sa.ColumnElement[bool]:
    """The cases whose first contact is due by today, or late."""
    return CaseFile.id.in_(
        sa.select(Duty.case_id).where(
            Duty.rule == FIRST_CONTACT, Duty.state == DutyState.OPEN, Duty.due_on <= today
        )
    )


def listed(viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    """The cases that the viewer may see, with what one line of a list shows."""
    return _listed(scope.condition(viewer, CaseFile))


# Putting it together takes about as long as asking; the condition is the same all day.
@lru_cache(maxsize=1_000)
def _listed(seen: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*_COLUMNS)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .where(seen)
    )


def as_row(row: Any) -> CaseRow:
    """One line from one row. By its place: asking a row for each column takes longer than all."""
    (
        case_id, reference, version, status, category, enhanced, decided_at, restricted,
        victim_id, title, first_name, last_name, organisation,
        kind, crime_reference, offence, district,
        manager_id, manager_name, team_name, opened_at, first_contact_at, next_due_on,
        *_sorted_by,
    ) = row  # fmt: skip
    return CaseRow(
        id=case_id,
        reference=reference,
        version=version,
        status=status,
        category=category,
        enhanced=enhanced,
        category_decided=decided_at is not None,
        restricted=restricted,
        victim_id=victim_id,
        victim_name=_name(title, first_name, last_name, organisation),
        kind=kind,
        crime_reference=crime_reference,
        offence=offence,
        district=district,
        manager_id=manager_id,
        manager_name=manager_name or "",
        team_name=team_name or "",
        opened_at=opened_at,
        first_contact_at=first_contact_at,
        next_due_on=next_due_on,
    )


def _name(title: str, first_name: str, last_name: str, organisation: str) -> str:
    person = " ".join(part for part in (title, first_name, last_name) if part)
    return person or str(organisation)


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """Cases that are not closed: of one manager, of a team, or all that the viewer may see."""

    viewer: Viewer
    manager_id: int | None = None
    team_id: int | None = None
    due_by: date | None = None
    enhanced_only: bool = False

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """What narrows the list."""
        found: list[sa.ColumnElement[bool]] = [CaseFile.closed_at.is_(None)]
        if self.manager_id is not None:
            found.append(CaseFile.manager_id == self.manager_id)
        if self.team_id is not None:
            found.append(CaseFile.team_id == self.team_id)
        if self.due_by is not None:
            found.append(CaseFile.listed_on <= self.due_by)
        if self.enhanced_only:
            found.append(CaseFile.enhanced.is_(True))
        return found

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[CaseRow]:
        """One page, by the next date that a victim must be told; those without a date last."""
        keys = (Key(CaseFile.listed_on), Key(CaseFile.id))
        query = listed(self.viewer).where(*self.conditions())
        return read_page(db.session(), query, keys, cursor, size=size, shape=as_row)

    def first(self, at_most: int) -> Asking[list[CaseRow]]:
        """The first of it, to be asked with others."""
        query = listed(self.viewer).where(*self.conditions())
        query = query.order_by(CaseFile.listed_on, CaseFile.id).limit(at_most)
        rows = yield from together.rows(query)
        return [as_row(row) for row in rows]

    def count(self) -> int:
        """How many there are."""
        return together.answer(self.counted())

    def counted(self) -> Asking[int]:
        """How many there are, to be asked with others."""
        query = sa.select(sa.func.count()).select_from(CaseFile).where(*self.conditions())
        (found,) = yield from together.one(query.where(scope.condition(self.viewer, CaseFile)))
        return int(found)


@dataclass(frozen=True, kw_only=True)
class Unassigned(Caseload):
    """Cases that nobody answers for yet."""

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Without a manager, and what else narrows the list."""
        return [*super().conditions(), CaseFile.manager_id.is_(None)]


@dataclass(frozen=True, kw_only=True)
class ClosedCases:
    """Cases that are done with, the last closed first."""

    viewer: Viewer

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[CaseRow]:
        """One page."""
        keys = (Key(CaseFile.closed_at, descending=True), Key(CaseFile.id, descending=True))
        query = listed(self.viewer).where(CaseFile.closed_at.is_not(None))
        return read_page(db.session(), query, keys, cursor, size=size, shape=as_row)

"""A family of figures, counted by its cuts and its columns, and the rows behind one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import NAME, name_of
from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.together import Asking
from beacon.people.models import Victim
from beacon.reports.queries.outcomes.families import Asked, Family, Named
from beacon.reports.rules.figures import Group
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

WHOSE = (CaseFile.reference, CaseFile.victim_id)


@dataclass
class Found:
    """The counts of one cut: by row and column, and the points of each row."""

    rows: dict[Group, Counter[str]] = field(default_factory=dict)
    points: Counter[Group] = field(default_factory=Counter)

    @property
    def total(self) -> Counter[str]:
        """All rows together."""
        return sum(self.rows.values(), Counter[str]())


def counted(family: Family, asked: Asked) -> Asking[dict[str, Found]]:
    """What there is of each cut of a family, added up in the database."""
    base = family.select(asked).cte(f"counted_{family.subject}").prefix_with("MATERIALIZED")
    query = sa.union_all(*(_added_up(base, cut) for cut in family.cuts)).subquery()
    rows = yield from together.rows(sa.select(query))
    found = {cut: Found() for cut in family.cuts}
    for cut, value, column, number, points in rows:
        group = family.cuts[cut](value or "")
        found[cut].rows.setdefault(group, Counter())[column] += number
        found[cut].points[group] += int(points or 0)
    return found


def _added_up(base: sa.CTE, cut: str) -> sa.Select[*tuple[Any, ...]]:
    value, column = base.c[cut], base.c["column"]
    return sa.select(
        sa.literal(str(cut), sa.String).label("cut"),
        value.label("value"),
        column.label("column"),
        sa.func.count().label("number"),
        sa.func.sum(base.c.points).label("points"),
    ).group_by(value, column)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One row behind a figure, for those who may open its case; a hearing may have no case."""

    row_id: int
    case_id: int | None
    victim_id: int | None
    reference: str
    victim_name: str
    on: date


@dataclass(frozen=True, kw_only=True)
class BehindList:
    """The rows behind one figure, in the order of their day; each page costs the same."""

    family: Family
    asked: Asked
    cut: str = ""
    row: Group | None = None  # none: all rows of the table
    group: str = ""  # all rows below a heading
    column: str = ""  # empty: every column

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[Behind]:
        """One page of those that the viewer may see."""
        base = self.family.select(self.asked).subquery()
        query = (
            sa.select(base.c.row_id, base.c.case_id, base.c.day, *WHOSE, *NAME)
            .select_from(base)
            .outerjoin(
                CaseFile,
                sa.and_(
                    CaseFile.id == base.c.case_id, scope.condition(self.asked.viewer, CaseFile)
                ),
            )
            .outerjoin(Victim, Victim.id == CaseFile.victim_id)
            .where(*self._narrowed(base))
        )
        keys = (Key(base.c.day), Key(base.c.row_id))
        return read_page(db.session(), query, keys, cursor, size=size, shape=_behind)

    def _narrowed(self, base: sa.Subquery) -> Iterator[sa.ColumnElement[bool]]:
        if self.column:
            yield base.c["column"] == self.column
        if self.row is not None or self.group:
            yield sa.func.coalesce(base.c[self.cut], "").in_(self._values(base))

    def _values(self, base: sa.Subquery) -> list[str]:
        """Each way of writing that the figures call by the name of the row."""
        name: Named = self.family.cuts[self.cut]
        texts = db.session.scalars(sa.select(base.c[self.cut]).distinct())
        return [text or "" for text in texts if self._is_meant(name(text or ""))]

    def _is_meant(self, row: Group) -> bool:
        return row == self.row if self.row is not None else row[0] == self.group


def _behind(row: Any) -> Behind:
    known: Mapping[str, Any] = row._mapping
    day = known["day"]
    return Behind(
        row_id=row.row_id,
        case_id=row.case_id if row.reference else None,
        victim_id=row.victim_id,
        reference=row.reference or "",
        victim_name=name_of(row) if row.reference else "",
        on=clock.london_day(day) if isinstance(day, datetime) else day,
    )

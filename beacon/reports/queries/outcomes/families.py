"""What a figure of the commissioner's page counts: rows of a period with a column and their cuts.

Each family is one select: which row, of which case, on which day, in which column, and one more
column for each cut. The same select is counted, and listed behind a figure, so that both agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.scope import Viewer
from beacon.reports.rules import Period
from beacon.reports.rules.figures import Group
from beacon.reports.terms import Subject

Select = sa.Select[*tuple[Any, ...]]
Named = Callable[[str], Group]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of whose cases, of which days, and as of which day."""

    viewer: Viewer
    period: Period
    today: date

    def within(self, moment: Any) -> sa.ColumnElement[bool]:
        """Whether a moment lies in the days, as the London clock shows them."""
        first = clock.start_of_day(self.period.first)
        after = clock.start_of_day(self.period.last + timedelta(days=1))
        return sa.and_(moment >= first, moment < after)


@dataclass(frozen=True, kw_only=True)
class Family:
    """One thing that is counted, and by what its rows are told apart."""

    subject: Subject
    select: Callable[[Asked], Select]
    cuts: Mapping[str, Named]  # a row's heading and name, from what the column of the cut holds
    has_points: bool = False  # its rows bear a number that is added up


def labelled(
    row: Any, case: Any, day: Any, column: Any, *cuts: sa.Label[Any], points: Any = None
) -> tuple[sa.Label[Any], ...]:
    """The columns that every family has, and those of its cuts."""
    return (
        row.label("row_id"),
        case.label("case_id"),
        day.label("day"),
        sa.cast(column, sa.String).label("column"),
        sa.cast(sa.null() if points is None else points, sa.Integer).label("points"),
        *cuts,
    )


def plain(text: str) -> Group:
    """A row that is called what the column holds."""
    return "", text

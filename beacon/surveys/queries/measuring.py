"""The five measures of a period: how many answered, how many of them positively, who was asked.

Every number is a plain count, and every count of answers is of five people or more together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any  # sums of columns that are named by their measures

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.surveys.models import SurveyCount, SurveyInvitation
from beacon.surveys.terms import Dimension, InvitationState, Measure

Counts = sa.Select[*tuple[Any, ...]]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """How many answered one question, and how many of them were positive."""

    answers: int = 0
    positive: int = 0


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of a cut. The name of everybody is empty."""

    name: str
    invited: int
    silent: int  # of them, those of whom no answer has come by now, whatever `as_at` says
    answered: int  # in counts of this very group: those of a small one are counted with others
    said: Mapping[Measure, Said]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a period comes to. Answers belong to the month in which they were given."""

    first: date
    last: date
    not_invited: int  # for whom no safe way was there, or who had not agreed
    by: Mapping[Dimension, tuple[Group, ...]]

    @property
    def everybody(self) -> Group:
        """All together."""
        return self.by[Dimension.ALL][0]


def measured(first: date, last: date, as_at: datetime | None = None) -> Measured:
    """The measures of the months that end between two days, and the invitations of those days.

    A month whose last day lies in the period counts whole. With `as_at`, a moment, only what was
    recorded by then counts, so that a page can be made again.
    """
    counts = _counts(first, last, as_at)
    invited = _invited(first, last, as_at)
    by = {}
    for dimension in Dimension:
        said = counts.get(dimension, {})
        asked = invited.get(dimension, {})
        names = [""] if dimension is Dimension.ALL else sorted({*said, *asked})
        by[dimension] = tuple(
            _group(name, said.get(name), asked.get(name, (0, 0))) for name in names
        )
    return Measured(first=first, last=last, not_invited=_refused(first, last, as_at), by=by)


def months_in(first: date, last: date) -> list[date]:
    """The first days of the months whose last day lies in a period."""
    found, month = [], first.replace(day=1)
    while (after := (month + 32 * DAY).replace(day=1)) - DAY <= last:
        found.append(month)
        month = after
    return found


def by_month(first: date, last: date) -> list[tuple[date, Group]]:
    """Everybody, month by month, for the months in which anything was counted."""
    query = _of_period(_sums(SurveyCount.month), first, last, None).where(
        SurveyCount.dimension == Dimension.ALL
    )
    rows = db.session.execute(query.group_by(SurveyCount.month).order_by(SurveyCount.month))
    return [(row.month, _group("", row, (0, 0))) for row in rows]


def _group(name: str, row: sa.Row[*tuple[Any, ...]] | None, asked: tuple[int, int]) -> Group:
    invited, silent = asked
    if row is None:
        nothing = {one: Said() for one in Measure}
        return Group(name=name, invited=invited, silent=silent, answered=0, said=nothing)
    held = row._mapping  # the public name of a row's columns
    return Group(
        name=name,
        invited=invited,
        silent=silent,
        answered=int(held["people"]),
        said={
            one: Said(int(held[f"{one.value}_answers"]), int(held[f"{one.value}_positive"]))
            for one in Measure
        },
    )


def _sums(*by: sa.orm.InstrumentedAttribute[object]) -> Counts:
    names = [f"{one.value}_{what}" for one in Measure for what in ("answers", "positive")]
    sums = [sa.func.sum(getattr(SurveyCount, name)).label(name) for name in ("people", *names)]
    return sa.select(*by, *sums)


def _of_period(query: Counts, first: date, last: date, as_at: datetime | None) -> Counts:
    query = query.where(SurveyCount.month.in_(months_in(first, last)))
    return query if as_at is None else query.where(SurveyCount.created_at <= as_at)


def _counts(
    first: date, last: date, as_at: datetime | None
) -> dict[Dimension, dict[str, sa.Row[*tuple[Any, ...]]]]:
    query = _of_period(
        _sums(SurveyCount.dimension, SurveyCount.group_name), first, last, as_at
    ).group_by(SurveyCount.dimension, SurveyCount.group_name)
    found: dict[Dimension, dict[str, sa.Row[*tuple[Any, ...]]]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.dimension, {})[row.group_name] = row
    return found


COLUMNS = {
    Dimension.DISTRICT: SurveyInvitation.district,
    Dimension.CRIME: SurveyInvitation.crime,
    Dimension.CATEGORY: SurveyInvitation.category,
    Dimension.AGE: SurveyInvitation.age,
    Dimension.TEAM: SurveyInvitation.team,
    Dimension.POINT: SurveyInvitation.point,
}


def _invited(
    first: date, last: date, as_at: datetime | None
) -> dict[Dimension, dict[str, tuple[int, int]]]:
    """How many were invited, and how many of them are silent, by each cut, in one statement."""
    is_silent = sa.case((SurveyInvitation.state == InvitationState.ANSWERED, 0), else_=1)
    query = (
        sa.select(*COLUMNS.values(), sa.func.count(), sa.func.sum(is_silent))
        .where(*_between(SurveyInvitation.invited_at, first, last))
        .group_by(*COLUMNS.values())
    )
    if as_at is not None:
        query = query.where(SurveyInvitation.invited_at <= as_at)
    found: dict[Dimension, dict[str, tuple[int, int]]] = {}
    for *names, number, silent in db.session.execute(query):
        for dimension, name in zip((Dimension.ALL, *COLUMNS), ("", *names), strict=True):
            of_cut = found.setdefault(dimension, {})
            before = of_cut.get(_named(name), (0, 0))
            of_cut[_named(name)] = (before[0] + int(number), before[1] + int(silent))
    return found


def _named(name: object) -> str:
    return str(getattr(name, "label", name))


def _refused(first: date, last: date, as_at: datetime | None) -> int:
    """How many were decided on in these days, and not invited by the moment that is asked of."""
    not_yet = SurveyInvitation.invited_at.is_(None)
    query = sa.select(sa.func.count()).where(*_between(SurveyInvitation.created_at, first, last))
    if as_at is None:
        return db.session.scalar(query.where(not_yet)) or 0
    later = sa.or_(not_yet, SurveyInvitation.invited_at > as_at)
    return db.session.scalar(query.where(later, SurveyInvitation.created_at <= as_at)) or 0


def _between(
    column: sa.orm.InstrumentedAttribute[datetime | None] | sa.orm.InstrumentedAttribute[datetime],
    first: date,
    last: date,
) -> tuple[sa.ColumnElement[bool], ...]:
    begins, ends = clock.from_london(first, time()), clock.from_london(last + DAY, time())
    return column >= begins, column < ends

"""The ministry's return: its columns, its numbers of each quarter, and the cases behind a lack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.reports.models import ReturnColumn
from beacon.reports.queries.outcomes import FAMILIES, Asked, BehindList, outcomes
from beacon.reports.rules import Period
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.rules.returning import in_force, quarters_over
from beacon.reports.terms.returning import Fact


def all_columns() -> Sequence[ReturnColumn]:
    """Every version of every column, by its place and then its days."""
    query = sa.select(ReturnColumn).order_by(
        ReturnColumn.place, ReturnColumn.heading, ReturnColumn.from_on, ReturnColumn.id
    )
    return db.session.scalars(query).all()


def columns_on(on: date) -> list[ReturnColumn]:
    """The columns that were in force on a day, from left to right."""
    return in_force(all_columns(), on)


def get_column(column_id: int) -> ReturnColumn:
    """One version of a column.

    Raises:
        NotFound: there is none of that number.
    """
    row = db.session.get(ReturnColumn, column_id)
    if row is None:
        raise NotFound
    return row


def quarters(viewer: Viewer, period: Period, at: datetime) -> list[Outcomes]:
    """The figures of each quarter of the days, of the cases that the viewer may open."""
    return [outcomes(viewer, one, at) for one in quarters_over(period)]


def missing(viewer: Viewer, fact: Fact, period: Period, today: date) -> BehindList:
    """The cases of a period that lack a fact; one of several duties is there for each of them."""
    lack = fact.lack
    subject, _, cut = lack.grid.partition(".")
    return BehindList(
        family=FAMILIES[subject],
        asked=Asked(viewer=viewer, period=period, today=today),
        cut=cut,
        row=("", lack.name) if lack.name else None,
        column=lack.column,
    )

"""The duties of a period, added up in the database by each cut of the figures."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts.models import Team
from beacon.cases.models import CaseFile, CaseGround, Crime
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import GROUND_GROUPS
from beacon.people.models import Victim
from beacon.people.terms import Disability
from beacon.reports.queries.tables import body_of, is_unverified, title_of
from beacon.reports.rules import Counted, Period, outcome_of
from beacon.reports.rules.bands import (
    age_band,
    ages,
    ethnicity,
    kind_of,
    left_blank,
    sex,
    team_name,
)
from beacon.reports.rules.figures import Group
from beacon.reports.terms import Cut


def counted(period: Period, today: date, *, viewer: Viewer | None = None) -> list[Counted]:
    """The duties that were due in a period, for each cut those that are alike in it together.

    Without a viewer they are those of the whole service, which may leave only as a publication.
    They are added up in the database: hardly two duties of a quarter are alike in every cut.
    """
    due = _due(period, today, viewer).cte("due").prefix_with("MATERIALIZED")  # read once
    query = sa.union_all(*(_added_up(due, cut) for cut in Cut))
    return [_counted(row, today) for row in db.session.execute(query)]


def _due(period: Period, today: date, viewer: Viewer | None) -> sa.Select[*tuple[Any, ...]]:
    """Each duty of a period, with a column for each cut but the rule's."""
    grounds = _grounds()
    query = (
        sa.select(
            Duty.code,
            Duty.rule,
            Duty.right,
            Duty.state,
            (Duty.due_on < today).label("is_past"),
            (sa.extract("year", Duty.due_on) * 100 + sa.extract("month", Duty.due_on)).label(
                Cut.MONTH
            ),
            sa.case(
                (Duty.enhanced.is_(True), 1 + sa.func.coalesce(grounds.c.flags, 0)), else_=0
            ).label(Cut.CATEGORY),
            Crime.district.label(Cut.DISTRICT),
            Team.name.label(Cut.TEAM),
            Victim.gender.label(Cut.SEX),
            Victim.ethnicity.label(Cut.ETHNICITY),
            Victim.disability.label(Cut.DISABILITY),
            age_number(period.last).label(Cut.AGE),
        )
        .select_from(Duty)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .outerjoin(grounds, grounds.c.case_id == CaseFile.id)
        .where(Duty.due_on.between(period.first, period.last))
    )
    return query if viewer is None else query.where(scope.condition(viewer, CaseFile))


def _grounds() -> sa.Subquery:
    """Of each case under which headings its victim is enhanced: a bit for each, from the second."""
    bits = [
        sa.func.max(sa.case((CaseGround.ground.in_(of), 2 << number), else_=0))
        for number, of in enumerate(GROUND_GROUPS.values())
    ]
    flags = reduce(operator.add, bits).label("flags")
    holds = CaseGround.holds.is_not(False)
    return sa.select(CaseGround.case_id, flags).where(holds).group_by(CaseGround.case_id).subquery()


def _added_up(due: sa.CTE, cut: Cut) -> sa.Select[*tuple[Any, ...]]:
    """How many duties there are of each row of a cut; our own standards have no cut but the rule's.

    The same columns for every cut: an empty one where the cut does not ask for it.
    """
    became = (due.c.state, due.c.is_past)
    if cut is Cut.RULE:
        of_rule = (due.c.code, due.c.rule, due.c.right)
        return sa.select(
            sa.literal(cut.value).label("cut"),
            *became,
            *of_rule,
            sa.literal("").label("value"),
            sa.func.count().label("number"),
        ).group_by(*became, *of_rule)
    empty = (sa.literal(""), sa.literal(""), sa.cast(sa.null(), sa.Integer))
    value = due.c[cut.value]
    return (
        sa.select(
            sa.literal(cut.value),
            *became,
            *empty,
            sa.cast(value, sa.String),
            sa.func.count(),
        )
        .where(due.c.code != STANDARD)
        .group_by(*became, value)
    )


def has_ground(group: str) -> sa.ColumnElement[bool]:
    """Whether a duty is of an enhanced victim who has a ground under this heading."""
    return sa.and_(
        Duty.enhanced.is_(True),
        sa.exists().where(
            CaseGround.case_id == CaseFile.id,
            CaseGround.ground.in_(GROUND_GROUPS[group]),
            CaseGround.holds.is_not(False),
        ),
    )


def age_number(on: date) -> sa.ColumnElement[int]:
    """The number of the age band in which a person is on a day; -1 where it is not known."""
    bands = [(Victim.date_of_birth > born, number) for number, born in ages(on)]
    return sa.case((Victim.date_of_birth.is_(None), -1), *bands, else_=len(bands))


def _counted(row: Any, today: date) -> Counted:
    cut = Cut(row.cut)
    return Counted(
        cut=cut,
        group=_of_rule(row) if cut is Cut.RULE else _GROUPS[cut](row.value),
        right=row.right,
        rule=row.rule,
        outcome=outcome_of(row.state, date.min if row.is_past else today, today),
        is_local_standard=row.code == STANDARD,
        is_unverified=cut is Cut.RULE and is_unverified(row.code, row.rule, today),
        number=row.number,
    )


def _of_rule(row: Any) -> Group:
    right = f"Right {row.right}: " if row.right else ""
    return body_of(row.code, row.rule), f"{right}{title_of(row.code, row.rule)} ({row.rule})"


def _of_category(value: str) -> Group:
    flags = [bool(int(value) & 2 << number) for number in range(len(GROUND_GROUPS))]
    return kind_of(is_enhanced=value != "0", flags=flags)


_GROUPS: dict[Cut, Callable[[str], Group]] = {
    Cut.MONTH: lambda value: ("", f"{value[:4]}-{value[4:]}"),
    Cut.CATEGORY: _of_category,
    Cut.DISTRICT: lambda value: ("", left_blank(value)),
    Cut.TEAM: lambda value: ("", team_name(value)),
    Cut.SEX: lambda value: ("", sex(value)),
    Cut.ETHNICITY: lambda value: ("", ethnicity(value)),
    Cut.DISABILITY: lambda value: ("", Disability(value).label),
    Cut.AGE: lambda value: ("", age_band(int(value))),
}

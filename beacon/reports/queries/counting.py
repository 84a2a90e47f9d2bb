"""The duties of a period, counted in the database, those that are alike together."""

from __future__ import annotations

from datetime import date
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
from beacon.reports.terms import Cut


def counted(period: Period, today: date, *, viewer: Viewer | None = None) -> list[Counted]:
    """The duties that were due in a period, those that are alike together.

    Without a viewer they are those of the whole service, which may leave only as a publication.
    """
    grounds = [has_ground(group) for group in GROUND_GROUPS]
    inner = (
        sa.select(
            Duty.rule,
            Duty.code,
            Duty.right,
            Duty.state,
            (Duty.due_on < today).label("is_past"),
            sa.extract("year", Duty.due_on).label("year"),
            sa.extract("month", Duty.due_on).label("month"),
            Duty.enhanced,
            *(one.label(f"ground_{number}") for number, one in enumerate(grounds)),
            Crime.district,
            Team.name.label("team"),
            Victim.gender,
            Victim.ethnicity,
            Victim.disability,
            age_number(period.last).label("age"),
        )
        .select_from(Duty)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .where(Duty.due_on.between(period.first, period.last))
    )
    if viewer is not None:
        inner = inner.where(scope.condition(viewer, CaseFile))
    alike = inner.subquery()
    query = sa.select(*alike.c, sa.func.count().label("number")).group_by(*alike.c)
    return [_counted(row, today) for row in db.session.execute(query)]


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
    body = body_of(row.code, row.rule)
    month = f"{int(row.year):04}-{int(row.month):02}"
    flags = [getattr(row, f"ground_{number}") for number in range(len(GROUND_GROUPS))]
    right = f"Right {row.right}: " if row.right else ""
    return Counted(
        right=row.right,
        rule=row.rule,
        code=row.code,
        body=body,
        outcome=outcome_of(row.state, date.min if row.is_past else today, today),
        is_local_standard=row.code == STANDARD,
        is_unverified=is_unverified(row.code, row.rule, today),
        number=row.number,
        cuts={
            Cut.RULE: (body, f"{right}{title_of(row.code, row.rule)} ({row.rule})"),
            Cut.MONTH: ("", month),
            Cut.CATEGORY: kind_of(is_enhanced=row.enhanced, flags=flags),
            Cut.DISTRICT: ("", left_blank(row.district)),
            Cut.TEAM: ("", team_name(row.team)),
            Cut.SEX: ("", sex(row.gender)),
            Cut.ETHNICITY: ("", ethnicity(row.ethnicity)),
            Cut.DISABILITY: ("", row.disability.label),
            Cut.AGE: ("", age_band(row.age)),
        },
    )

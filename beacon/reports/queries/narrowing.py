"""To which duties one row of a cut belongs: the same words as the count gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts.models import Team
from beacon.cases.models import CaseFile, Crime
from beacon.core.db import db
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import GROUND_GROUPS
from beacon.people.models import Victim
from beacon.people.terms import Disability
from beacon.reports.queries.counting import age_number, has_ground
from beacon.reports.queries.tables import NO_LIMIT_NAMED, body_of, tables
from beacon.reports.rules import Period
from beacon.reports.rules.bands import (
    NO_TEAM,
    age_band,
    ages,
    ethnicity,
    kind_of,
    left_blank,
    sex,
)
from beacon.reports.terms import Cut

Condition = sa.ColumnElement[bool]


def of_row(cut: Cut, row: str, period: Period) -> Condition:
    """The duties of the cases that a row of a cut counts; of no case where there is no such row.

    A row of rules is named by its heading: who must act.
    """
    return _CUTS[cut](row, period)


def _body(row: str, period: Period) -> Condition:
    known = [(code, key) for code, rules in tables().items() for key in rules]
    if row == NO_LIMIT_NAMED:
        return sa.not_(_rules(known))
    return _rules((code, key) for code, key in known if body_of(code, key) == row)


def _rules(named: Iterable[tuple[str, str]]) -> Condition:
    by_code: dict[str, list[str]] = {}
    for code, key in sorted(named):
        by_code.setdefault(code, []).append(key)
    parts = [sa.and_(Duty.code == code, Duty.rule.in_(keys)) for code, keys in by_code.items()]
    return sa.or_(sa.false(), *parts)


def _month(row: str, period: Period) -> Condition:
    try:
        first = date.fromisoformat(f"{row}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError):
        return sa.false()
    return Duty.due_on.between(first, last)


def _category(row: str, period: Period) -> Condition:
    """By the same function as the figures: every combination of grounds that it calls so."""
    standard = kind_of(is_enhanced=False, flags=())
    if row == standard[1]:
        return Duty.enhanced.is_(False)
    flags = [has_ground(group) for group in GROUND_GROUPS]
    named = [_holds(flags, held) for held in _combinations(len(flags)) if _kind(held) == row]
    return sa.and_(Duty.enhanced.is_(True), sa.or_(sa.false(), *named))


def _combinations(number: int) -> list[tuple[bool, ...]]:
    return [tuple(bool(one >> bit & 1) for bit in range(number)) for one in range(2**number)]


def _kind(flags: tuple[bool, ...]) -> str:
    return kind_of(is_enhanced=True, flags=flags)[1]


def _holds(flags: list[Condition], held: tuple[bool, ...]) -> Condition:
    pairs = zip(flags, held, strict=True)
    return sa.and_(sa.true(), *(flag if holds else sa.not_(flag) for flag, holds in pairs))


def _district(row: str, period: Period) -> Condition:
    named = _written(Crime.district, row, left_blank)
    return CaseFile.crime_id.in_(sa.select(Crime.id).where(Crime.district.in_(named)))


def _team(row: str, period: Period) -> Condition:
    named = CaseFile.team_id.in_(sa.select(Team.id).where(Team.name == row))
    return sa.or_(named, CaseFile.team_id.is_(None)) if row == NO_TEAM else named


def _sex(row: str, period: Period) -> Condition:
    return Victim.gender.in_(_written(Victim.gender, row, sex))


def _ethnicity(row: str, period: Period) -> Condition:
    return Victim.ethnicity.in_(_written(Victim.ethnicity, row, ethnicity))


def _disability(row: str, period: Period) -> Condition:
    return Victim.disability.in_([one for one in Disability if one.label == row])


def _age(row: str, period: Period) -> Condition:
    numbers = range(-1, len(ages(period.last)) + 1)
    wanted = [number for number in numbers if age_band(number) == row]
    return age_number(period.last).in_(wanted)


def _written(column: Any, row: str, called: Callable[[str], str]) -> list[str]:
    """Each way of writing that the figures call by this name."""
    texts = db.session.scalars(sa.select(column).distinct())
    return [text for text in texts if called(text) == row]


_CUTS: dict[Cut, Callable[[str, Period], Condition]] = {
    Cut.RULE: _body,
    Cut.MONTH: _month,
    Cut.CATEGORY: _category,
    Cut.DISTRICT: _district,
    Cut.TEAM: _team,
    Cut.SEX: _sex,
    Cut.ETHNICITY: _ethnicity,
    Cut.DISABILITY: _disability,
    Cut.AGE: _age,
}

"""The duties of a period, counted in the database, listed, and as facts for a pack. Read only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts.models import Team
from beacon.cases.models import CaseFile, CaseGround, Crime
from beacon.cases.queries.caseload import NAME, name_of
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.codes import CODES, LOCAL_STANDARDS, OTHER_CLOCKS, STANDARD, Rule
from beacon.entitlements.models import Duty, DutyEvent
from beacon.entitlements.terms import GROUND_GROUPS, DutyState
from beacon.people.models import Victim
from beacon.reports.rules import Counted, DutyFact, Period, drawn, outcome_of
from beacon.reports.rules.bands import age_band, ages, ethnicity, kind_of, left_blank
from beacon.reports.terms import Cut, Outcome
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

NO_TEAM = "No team"
NO_LIMIT_NAMED = "Not in the tables"
_LISTED: tuple[Any, ...] = (
    Duty.id.label("duty_id"),
    CaseFile.id.label("case_id"),
    CaseFile.reference,
    *NAME,
    Duty.rule,
    Duty.code,
    Duty.state,
    Duty.due_on,
)


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One duty behind a figure, for those who may open its case."""

    duty_id: int
    case_id: int
    reference: str
    victim_name: str
    title: str
    due_on: date
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class SampledCase:
    """One case of a sample, and how many of its duties fell due in the period."""

    case_id: int
    reference: str
    victim_name: str
    manager_id: int | None
    duties: int


def counted(period: Period, today: date, *, viewer: Viewer | None = None) -> list[Counted]:
    """The duties that were due in a period, those that are alike together.

    Without a viewer they are those of the whole service, which may leave only as a publication.
    """
    grounds = [_has_ground(group) for group in GROUND_GROUPS]
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
            _age(period.last).label("age"),
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


@dataclass(frozen=True, kw_only=True)
class DutyList:
    """The duties behind a figure: of a period, a rule and an outcome, in the order of their day."""

    viewer: Viewer
    period: Period
    today: date
    rule: str | None = None
    outcome: Outcome | None = None

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[DutyRow]:
        """One page of those that the viewer may see."""
        query = (
            sa.select(*_LISTED)
            .select_from(Duty)
            .join(CaseFile, CaseFile.id == Duty.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .where(
                Duty.due_on.between(self.period.first, self.period.last),
                scope.condition(self.viewer, CaseFile),
                *self._narrowed(),
            )
        )
        keys = (Key(Duty.due_on), Key(Duty.id))
        return read_page(db.session(), query, keys, cursor, size=size, shape=self._row)

    def _narrowed(self) -> Iterator[sa.ColumnElement[bool]]:
        yield Duty.rule == self.rule if self.rule else Duty.code != STANDARD
        if self.outcome is not None:
            past = [one for one in DutyState if self._became(one, date.min)]
            ahead = [one for one in DutyState if self._became(one, self.today)]
            yield sa.or_(
                sa.and_(Duty.state.in_(past), Duty.due_on < self.today),
                sa.and_(Duty.state.in_(ahead), Duty.due_on >= self.today),
            )

    def _became(self, state: DutyState, due_on: date) -> bool:
        return outcome_of(state, due_on, self.today) is self.outcome

    def _row(self, row: Any) -> DutyRow:
        return DutyRow(
            duty_id=row.duty_id,
            case_id=row.case_id,
            reference=row.reference,
            victim_name=name_of(row),
            title=title_of(row.code, row.rule),
            due_on=row.due_on,
            outcome=outcome_of(row.state, row.due_on, self.today),
        )


def sample(viewer: Viewer, period: Period, *, number: int, seed: str) -> list[SampledCase]:
    """Cases drawn by lot from those of a period that the viewer may see, in the lot's order."""
    due = (
        sa.select(Duty.case_id, sa.func.count().label("duties"))
        .where(Duty.due_on.between(period.first, period.last), Duty.code != STANDARD)
        .group_by(Duty.case_id)
        .subquery()
    )
    of_period = (
        sa.select(CaseFile.id)
        .join(due, due.c.case_id == CaseFile.id)
        .where(scope.condition(viewer, CaseFile))
    )
    chosen = drawn(db.session.scalars(of_period), number=number, seed=seed)
    rows = db.session.execute(
        sa.select(CaseFile.id, CaseFile.reference, CaseFile.manager_id, *NAME, due.c.duties)
        .join(due, due.c.case_id == CaseFile.id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CaseFile.id.in_(chosen))
    )
    found = {
        row.id: SampledCase(
            case_id=row.id,
            reference=row.reference,
            victim_name=name_of(row),
            manager_id=row.manager_id,
            duties=row.duties,
        )
        for row in rows
    }
    return [found[one] for one in chosen]


def facts(period: Period, as_at: datetime, *, viewer: Viewer | None = None) -> list[DutyFact]:
    """The duties of a period as they stood at a moment, from what was written down of them."""
    last = (
        sa.select(sa.func.max(DutyEvent.id))
        .where(DutyEvent.created_at <= as_at)
        .group_by(DutyEvent.duty_id)
    )
    query = (
        sa.select(Duty.id, Duty.right, Duty.rule, Duty.code, DutyEvent.due_on, DutyEvent.state)
        .join(DutyEvent, DutyEvent.duty_id == Duty.id)
        .where(DutyEvent.id.in_(last), DutyEvent.due_on.between(period.first, period.last))
    )
    if viewer is not None:
        within = sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
        query = query.where(Duty.case_id.in_(within))
    return [
        DutyFact(
            id=row.id,
            right=row.right,
            rule=row.rule,
            due_on=row.due_on,
            state=row.state,
            is_local_standard=row.code == STANDARD,
        )
        for row in db.session.execute(query.order_by(Duty.id))
    ]


def title_of(code: str, rule: str) -> str:
    """What a duty promised, in the words of its Code."""
    known = _rule(code, rule)
    return known.title if known else rule


@cache
def _rule(code: str, rule: str) -> Rule | None:
    tables = {one.name: one.rules for one in (*CODES.values(), *OTHER_CLOCKS)}
    return (tables | {STANDARD: LOCAL_STANDARDS}).get(code, {}).get(rule)


def _body(code: str, rule: str) -> str:
    known = _rule(code, rule)
    return " or ".join(one.label for one in known.who) if known else NO_LIMIT_NAMED


def _has_ground(group: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        Duty.enhanced.is_(True),
        sa.exists().where(
            CaseGround.case_id == CaseFile.id,
            CaseGround.ground.in_(GROUND_GROUPS[group]),
            CaseGround.holds.is_not(False),
        ),
    )


def _age(on: date) -> sa.ColumnElement[int]:
    """The number of the age band in which a person is on a day; -1 where it is not known."""
    bands = [(Victim.date_of_birth > born, number) for number, born in ages(on)]
    return sa.case((Victim.date_of_birth.is_(None), -1), *bands, else_=len(bands))


def _counted(row: Any, today: date) -> Counted:
    body = _body(row.code, row.rule)
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
        number=row.number,
        cuts={
            Cut.RULE: (body, f"{right}{title_of(row.code, row.rule)} ({row.rule})"),
            Cut.MONTH: ("", month),
            Cut.CATEGORY: kind_of(is_enhanced=row.enhanced, flags=flags),
            Cut.DISTRICT: ("", left_blank(row.district)),
            Cut.TEAM: ("", row.team or NO_TEAM),
            Cut.SEX: ("", left_blank(row.gender.strip().capitalize())),
            Cut.ETHNICITY: ("", ethnicity(row.ethnicity)),
            Cut.AGE: ("", age_band(row.age)),
        },
    )

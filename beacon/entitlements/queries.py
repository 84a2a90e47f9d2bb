"""Which promises wait to be kept, by when, and how many of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from beacon.core import lots, together
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.together import Asking, asking
from beacon.entitlements import rules
from beacon.entitlements.codes import CODES, LOCAL_STANDARDS, OTHER_CLOCKS, STANDARD, Code, Rule
from beacon.entitlements.models import Duty, PublishedFigures
from beacon.entitlements.terms import DutyState, FiguresKind

DAYS_IN_A_WEEK = 7


@dataclass(frozen=True)
class DueCounts:
    """How many open duties are late, due today, and due in the next seven days."""

    late: int = 0
    today: int = 0
    soon: int = 0


def rule_of(duty: Duty) -> Rule:
    """The row of the Code, or of our own standards, by which a duty was opened."""
    if duty.code == STANDARD:
        return LOCAL_STANDARDS[duty.rule]
    schemes: list[Code] = [*CODES.values(), *OTHER_CLOCKS]
    return next(scheme for scheme in schemes if scheme.name == duty.code).rules[duty.rule]


def expected_by(duty: Duty) -> date | None:
    """The latest lawful day, while nobody knows when Witness Care heard (domain.md RULE 1.12).

    None as well where that day lies beyond the calendar.
    """
    if duty.clock_started_at is not None or not duty.is_open:
        return None
    try:
        stages = rules.two_stage_expected(duty.rule, duty.event_at, enhanced=duty.enhanced)
    except CalendarEnds:
        return None
    return stages.second.due_on if stages else None


def earliest_due(case_id: int) -> date | None:
    """The first day by which this victim must be told something."""
    if lots.is_open():
        new = lots.hung_on(Duty, "case_id", case_id)
        return min((one.due_on for one in new if one.is_open and one.due_on), default=None)
    return db.session.scalar(
        sa.select(sa.func.min(Duty.due_on)).where(
            Duty.case_id == case_id, Duty.state == DutyState.OPEN
        )
    )


def open_duties(case_id: int) -> list[Duty]:
    """What a victim has still to be told, the most pressing first."""
    return list(
        db.session.scalars(
            sa.select(Duty)
            .where(Duty.case_id == case_id, Duty.state == DutyState.OPEN)
            .order_by(Duty.due_on.nulls_last(), Duty.id)
        )
    )


def duties_owed(case_id: int) -> list[Duty]:
    """The same with what only stands still: nobody has told it or said why not."""
    owed = (DutyState.OPEN, DutyState.PAUSED)
    return list(
        db.session.scalars(
            sa.select(Duty)
            .where(Duty.case_id == case_id, Duty.state.in_(owed))
            .order_by(Duty.due_on.nulls_last(), Duty.id)
        )
    )


@asking
def due_counts(today: date, *, within: sa.Select[int]) -> Asking[DueCounts]:
    """How many open duties of these cases are late, due today, and due in the next seven days."""
    last = today + timedelta(days=DAYS_IN_A_WEEK)
    counted = yield from together.one(
        sa.select(
            sa.func.count().filter(Duty.due_on < today),
            sa.func.count().filter(Duty.due_on == today),
            sa.func.count().filter(Duty.due_on.between(today, last)),
        ).where(Duty.state == DutyState.OPEN, Duty.due_on <= last, Duty.case_id.in_(within))
    )
    return DueCounts(*counted)


def published_figures(
    first_on: date, last_on: date, kind: FiguresKind = FiguresKind.COMPLIANCE
) -> PublishedFigures | None:
    """What was published of these days."""
    days = {"kind": kind, "first_on": first_on, "last_on": last_on}
    return db.session.scalars(sa.select(PublishedFigures).filter_by(**days)).first()


def all_published(kind: FiguresKind = FiguresKind.COMPLIANCE) -> list[PublishedFigures]:
    """Everything of a kind that was published, the newest first."""
    newest = (PublishedFigures.first_on.desc(), PublishedFigures.id.desc())
    query = sa.select(PublishedFigures).filter_by(kind=kind).order_by(*newest)
    return list(db.session.scalars(query))


def published_within(first_on: date, last_on: date) -> list[PublishedFigures]:
    """The figures of the Code that were published of quarters wholly within these days."""
    query = sa.select(PublishedFigures).where(
        PublishedFigures.kind == FiguresKind.COMPLIANCE,
        PublishedFigures.first_on >= first_on,
        PublishedFigures.last_on <= last_on,
    )
    return list(db.session.scalars(query.order_by(PublishedFigures.first_on)))


def published_over(first_on: date, last_on: date) -> PublishedFigures | None:
    """The outcomes that were published of days among these, the earliest; None where none were."""
    query = sa.select(PublishedFigures).where(
        PublishedFigures.kind == FiguresKind.OUTCOMES,
        PublishedFigures.first_on <= last_on,
        PublishedFigures.last_on >= first_on,
    )
    return db.session.scalars(query.order_by(PublishedFigures.first_on)).first()


def published_page(number: int) -> PublishedFigures:
    """A page of outcomes that was published, by its number; absent reads like any other record.

    Raises:
        NotFound: there is none of that number.
    """
    query = sa.select(PublishedFigures).filter_by(id=number, kind=FiguresKind.OUTCOMES)
    row = db.session.scalars(query).first()
    if row is None:
        raise NotFound
    return row

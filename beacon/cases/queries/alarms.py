"""Which last days are near, and of which no warning was given yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from beacon.cases import rules
from beacon.cases.models import (
    CaseFact,
    CaseFile,
    CaseOrder,
    CaseTask,
    CrimeMilestone,
    FactStepTaken,
)
from beacon.cases.rules import Alarm
from beacon.cases.terms import ALARMS, FactKind, TaskKind, about_order
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.entitlements.terms import Milestone

# A last day that is longer ago is no alarm any more: the scheduler was never down for so long.
PASSED = timedelta(days=28)
SENTENCED_WITHIN = 2 * PASSED  # 28 days to ask about it (R9_ULS), and as long after


@dataclass(frozen=True)
class AlarmDue:
    """One warning to give about one case."""

    case_id: int
    kind: TaskKind
    about: str
    last_on: date


def alarms_to_raise(today: date) -> list[AlarmDue]:
    """What is about to end and was not warned of; the days before come from the settings."""
    due = [
        *(one for row in _orders(today) if (one := _of_order(row, today)) is not None),
        *(one for row in _windows(today) if (one := _of_window(row, today)) is not None),
        *(one for row in _sentences(today) if (one := _of_sentence(row, today)) is not None),
    ]
    given = _given(today)
    return [one for one in due if (one.case_id, one.kind, one.about) not in given]


def _orders(today: date) -> Iterable[CaseOrder]:
    query = (
        sa.select(CaseOrder)
        .join(CaseFile, CaseFile.id == CaseOrder.case_id)
        .where(
            CaseOrder.replaced_at.is_(None),
            CaseOrder.ended_on.is_(None),
            CaseOrder.ends_on.between(today - PASSED, _horizon(today)),
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
        )
    )
    return db.session.scalars(query.order_by(CaseOrder.ends_on, CaseOrder.id)).all()


def _windows(today: date) -> Iterable[CaseFact]:
    """Facts with a last day, of which the step that uses the time was not taken."""
    used = [
        sa.and_(CaseFact.kind == kind, FactStepTaken.step == shape.closed_by)
        for kind, shape in rules.SHAPES.items()
        if shape.closed_by
    ]
    settled = sa.exists().where(
        FactStepTaken.fact_id == CaseFact.id, FactStepTaken.replaced_at.is_(None), sa.or_(*used)
    )
    query = (
        sa.select(CaseFact)
        .join(CaseFile, CaseFile.id == CaseFact.case_id)
        .where(
            CaseFact.withdrawn_at.is_(None),
            CaseFact.last_on.between(today - PASSED, _horizon(today)),
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
            ~settled,
        )
    )
    return db.session.scalars(query.order_by(CaseFact.last_on, CaseFact.id)).all()


def _sentences(today: date) -> Iterable[sa.Row[int, CrimeMilestone]]:
    """Sentences of late in live cases in which nobody has written down who asked about them."""
    known = sa.exists().where(
        CaseFact.case_id == CaseFile.id,
        CaseFact.kind == FactKind.LENIENT,
        CaseFact.withdrawn_at.is_(None),
    )
    query = (
        sa.select(CaseFile.id, CrimeMilestone)
        .join(CrimeMilestone, CrimeMilestone.crime_id == CaseFile.crime_id)
        .where(
            CrimeMilestone.kind == Milestone.SENTENCED,
            CrimeMilestone.withdrawn_at.is_(None),
            CrimeMilestone.happened_at >= clock.start_of_day(today - SENTENCED_WITHIN),
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
            ~known,
        )
    )
    return db.session.execute(query.order_by(CaseFile.id, CrimeMilestone.id)).all()


def _of_order(order: CaseOrder, today: date) -> AlarmDue | None:
    about = about_order(order.kind, order.id)
    return _due("order", order.case_id, about, order.ends_on, order.created_at, today)


def _of_window(fact: CaseFact, today: date) -> AlarmDue | None:
    about = f"window:{fact.kind.value}:{fact.id}:{fact.last_on}"
    return _due("window", fact.case_id, about, fact.last_on, fact.created_at, today)


def _of_sentence(row: sa.Row[int, CrimeMilestone], today: date) -> AlarmDue | None:
    case_id, sentence = row
    passed_on = clock.london_day(sentence.happened_at)
    window = rules.window_of(FactKind.LENIENT, passed_on, offence_on=None, born_on=None)
    about = f"window:{FactKind.LENIENT.value}:m{sentence.id}:{window.last_on}"
    return _due("window", case_id, about, window.last_on, sentence.created_at, today)


def _due(
    family: str, case_id: int, about: str, last_on: date | None, made_at: datetime, today: date
) -> AlarmDue | None:
    """The warning of that day; none of what was over before anybody wrote it down."""
    if last_on is None or last_on < clock.london_day(made_at):
        return None
    soon, near = _days()
    found = rules.alarm_for(last_on, today, soon_days=soon, near_days=near)
    if found is None:
        return None
    in_good_time, close = ALARMS[family]
    return AlarmDue(case_id, in_good_time if found is Alarm.SOON else close, about, last_on)


def _days() -> tuple[int, int]:
    return settings.count("orders.soon_days"), settings.count("orders.near_days")


def _horizon(today: date) -> date:
    return today + timedelta(days=max(_days()))


def _given(today: date) -> set[tuple[int, TaskKind, str]]:
    """The warnings that were given, whether or not somebody has dealt with them."""
    kinds = [kind for pair in ALARMS.values() for kind in pair]
    query = sa.select(CaseTask.case_id, CaseTask.kind, CaseTask.about).where(
        CaseTask.kind.in_(kinds), CaseTask.due_on.between(today - PASSED, _horizon(today))
    )
    return {(row.case_id, row.kind, row.about) for row in db.session.execute(query)}

"""What must be raised the same day and was not yet: asked often, raised once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.cases.models import CaseFile, CaseTask, Crime, FraudReport
from beacon.cases.terms import CrimeKind, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.fraud_hub.queries import standing as stands
from beacon.fraud_hub.queries.repeats import alerts_of
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState

SAME_DAY_ABOUT = "fraud:same-day"
LATELY = timedelta(days=56)  # the scheduler was never down for so long


@dataclass(frozen=True)
class Urgent:
    """One thing to raise about one case."""

    case_id: int
    kind: TaskKind
    about: str


def to_raise(viewer: Viewer, today: date) -> list[Urgent]:
    """The same-day calls and the alarms of recovery fraud that no desk shows yet."""
    return [*_same_day(viewer), *_recovery(viewer, today)]


def was_raised(urgent: Urgent) -> bool:
    """Whether it was put on the case before, dealt with or not."""
    there = sa.select(CaseTask.id).where(
        CaseTask.case_id == urgent.case_id,
        CaseTask.kind == urgent.kind,
        CaseTask.about == urgent.about,
    )
    return db.session.scalar(there) is not None


def _same_day(viewer: Viewer) -> list[Urgent]:
    there = sa.exists().where(
        CaseTask.case_id == CaseFile.id, CaseTask.kind == TaskKind.FRAUD_SAME_DAY
    )
    query = stands.joined(sa.select(CaseFile.id), viewer).where(
        CaseFile.closed_at.is_(None),
        CaseFile.erased_at.is_(None),
        stands.same_day(),
        ~stands.spoken(),
        stands.undecided(),
        ~there,
    )
    ids = db.session.scalars(query.order_by(CaseFile.id))
    return [Urgent(one, TaskKind.FRAUD_SAME_DAY, SAME_DAY_ABOUT) for one in ids]


def _recovery(viewer: Viewer, today: date) -> list[Urgent]:
    """New cases of people who were victims before; each is raised on both cases, once for both."""
    other = aliased(CaseFile)
    linked = sa.exists().where(
        PersonLink.state == LinkState.LINKED,
        sa.or_(
            PersonLink.victim_id == CaseFile.victim_id, PersonLink.other_id == CaseFile.victim_id
        ),
    )
    again = sa.exists().where(other.victim_id == CaseFile.victim_id, other.id != CaseFile.id)
    query = (
        sa.select(CaseFile.id)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .outerjoin(FraudReport, FraudReport.crime_id == Crime.id)
        .where(
            Crime.kind == CrimeKind.FRAUD,
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
            CaseFile.opened_at >= clock.start_of_day(today - LATELY),
            sa.or_(linked, again),
        )
        .order_by(CaseFile.id)
    )
    alerts = alerts_of(viewer, list(db.session.scalars(query)))
    numbers = _numbers({name for one in alerts.values() for name in one.preyed_on})
    wanted: list[Urgent] = []
    for case_id, one in sorted(alerts.items()):
        for earlier in one.preyed_on:
            old = numbers.get(earlier)
            wanted.append(_alarm(case_id, case_id))
            if old is not None:
                wanted.append(_alarm(old, case_id))
    given = _given({one.case_id for one in wanted})
    return [one for one in dict.fromkeys(wanted) if (one.case_id, one.about) not in given]


def _alarm(case_id: int, by: int) -> Urgent:
    return Urgent(case_id, TaskKind.FRAUD_RECOVERY, f"fraud:recovery:{by}")


def _numbers(references: set[str]) -> dict[str, int]:
    """The live cases of these references, by their numbers."""
    query = sa.select(CaseFile.reference, CaseFile.id).where(
        CaseFile.reference.in_(references), CaseFile.closed_at.is_(None)
    )
    return {row.reference: row.id for row in db.session.execute(query)}


def _given(case_ids: set[int]) -> set[tuple[int, str]]:
    query = sa.select(CaseTask.case_id, CaseTask.about).where(
        CaseTask.case_id.in_(case_ids), CaseTask.kind == TaskKind.FRAUD_RECOVERY
    )
    return {(row.case_id, row.about) for row in db.session.execute(query)}

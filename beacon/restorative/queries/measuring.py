"""What was offered, and how many views came before the decision: figures of a period.

Both count what was written down by a moment, so that a page that was published can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.cases.models import CaseFile, Crime
from beacon.core import clock
from beacon.core.db import db
from beacon.restorative.models import DisposalStep, DisposalView, RestorativeStep
from beacon.restorative.queries.blocks import blocks
from beacon.restorative.queries.offering import known
from beacon.restorative.terms import COMPLETED, SATISFIED, VIEWS, StepKind, ViewStep

Chosen = sa.ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Cases opened in a period whose offender is known: each number counts cases."""

    known_offender: int
    explained: int
    not_yet: int  # neither explained nor blocked
    blocked: int  # not explained, and blocked at that moment
    requested: int
    referred: int
    completed: int  # something restorative took place
    said: int  # who said how satisfied they are
    satisfied: int  # of those, satisfied or very satisfied


@dataclass(frozen=True, kw_only=True)
class Views:
    """Out-of-court disposals decided in a period."""

    decided: int
    asked_before: int
    view_before: int  # the view was here before the decision
    view_late: int  # it was written down after
    no_view: int  # decided, and no view is held


def offered(first: date, last: date, as_at: datetime | None = None) -> Offered:
    """Of the cases opened from ``first`` to ``last`` (London days), how far the offer came.

    A step counts where it was written down by ``as_at`` and not taken back by then. Erased cases
    are left out; a case of which somebody said that no offender is known after all as well.
    """
    moment = as_at or clock.now()
    dropped = _steps(moment, StepKind.NOT_KNOWN)
    told = _steps(moment, StepKind.EXPLAINED)
    cohort = (
        sa.select(CaseFile.id, told.label("explained"))
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(
            CaseFile.opened_at >= clock.start_of_day(first),
            CaseFile.opened_at < clock.end_of_day(last),
            CaseFile.created_at <= moment,
            CaseFile.erased_at.is_(None),
            known(moment),
            sa.or_(~dropped, told),
        )
    )
    of_cohort = cohort.subquery()
    ids = sa.select(of_cohort.c.id)
    not_explained = sa.select(of_cohort.c.id).where(of_cohort.c.explained.is_(False))
    stopped = {case_id for case_id, one in blocks(not_explained, moment).items() if one.is_blocked}
    newest = _newest_satisfaction(moment, ids)
    row = db.session.execute(
        sa.select(
            sa.select(sa.func.count()).select_from(of_cohort).scalar_subquery().label("known"),
            sa.select(sa.func.count())
            .select_from(of_cohort)
            .where(of_cohort.c.explained.is_(True))
            .scalar_subquery()
            .label("explained"),
            _cases(moment, ids, StepKind.REQUESTED).label("requested"),
            _cases(moment, ids, StepKind.REFERRED).label("referred"),
            _cases(moment, ids, StepKind.OUTCOME, RestorativeStep.outcome.in_(COMPLETED)).label(
                "completed"
            ),
            newest.label("said"),
            _newest_satisfaction(moment, ids, satisfied=True).label("satisfied"),
        )
    ).one()
    return Offered(
        known_offender=row.known,
        explained=row.explained,
        not_yet=row.known - row.explained - len(stopped),
        blocked=len(stopped),
        requested=row.requested,
        referred=row.referred,
        completed=row.completed,
        said=row.said,
        satisfied=row.satisfied,
    )


def views(first: date, last: date, as_at: datetime | None = None) -> Views:
    """Of the disposals decided from ``first`` to ``last``, whether the view came before."""
    moment = as_at or clock.now()
    decided = aliased(DisposalStep)
    at = sa.select(sa.func.max(decided.happened_at)).where(
        decided.disposal_id == DisposalView.id, *_counts(decided, moment, ViewStep.DECIDED)
    )
    view = aliased(DisposalStep)
    said = sa.select(sa.func.max(view.created_at)).where(
        view.disposal_id == DisposalView.id, *_counts(view, moment, *VIEWS)
    )
    asked = aliased(DisposalStep)
    first_asked = sa.select(sa.func.min(asked.happened_at)).where(
        asked.disposal_id == DisposalView.id,
        *_counts(asked, moment, ViewStep.ASKED, *VIEWS),
    )
    rows = (
        sa.select(
            at.scalar_subquery().label("decided"),
            said.scalar_subquery().label("said"),
            first_asked.scalar_subquery().label("asked"),
        )
        .select_from(DisposalView)
        .join(CaseFile, CaseFile.id == DisposalView.case_id)
        .where(CaseFile.erased_at.is_(None))
        .subquery()
    )
    inside = sa.and_(
        rows.c.decided >= clock.start_of_day(first), rows.c.decided < clock.end_of_day(last)
    )
    count = sa.func.count()
    found = db.session.execute(
        sa.select(
            count.label("decided"),
            count.filter(rows.c.asked <= rows.c.decided).label("asked_before"),
            count.filter(rows.c.said <= rows.c.decided).label("view_before"),
            count.filter(rows.c.said > rows.c.decided).label("view_late"),
            count.filter(rows.c.said.is_(None)).label("no_view"),
        ).where(inside)
    ).one()
    return Views(**found._mapping)


def _steps(moment: datetime, *kinds: StepKind) -> Chosen:
    """Whether the case of the select around it has a step of these kinds that counts."""
    step = aliased(RestorativeStep)
    return (
        sa.exists()
        .where(
            step.case_id == CaseFile.id,
            step.kind.in_(kinds),
            step.created_at <= moment,
            ~_taken_back(step, moment),
        )
        .correlate(CaseFile)
    )


def _taken_back(step: type[RestorativeStep], moment: datetime) -> Chosen:
    back = aliased(RestorativeStep)
    return (
        sa.exists().where(back.takes_back_id == step.id, back.created_at <= moment).correlate(step)
    )


def _cases(
    moment: datetime, ids: sa.Select[int], kind: StepKind, *more: Chosen
) -> sa.ScalarSelect[int]:
    step = RestorativeStep
    return (
        sa.select(sa.func.count(sa.distinct(step.case_id)))
        .where(
            step.case_id.in_(ids),
            step.kind == kind,
            step.created_at <= moment,
            ~_taken_back(step, moment),
            *more,
        )
        .scalar_subquery()
    )


def _newest_satisfaction(
    moment: datetime, ids: sa.Select[int], *, satisfied: bool = False
) -> sa.ScalarSelect[int]:
    """Cases by the newest answer of each: what was said before it does not count twice."""
    step = aliased(RestorativeStep)
    newest = (
        sa.select(sa.func.max(step.id).label("id"))
        .where(
            step.case_id.in_(ids),
            step.kind == StepKind.SATISFACTION,
            step.created_at <= moment,
            ~_taken_back(step, moment),
        )
        .group_by(step.case_id)
        .subquery()
    )
    said = (
        sa.select(sa.func.count())
        .select_from(RestorativeStep)
        .where(RestorativeStep.id.in_(sa.select(newest.c.id)))
    )
    if satisfied:
        said = said.where(RestorativeStep.satisfaction.in_(SATISFIED))
    return said.scalar_subquery()


def _counts(step: type[DisposalStep], moment: datetime, *kinds: ViewStep) -> tuple[Chosen, ...]:
    back = aliased(DisposalStep)
    gone = (
        sa.exists().where(back.takes_back_id == step.id, back.created_at <= moment).correlate(step)
    )
    return step.kind.in_(kinds), step.created_at <= moment, ~gone

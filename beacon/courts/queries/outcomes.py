"""Hearings that are over, or soon will be, with nothing written down of what came of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import Court, Hearing
from beacon.courts.terms import ON_THE_LIST

LOOK_BACK = timedelta(days=28)
ROWS_AT_MOST = 100
NOON = time(12)


def unrecorded(viewer: Viewer, today: date) -> list[tuple[date, int]]:
    """The days of the last four weeks whose outcomes are not all written down, newest first."""
    query = (
        sa.select(Hearing.held_on, sa.func.count())
        .where(
            Hearing.held_on < today,
            Hearing.held_on >= today - LOOK_BACK,
            *_no_outcome(viewer),
        )
        .group_by(Hearing.held_on)
        .order_by(Hearing.held_on.desc())
    )
    return [(day, number) for day, number in db.session.execute(query)]


def without_outcome(
    viewer: Viewer, day: date, *, court: str = "", but_also: Collection[int] = ()
) -> list[Hearing]:
    """The hearings of a day, and a court, of which nothing is written down: as the lists run.

    `but_also` are hearings that are listed whatever is written down of them.
    """
    open_still = sa.and_(*_no_outcome(viewer))
    query = (
        scope.visible(viewer, Hearing)
        .join(Hearing.court)
        .where(Hearing.held_on == day, sa.or_(open_still, Hearing.id.in_(but_also)))
        .options(joinedload(Hearing.defendant), joinedload(Hearing.court))
        .order_by(Court.name, Hearing.starts_at.nulls_last(), Hearing.room, Hearing.id)
        .limit(ROWS_AT_MOST)
    )
    if court:
        query = query.where(Court.code == court)
    return list(db.session.scalars(query))


def _no_outcome(viewer: Viewer) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Hearing.status.in_(ON_THE_LIST),
        Hearing.outcome.is_(None),
        scope.condition(viewer, Hearing),
    )


def hearings_by_id(viewer: Viewer, hearing_ids: Collection[int]) -> list[Hearing]:
    """These hearings, as far as the viewer may see them, as the lists run."""
    query = (
        scope.visible(viewer, Hearing)
        .join(Hearing.court)
        .where(Hearing.id.in_(hearing_ids))
        .options(joinedload(Hearing.defendant), joinedload(Hearing.court))
        .order_by(Court.name, Hearing.starts_at.nulls_last(), Hearing.room, Hearing.id)
    )
    return list(db.session.scalars(query))


def day_to_record(viewer: Viewer) -> date:
    """The day whose outcomes are written down next: today from noon, before that the last one."""
    today, now = clock.today(), clock.london(clock.now()).time()
    is_afternoon = now >= NOON
    query = sa.select(sa.func.max(Hearing.held_on)).where(
        Hearing.held_on <= today if is_afternoon else Hearing.held_on < today,
        *_no_outcome(viewer),
    )
    return db.session.scalar(query) or today

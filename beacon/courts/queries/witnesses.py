"""Figures of victims and witnesses at court: called, came, why not, and their measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a select of whatever columns

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.courts.models import (
    Court,
    CourtWitness,
    Hearing,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)
from beacon.courts.terms import ON_THE_LIST, Called, Came, MeasureStep, WhyNot


@dataclass(frozen=True, kw_only=True)
class CourtAttended:
    """Victims and witnesses called to the hearings of one court, or of all of them."""

    court: str
    called: int
    victims: int
    came: int
    did_not: int  # the outcome "victim or witness did not attend"
    not_needed: int
    not_known: int
    not_recorded: int
    supported: int  # called, and something was offered


@dataclass(frozen=True, kw_only=True)
class MeasuresCounted:
    """How far the special measures of those called had come."""

    measures: int
    asked: int
    applied: int
    granted: int
    refused: int
    varied: int
    in_place: int
    not_in_place: int
    told: int


@dataclass(frozen=True, kw_only=True)
class WitnessFigures:
    """One period of hearings, by the day on which each was listed."""

    all: CourtAttended
    courts: Sequence[CourtAttended]
    reasons: Sequence[tuple[WhyNot | None, int]]
    measures: MeasuresCounted


def witnesses_between(first: date, last: date, as_at: datetime | None = None) -> WitnessFigures:
    """Who was called to the hearings listed from ``first`` to ``last``, and whether they came.

    Only what was written down by ``as_at`` counts, the newest of it. Over all courts, by each
    court, by why they did not come, and how far their special measures had come.
    """
    moment = as_at or clock.now()
    called = _called(first, last, moment).subquery()
    count = sa.func.count()
    came = called.c.came
    columns = (
        count.label("called"),
        count.filter(called.c.called == Called.VICTIM).label("victims"),
        count.filter(came == Came.ATTENDED).label("came"),
        count.filter(came == Came.DID_NOT_ATTEND).label("did_not"),
        count.filter(came == Came.NOT_NEEDED).label("not_needed"),
        count.filter(came == Came.NOT_KNOWN).label("not_known"),
        count.filter(came.is_(None)).label("not_recorded"),
        count.filter(called.c.support != "").label("supported"),
    )
    by_court = db.session.execute(
        sa.select(called.c.court, *columns).group_by(called.c.court).order_by(called.c.court)
    )
    courts = [CourtAttended(**row._mapping) for row in by_court]
    reasons = db.session.execute(
        sa.select(called.c.why, count.label("number"))
        .where(came == Came.DID_NOT_ATTEND)
        .group_by(called.c.why)
        .order_by(count.desc(), called.c.why)
    )
    return WitnessFigures(
        all=_sum(courts),
        courts=courts,
        reasons=[(row.why, row.number) for row in reasons],
        measures=_measures(sa.select(called.c.id), moment),
    )


def _called(first: date, last: date, moment: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Each person called, with the newest that was written down of them by a moment."""
    newest = (
        sa.select(sa.func.max(WitnessCame.id))
        .where(WitnessCame.witness_id == CourtWitness.id, WitnessCame.created_at <= moment)
        .correlate(CourtWitness)
        .scalar_subquery()
    )
    return (
        sa.select(
            CourtWitness.id,
            CourtWitness.called,
            CourtWitness.support,
            Court.name.label("court"),
            WitnessCame.came,
            WitnessCame.why,
        )
        .join(Hearing, Hearing.id == CourtWitness.hearing_id)
        .join(Court, Court.id == Hearing.court_id)
        .join(CaseFile, CaseFile.id == CourtWitness.case_id)
        .outerjoin(WitnessCame, WitnessCame.id == newest)
        .where(
            Hearing.held_on.between(first, last),
            Hearing.status.in_(ON_THE_LIST),
            CourtWitness.created_at <= moment,
            CaseFile.erased_at.is_(None),
        )
    )


def _sum(courts: Sequence[CourtAttended]) -> CourtAttended:
    return CourtAttended(
        court="",
        called=sum(one.called for one in courts),
        victims=sum(one.victims for one in courts),
        came=sum(one.came for one in courts),
        did_not=sum(one.did_not for one in courts),
        not_needed=sum(one.not_needed for one in courts),
        not_known=sum(one.not_known for one in courts),
        not_recorded=sum(one.not_recorded for one in courts),
        supported=sum(one.supported for one in courts),
    )


def _measures(ids: sa.Select[int], moment: datetime) -> MeasuresCounted:
    step = aliased(SpecialMeasureStep)
    later = aliased(SpecialMeasureStep)
    decisions = (MeasureStep.GRANTED, MeasureStep.REFUSED, MeasureStep.VARIED)
    days = (MeasureStep.IN_PLACE, MeasureStep.NOT_IN_PLACE)

    def has(kind: MeasureStep, among: tuple[MeasureStep, ...] = ()) -> sa.ColumnElement[bool]:
        """Whether the step was taken; of several that exclude each other, whether it is newest."""
        query = sa.exists().where(
            step.measure_id == SpecialMeasure.id, step.step == kind, step.created_at <= moment
        )
        if among:
            query = query.where(
                ~sa.exists()
                .where(
                    later.measure_id == SpecialMeasure.id,
                    later.step.in_(among),
                    later.created_at <= moment,
                    later.id > step.id,
                )
                .correlate(SpecialMeasure, step)
            )
        return query.correlate(SpecialMeasure)

    count = sa.func.count()
    row = db.session.execute(
        sa.select(
            count.label("measures"),
            count.filter(has(MeasureStep.ASKED)).label("asked"),
            count.filter(has(MeasureStep.APPLIED)).label("applied"),
            *(count.filter(has(one, decisions)).label(one.value) for one in decisions),
            *(count.filter(has(one, days)).label(one.value) for one in days),
            count.filter(has(MeasureStep.TOLD)).label("told"),
        ).where(SpecialMeasure.witness_id.in_(ids), SpecialMeasure.created_at <= moment)
    ).one()
    return MeasuresCounted(**row._mapping)

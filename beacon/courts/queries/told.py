"""What defendants were last told of their hearings, and whether it is still true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core.db import db
from beacon.courts.models import Court, Defendant, Hearing, HearingText, HearingTold
from beacon.courts.terms import CORRECTION, KIND, ON_THE_LIST
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState

S = TextState
# Nothing of these reached anybody, or they have still to leave.
TOLD_NOBODY = frozenset({S.UNDELIVERED, S.FAILED, S.REJECTED, S.PLANNED, S.HELD})


@dataclass(frozen=True)
class WhereAndWhen:
    """Where and when somebody must come; without a day: the hearing is not going ahead."""

    held_on: date | None = None
    starts_at: time | None = None
    court_id: int | None = None


OFF = WhereAndWhen()


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """One reminder that left or may have left, with what its defendant was told last."""

    about_id: int
    on_day: date
    to_index: str
    hearing: Hearing  # the one whose day, time and court it named
    court: Court  # as it was told
    said: WhereAndWhen
    last: WhereAndWhen
    is_corrected: bool


def reminded_since(day: date) -> list[tuple[int, date]]:
    """The reminders about hearings on that day or later that left or may have left."""
    query = (
        sa.select(HearingTold.about_id, HearingTold.on_day)
        .join(OutboundText, _is_of(HearingTold))
        .where(HearingTold.kind == KIND, HearingTold.on_day >= day, _left())
        .order_by(HearingTold.on_day, HearingTold.about_id)
    )
    return [(row.about_id, row.on_day) for row in db.session.execute(query)]


def reminded(session: Session, about_id: int, on: date) -> Reminded | None:
    """What was told by the reminder about this hearing and day, if it told anybody anything."""
    rows = {
        row.HearingTold.kind: row
        for row in session.execute(
            sa.select(HearingTold, OutboundText.to_index)
            .join(OutboundText, _is_of(HearingTold))
            .where(HearingTold.about_id == about_id, HearingTold.on_day == on, _left())
            .execution_options(populate_existing=True)
        )
    }
    first = rows.get(KIND)
    if first is None or first.HearingTold.court_id is None:
        return None
    told = first.HearingTold
    last = rows.get(CORRECTION, first).HearingTold
    return Reminded(
        about_id=about_id,
        on_day=on,
        to_index=first.to_index,
        hearing=session.get_one(Hearing, told.hearing_id, populate_existing=True),
        court=session.get_one(Court, told.court_id),
        said=_as_told(told),
        last=_as_told(last),
        is_corrected=CORRECTION in rows,
    )


def true_now(session: Session, told: Reminded) -> Hearing | None:
    """The hearing to which the person must come instead, or as they were told; none: it is off.

    A text speaks for several hearings of a person, so the first of those that stay where they were
    told counts; else the one that was named, wherever it went.
    """
    linked = sa.select(HearingText.hearing_id).where(
        HearingText.about_id == told.about_id, HearingText.held_on == told.on_day
    )
    spoken = session.scalars(
        sa.select(Hearing)
        .where(sa.or_(Hearing.id.in_(linked), Hearing.id.in_([told.about_id, told.hearing.id])))
        .order_by(Hearing.id)
        .execution_options(populate_existing=True)
    ).all()
    place = (told.said.held_on, told.said.court_id)
    stay = [one for one in spoken if _is_on(one) and (one.held_on, one.court_id) == place]
    if stay:
        return min(stay, key=lambda one: (one.starts_at is None, one.starts_at))
    return told.hearing if _is_on(told.hearing) else None


def _is_on(hearing: Hearing) -> bool:
    """Whether it is on the list: one that was called early and is over was not taken off it."""
    return hearing.status in ON_THE_LIST


def where_and_when(hearing: Hearing | None) -> WhereAndWhen:
    """Where and when the person must come, as it is true now."""
    return (
        OFF
        if hearing is None
        else WhereAndWhen(hearing.held_on, hearing.starts_at, hearing.court_id)
    )


def has_another(session: Session, told: Reminded) -> bool:
    """Whether the same person must come to some court that day all the same."""
    person = told.hearing.defendant
    same = sa.and_(
        Defendant.name_key == person.name_key,
        Defendant.date_of_birth.is_not_distinct_from(person.date_of_birth),
    )
    if person.mobile_index:
        same = sa.or_(same, Defendant.mobile_index == person.mobile_index)
    others: Sequence[Hearing] = session.scalars(
        sa.select(Hearing).join(Defendant).where(Hearing.held_on == told.on_day, same)
    ).all()
    return any(one.is_live for one in others)


def reminders_of(hearing_id: int) -> list[tuple[int, date]]:
    """The reminders in which this hearing was named, the latest day first."""
    query = (
        sa.select(HearingTold.about_id, HearingTold.on_day)
        .where(HearingTold.kind == KIND, HearingTold.hearing_id == hearing_id)
        .order_by(HearingTold.on_day.desc(), HearingTold.about_id)
    )
    return [(row.about_id, row.on_day) for row in db.session.execute(query)]


def _as_told(told: HearingTold) -> WhereAndWhen:
    return WhereAndWhen(told.held_on, told.starts_at, told.court_id)


def _is_of(told: type[HearingTold]) -> sa.ColumnElement[bool]:
    return sa.and_(
        OutboundText.kind == told.kind,
        OutboundText.about_id == told.about_id,
        OutboundText.on_day == told.on_day,
    )


def _left() -> sa.ColumnElement[bool]:
    return sa.and_(OutboundText.may_have_left, OutboundText.state.not_in(TOLD_NOBODY))

"""Reminders that are no longer true, and what became of their corrections, for a court officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import Court, Hearing
from beacon.courts.queries.reminders import texts_for
from beacon.courts.queries.told import (
    OFF,
    Reminded,
    WhereAndWhen,
    reminded,
    reminded_since,
    reminders_of,
    true_now,
    where_and_when,
)
from beacon.courts.rules import spoken_day, spoken_time
from beacon.courts.terms import CORRECTION, NotTexted
from beacon.notify.models import OutboundText
from beacon.notify.register import reason_in_words
from beacon.notify.terms import TextState

REASONS = frozenset(reason.value for reason in NotTexted)
NEVER = frozenset({TextState.SUPPRESSED, TextState.CANCELLED, TextState.EXPIRED})


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One reminder that is no longer true, or was not and is corrected."""

    hearing_id: int
    defendant: str
    told: str
    now: str
    words: str  # the state of the correction
    tone: str
    code: str
    reason: str
    advice: str
    call: bool
    text_id: int | None


def changes_since(viewer: Viewer, day: date) -> list[ChangeRow]:
    """What defendants were told of that day or later that has changed, those to be rung first."""
    found = _rows(viewer, reminded_since(day))
    return sorted(found, key=lambda row: (not row.call, row.told, row.hearing_id))


def changes_of(viewer: Viewer, hearing_id: int) -> list[ChangeRow]:
    """What was told of one hearing that has changed, the latest day first."""
    return _rows(viewer, reminders_of(hearing_id))


def _rows(viewer: Viewer, keys: Iterable[tuple[int, date]]) -> list[ChangeRow]:
    rows = []
    for about_id, on in keys:
        told = reminded(db.session(), about_id, on)
        if told is not None and _may_see(viewer, told):
            rows.append(_row(told, texts_for([about_id], on, kind=CORRECTION).get(about_id)))
    return [row for row in rows if row is not None]


def _may_see(viewer: Viewer, told: Reminded) -> bool:
    seen = scope.visible(viewer, Hearing).where(Hearing.id == told.hearing.id)
    return db.session.scalar(sa.select(seen.exists())) is True


def _row(told: Reminded, text: OutboundText | None) -> ChangeRow | None:
    now = where_and_when(true_now(db.session(), told))
    if now == told.last and not told.is_corrected:
        return None
    code, words, tone = _state(told, text, is_true=now == told.last)
    known = NotTexted(code) if code in REASONS else None
    return ChangeRow(
        hearing_id=told.hearing.id,
        defendant=told.hearing.defendant.full_name,
        told=_in_words(told.said),
        now=_in_words(now),
        words=words,
        tone=tone,
        code=code,
        reason=reason_in_words(CORRECTION, code) if code else "",
        advice=known.advice if known else "",
        call=known.call_instead if known else text is not None and text.state is TextState.EXPIRED,
        text_id=text.id if text else None,
    )


def _state(told: Reminded, text: OutboundText | None, *, is_true: bool) -> tuple[str, str, str]:
    """Why there is no correction, if there is none; else how far it has got."""
    if told.is_corrected and not is_true:
        return NotTexted.CORRECTED_ONCE.value, "Corrected once", "red"
    if text is None:
        return "", "To be corrected", "blue"
    return text.reason if text.state in NEVER else "", text.state.label, text.state.tone


def _in_words(where: WhereAndWhen) -> str:
    if where == OFF or where.held_on is None:
        return "Not going ahead"
    court = db.session.get(Court, where.court_id) if where.court_id else None
    at = f" at {spoken_time(where.starts_at)}" if where.starts_at else ", time not known"
    return f"{spoken_day(where.held_on)}{at}, {court.name if court else 'court not known'}"

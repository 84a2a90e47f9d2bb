"""Where each hearing of a day stands: texted, to be texted, waiting, to be rung, not eligible.

What has left, or waits to, is counted in the database. What was held back, or did not arrive, is
read and judged once more by the rules that hold now, so that nobody is rung whom we protect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any  # the columns of a select

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import Court, Defendant, Hearing, HearingText, HearingType
from beacon.courts.queries.courts import hearing_types
from beacon.courts.queries.reminders import barred_elsewhere, facts_of, verified_for
from beacon.courts.rules import SURE, eligible, of_reason, standing_of, stops_a_call
from beacon.courts.terms import KIND, ON_THE_LIST, NotTexted, Standing
from beacon.notify.models import OutboundText, SuppressedNumber
from beacon.notify.register import reason_in_words
from beacon.notify.terms import NumberFlag, TextState
from beacon.numbers.queries import is_held

OUR_REASONS = frozenset(reason.value for reason in NotTexted)
# What a text that missed its person is called, where no reason was written on it.
MISSED_WORDS = {
    TextState.UNDELIVERED: "The text was not delivered",
    TextState.FAILED: "The text failed",
    TextState.REJECTED: "The provider refused the text",
    TextState.EXPIRED: "The text could not leave in time",
}


@dataclass(frozen=True, kw_only=True)
class Stands:
    """One hearing and where it stands, with why nobody is texted where nobody is."""

    hearing: Hearing
    standing: Standing
    reason: str = ""
    advice: str = ""
    text_id: int | None = None
    state: TextState | None = None
    flag: NumberFlag | None = None  # what is known of the number itself


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """The listed hearings of one day, counted by where they stand: the parts make the whole."""

    day: date
    by_standing: Mapping[Standing, int]
    reasons: Mapping[tuple[Standing, str], int] = field(default_factory=dict)

    @property
    def hearings(self) -> int:
        """How many hearings are listed."""
        return sum(self.by_standing.values())

    def of(self, standing: Standing) -> int:
        """How many stand there."""
        return self.by_standing.get(standing, 0)

    @property
    def parts(self) -> list[tuple[Standing, int]]:
        """Each standing with its count; what waits or is still to leave only where there is any."""
        always = {Standing.TEXTED, Standing.CALL_LIST, Standing.NOT_ELIGIBLE}
        return [(one, self.of(one)) for one in Standing if self.of(one) or one in always]

    @property
    def in_words(self) -> str:
        """33 texted, 5 on the call list, 3 not eligible."""
        return ", ".join(f"{number} {one.counted}" for one, number in self.parts)

    @property
    def why_not(self) -> list[tuple[str, int]]:
        """Why some are neither texted nor to be, the most frequent first."""
        counted = Counter[str]()
        for (_, words), number in self.reasons.items():
            counted[words] += number
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def day_figures(viewer: Viewer, day: date) -> DayFigures:
    """Count the listed hearings of a day that the viewer may see, by where they stand."""
    counted, reasons = Counter[Standing](), Counter[tuple[Standing, str]]()
    sure = _listed(viewer, day, OutboundText.state, sa.func.count()).where(_is_sure())
    for state, number in db.session.execute(sure.group_by(OutboundText.state)):
        standing = standing_of(state, "")
        assert standing is not None
        counted[standing] += number
    for one in _judged(viewer, day, sa.not_(_is_sure())):
        counted[one.standing] += 1
        if one.reason:
            reasons[one.standing, one.reason] += 1
    return DayFigures(day=day, by_standing=counted, reasons=reasons)


def standing_at(viewer: Viewer, day: date, standing: Standing) -> list[Stands]:
    """The hearings of a day that stand there, by time and court: exactly those that are counted."""
    where = sa.true() if standing is Standing.TO_BE_TEXTED else _is_sure()
    if standing in {Standing.CALL_LIST, Standing.NOT_ELIGIBLE}:
        where = sa.not_(_is_sure())
    found = _judged(viewer, day, where)
    return sorted((one for one in found if one.standing is standing), key=_in_order)


def standing_now(viewer: Viewer, hearing_id: int, day: date) -> Stands | None:
    """Where one hearing stands; None where it is not listed, or not for the viewer."""
    return next(iter(_judged(viewer, day, Hearing.id == hearing_id)), None)


def _in_order(one: Stands) -> tuple[object, ...]:
    hearing = one.hearing
    at = hearing.starts_at or time.max
    return (at, hearing.court.name, hearing.id)


def _is_sure() -> sa.ColumnElement[bool]:
    return sa.func.coalesce(OutboundText.state.in_(SURE), sa.false())


def _listed(viewer: Viewer, day: date, *columns: Any) -> sa.Select[Any]:
    """The listed hearings of a day, each with the text that speaks for it."""
    about = sa.func.coalesce(HearingText.about_id, Hearing.id)
    linked = sa.and_(HearingText.hearing_id == Hearing.id, HearingText.held_on == Hearing.held_on)
    spoken = sa.and_(
        OutboundText.kind == KIND,
        OutboundText.about_id == about,
        OutboundText.on_day == Hearing.held_on,
    )
    return (
        sa.select(*columns)
        .select_from(Hearing)
        .outerjoin(HearingText, linked)
        .outerjoin(OutboundText, spoken)
        .where(
            Hearing.held_on == day,
            Hearing.status.in_(ON_THE_LIST),
            scope.condition(viewer, Hearing),
        )
    )


def _judged(viewer: Viewer, day: date, which: sa.ColumnElement[bool]) -> list[Stands]:
    # The last of the alphabet forbids the most: a wrong person, opted out, a bad number.
    flag = (
        sa.select(sa.func.max(SuppressedNumber.flag))
        .where(
            SuppressedNumber.phone_index == Defendant.mobile_index,
            SuppressedNumber.lifted_at.is_(None),
        )
        .scalar_subquery()
    )
    query = (
        _listed(viewer, day, Hearing, OutboundText, is_held(Defendant.mobile_index), flag)
        .join(Defendant, Defendant.id == Hearing.defendant_id)
        .join(Court, Court.id == Hearing.court_id)
        .where(which)
        .options(contains_eager(Hearing.defendant), contains_eager(Hearing.court))
        .order_by(Hearing.starts_at.nulls_last(), Hearing.id)
    )
    rows = db.session.execute(query).all()
    at = clock.now()
    elsewhere = barred_elsewhere([row[0] for row in rows], clock.london_day(at)) if rows else {}
    judge = Judge(hearing_types(), at, verified_for(), elsewhere)
    return [judge.stands(*row) for row in rows]


@dataclass(frozen=True)
class Judge:
    """What the rules say at one moment of hearings that the outbox has not settled."""

    types: Mapping[str, HearingType]
    at: datetime
    verified_for: int
    elsewhere: Mapping[tuple[str, date | None], NotTexted]  # by name and day of birth

    def stands(
        self, hearing: Hearing, text: OutboundText | None, held: bool, flag: str | None
    ) -> Stands:
        """Where the hearing stands, by its text and by what is true now."""
        state, reason = (text.state, text.reason) if text else (None, "")
        standing = standing_of(state, reason)
        person, facts = hearing.defendant, facts_of(hearing, self.types)
        now = eligible(facts, at=self.at, verified_for=self.verified_for)
        now = now or self.elsewhere.get((person.name_key, person.date_of_birth))
        marked = NumberFlag(flag) if flag else None
        if standing is None or self._may_change(hearing, state, reason):
            standing, words, advice = self._to_come(now, marked, held=held)
        elif standing is Standing.CALL_LIST:
            why = _said(state, reason)
            standing, words, advice = self._to_ring(now, marked, why, held=held)
        else:
            known = standing is Standing.NOT_ELIGIBLE
            words, advice = _said(state, reason) if known else ("", "")
        return Stands(
            hearing=hearing,
            standing=standing,
            reason=words,
            advice=advice,
            text_id=text.id if text else None,
            state=state,
            flag=marked,
        )

    def _may_change(self, hearing: Hearing, state: TextState | None, reason: str) -> bool:
        """Held back by our own rules for a later day: what is true then decides."""
        ours = state is TextState.SUPPRESSED and reason in OUR_REASONS
        return ours and hearing.held_on > clock.london_day(self.at)

    def _to_come(
        self, now: NotTexted | None, flag: NumberFlag | None, *, held: bool
    ) -> tuple[Standing, str, str]:
        if held and (now is None or now.call_instead):
            now = NotTexted.VICTIM_NUMBER
        if now is not None:
            return of_reason(now.value), now.label, now.advice
        if flag is not None:
            return of_reason(flag.value), flag.label, ""
        return Standing.TO_BE_TEXTED, "", ""

    def _to_ring(
        self, now: NotTexted | None, flag: NumberFlag | None, why: tuple[str, str], *, held: bool
    ) -> tuple[Standing, str, str]:
        """On the call list, unless somebody we protect has the number or the facts forbid it."""
        if held:
            now = NotTexted.VICTIM_NUMBER
        if now is not None and stops_a_call(now):
            return Standing.NOT_ELIGIBLE, now.label, now.advice
        if flag is NumberFlag.OPTED_OUT:
            return Standing.NOT_ELIGIBLE, flag.label, ""
        return Standing.CALL_LIST, *why


def _said(state: TextState | None, reason: str) -> tuple[str, str]:
    """Why nobody was texted, and what to do about it."""
    if state in MISSED_WORDS:
        return MISSED_WORDS[state], "Ring, and ask for another mobile number."
    advice = NotTexted(reason).advice if reason in OUR_REASONS else ""
    return reason_in_words(KIND, reason), advice

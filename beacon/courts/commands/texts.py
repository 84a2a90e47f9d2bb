"""Court reminders: planned, held back with a reason, and asked about again before they leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.courts.commands.guard import check_number
from beacon.courts.commands.told import write_told
from beacon.courts.models import Hearing, HearingText
from beacon.courts.queries.courts import hearing_types
from beacon.courts.queries.reminders import (
    SPEAKS_FOR_NOBODY,
    barred_elsewhere,
    facts_of,
    hearings_for_text,
    number_held,
    person_of,
    reminder_times,
    spoken_for,
    texts_for,
    verified_for,
)
from beacon.courts.queries.told import where_and_when
from beacon.courts.queries.wording import reminder
from beacon.courts.rules import Window, days_ahead, eligible, useful_before, window
from beacon.courts.terms import KIND, NotTexted
from beacon.notify import outbox
from beacon.notify.messages import Defendant as ForDefendant
from beacon.notify.messages import Recipient
from beacon.notify.register import About, Recheck, register_recheck
from beacon.numbers.queries import held_among
from beacon.numbers.terms import Held


def plan_texts(day: date, *, actor: Actor) -> int:
    """Plan a text to each defendant with a hearing that day, or write down why there is none.

    Asks often, acts once: one text for one person, court and day (contract 3.4, domain.md 5.4).
    The number of texts that were put in the outbox.
    """
    at = clock.now()
    groups: dict[object, list[int]] = defaultdict(list)
    refused: list[tuple[int, NotTexted]] = []
    for hearing, reason in _judged(hearings_for_text(day), at):
        if reason is None:
            groups[person_of(hearing)].append(hearing.id)
        else:
            refused.append((hearing.id, _guarded(hearing, reason)))
    _hold_back(refused, day, at, actor)
    return sum(_remind(ids, at, actor) for ids in groups.values())


def days_to_plan(at: datetime) -> list[date]:
    """About which days texts are planned at this moment: today, and on to the next working day.

    Today's from the morning, for what was listed too late; tomorrow's until the evening is over.
    """
    times, now, today = reminder_times(), clock.london(at).time(), clock.london_day(at)
    opens = {today: times.morning_from}
    closes = {today: times.window_to, today + timedelta(days=1): times.window_to}
    return [
        day
        for day in (today, *days_ahead(today))
        if opens.get(day, time.min) <= now and (day not in closes or now < closes[day])
    ]


def _guarded(hearing: Hearing, reason: NotTexted) -> NotTexted:
    """The reason, unless it sends somebody to ring a number of those we protect (RULE 5.3)."""
    is_danger = reason.call_instead and number_held(hearing.defendant) is not Held.NONE
    return NotTexted.VICTIM_NUMBER if is_danger else reason


def _judged(hearings: Iterable[Hearing], at: datetime) -> list[tuple[Hearing, NotTexted | None]]:
    types, days, hearings = hearing_types(), verified_for(), list(hearings)
    elsewhere = barred_elsewhere(hearings, clock.london_day(at))
    return [
        (
            hearing,
            eligible(facts_of(hearing, types), at=at, verified_for=days)
            or elsewhere.get((hearing.defendant.name_key, hearing.defendant.date_of_birth)),
        )
        for hearing in hearings
    ]


def _hold_back(
    refused: Sequence[tuple[int, NotTexted]], day: date, at: datetime, actor: Actor
) -> None:
    """Write each reason once. On the day itself what was decided the evening before stands."""
    known = texts_for([hearing_id for hearing_id, _ in refused], day)
    is_today = day == clock.london_day(at)
    for hearing_id, reason in refused:
        row = known.get(hearing_id)
        if row is None or not (is_today or row.reason == reason.value):
            outbox.suppress(kind=KIND, about_id=hearing_id, on=day, reason=reason, actor=actor)


def _remind(hearing_ids: Sequence[int], at: datetime, actor: Actor) -> int:
    """Plan one text for one person's hearings at one court on one day."""
    with transaction() as session:
        hearings = _held(session, hearing_ids)
        hearings = [hearing for hearing, reason in _judged(hearings, at) if reason is None]
        if not hearings:
            return 0
        first = hearings[0]
        assert first.starts_at is not None
        opening = window(first.held_on, first.starts_at, reminder_times(), at=at)
        lead, speaks = _lead(hearings)
        if speaks:
            _speak_for(session, hearings, lead)
            return _take_back(lead, first, actor)
        if opening is None:
            return _refuse(hearings, NotTexted.PAST, actor)
        if check_number(first.defendant, actor=actor) is not Held.NONE:
            return _refuse(hearings, NotTexted.VICTIM_NUMBER, actor)
        _speak_for(session, hearings, lead)
        return int(_plan(lead, first, opening, actor))


def _held(session: Session, hearing_ids: Sequence[int]) -> list[Hearing]:
    """The hearings as they are now, held so that two planners cannot choose at the same moment."""
    held = session.scalars(
        sa.select(Hearing)
        .where(Hearing.id.in_(hearing_ids))
        .order_by(Hearing.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return sorted(held, key=lambda hearing: (hearing.starts_at is None, hearing.starts_at))


def _lead(hearings: Sequence[Hearing]) -> tuple[int, bool]:
    """The hearing whose text speaks for them all, and whether that text is there already."""
    day = hearings[0].held_on
    ids = [hearing.id for hearing in hearings]
    linked = spoken_for(ids, day)
    texts = texts_for({*ids, *linked.values()}, day)
    for hearing_id in ids:
        about = linked.get(hearing_id, hearing_id)
        row = texts.get(about)
        if row is not None and row.state not in SPEAKS_FOR_NOBODY:
            return about, True
    return ids[0], False


def _refuse(hearings: Sequence[Hearing], reason: NotTexted, actor: Actor) -> int:
    """Write down for each hearing why there is no text; none was planned."""
    for hearing in hearings:
        outbox.suppress(
            kind=KIND, about_id=hearing.id, on=hearing.held_on, reason=reason, actor=actor
        )
    return 0


def _take_back(about_id: int, first: Hearing, actor: Actor) -> int:
    """Stop a text that still waits, where its number is now one that we protect; none is planned.

    Asked only while it waits: what has left is not undone.
    """
    text = texts_for([about_id], first.held_on).get(about_id)
    if text is None or not text.is_waiting:
        return 0
    if check_number(first.defendant, actor=actor) is not Held.NONE:
        reason = NotTexted.VICTIM_NUMBER
        outbox.suppress(kind=KIND, about_id=about_id, on=first.held_on, reason=reason, actor=actor)
    return 0


def _speak_for(session: Session, hearings: Sequence[Hearing], about_id: int) -> None:
    """Write down which text speaks for each of the hearings, where there are several.

    For one that speaks for itself, nothing, unless another text spoke for it before.
    """
    table: sa.Table = HearingText.__table__  # type: ignore[assignment]
    by_itself = len(hearings) == 1 and hearings[0].id == about_id
    for hearing in hearings:
        key = {"hearing_id": hearing.id, "held_on": hearing.held_on}
        is_new = not by_itself and insert_once(
            session, table, **key, about_id=about_id, created_at=clock.now()
        )
        if not is_new:
            session.execute(sa.update(HearingText).filter_by(**key).values(about_id=about_id))


def _plan(about_id: int, first: Hearing, opening: Window, actor: Actor) -> bool:
    try:
        text = outbox.plan(
            kind=KIND,
            about_id=about_id,
            on=first.held_on,
            recipient=Recipient(ForDefendant, Phone.parse(first.defendant.mobile)),
            body=reminder(first, sent_on=opening.leaves_on),
            send_after=opening.opens,
            expires_at=opening.closes,
            actor=actor,
        )
    except RuleBroken:  # of this one text: the others are still planned
        return bool(_refuse([first], NotTexted.WORDS, actor))
    return text is not None and text.is_waiting


def recheck(session: Session, asked: Sequence[About]) -> dict[About, Recheck]:
    """Ask again, inside the claim: is it still listed for that day, and may they be texted?

    domain.md RULE 5.3 and 5.4. What is true now is what leaves.
    """
    at = clock.now()
    spoken = _spoken_by(session, asked)
    reasons = dict(_judged({one for some in spoken.values() for one in some}, at))
    good = {
        about: min(fit, key=lambda hearing: (hearing.starts_at is None, hearing.starts_at))
        for about, hearings in spoken.items()
        if (fit := [hearing for hearing in hearings if reasons[hearing] is None])
    }
    protected = _protected(good)
    names = {about: first for about, first in good.items() if about not in protected}
    told = {about: (first.id, where_and_when(first)) for about, first in names.items()}
    write_told(session, KIND, told)
    answers = {about: _still_said(first, at) for about, first in names.items()}
    answers |= {about: Recheck.suppress(NotTexted.VICTIM_NUMBER) for about in protected}
    for about in asked:
        if about not in spoken:
            answers[about] = Recheck.cancel(NotTexted.NOT_LISTED)
        elif about not in good:
            answers[about] = Recheck.suppress(reasons[spoken[about][0]] or NotTexted.NOT_LISTED)
    return answers


def _still_said(first: Hearing, at: datetime) -> Recheck:
    assert first.starts_at is not None
    until = useful_before(first.held_on, first.starts_at)
    if until is not None and until <= at:  # brought forward since it was planned
        return Recheck.suppress(NotTexted.TOO_LATE)
    body = reminder(first, sent_on=clock.london_day(at))
    return Recheck.send(body, Phone.parse(first.defendant.mobile), until=until)


def _protected(good: Mapping[About, Hearing]) -> set[About]:
    """Those whose number somebody has whom we protect; the rest of the guard acts on each."""
    held = held_among({hearing.defendant.mobile for hearing in good.values()})
    return {
        about
        for about, hearing in good.items()
        if hearing.defendant.mobile in held
        and check_number(hearing.defendant, actor=machine("send-texts")) is not Held.NONE
    }


def _spoken_by(session: Session, asked: Sequence[About]) -> dict[About, list[Hearing]]:
    """The hearing of each text, and others of the same person that it speaks for.

    None of a text whose hearing is no longer on its day.
    """
    whole = (joinedload(Hearing.defendant), joinedload(Hearing.court))
    ids = {about.id for about in asked}
    about_whom = session.scalars(sa.select(Hearing).where(Hearing.id.in_(ids)).options(*whole))
    hearings = {hearing.id: hearing for hearing in about_whom}
    linked = defaultdict[About, list[Hearing]](list)
    for hearing, about_id in session.execute(
        sa.select(Hearing, HearingText.about_id)
        .join(HearingText, HearingText.hearing_id == Hearing.id)
        .where(
            HearingText.about_id.in_(ids),
            HearingText.held_on == Hearing.held_on,
            HearingText.about_id != Hearing.id,
        )
        .options(*whole)
        .order_by(Hearing.id)
    ):
        linked[About(about_id, hearing.held_on)].append(hearing)
    found = {}
    for about in asked:
        own = hearings.get(about.id)
        if own is not None and own.held_on == about.on:
            same = [one for one in linked[about] if person_of(one) == person_of(own)]
            found[about] = [own, *same]
    return found


register_recheck(KIND, recheck, reasons=NotTexted, window=("texts.morning_from", "texts.window_to"))

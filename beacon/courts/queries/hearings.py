"""Hearings as pages show them: a day's list, one hearing, the hearings of one crime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.phone import normal
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.courts.models import Court, Defendant, Hearing, HearingType, HearingVersion
from beacon.courts.queries.changes import ChangeRow, changes_of
from beacon.courts.queries.courts import hearing_types
from beacon.courts.queries.reminders import (
    SPEAKS_FOR_NOBODY,
    facts_of,
    spoken_for,
    texts_for,
    verified_for,
)
from beacon.courts.rules import eligible
from beacon.courts.terms import KIND, HearingStatus, NotTexted, advice_on, is_to_be_rung
from beacon.notify.models import OutboundText, TextEvent
from beacon.notify.queries import events
from beacon.notify.received import flagged_among
from beacon.notify.register import reason_in_words
from beacon.notify.rules import said_of
from beacon.notify.terms import TextState
from beacon.numbers.queries import held_among

REASONS = frozenset(reason.value for reason in NotTexted)
NOT_TEXTED = SPEAKS_FOR_NOBODY | {TextState.EXPIRED, TextState.REJECTED}


@dataclass(frozen=True, kw_only=True)
class TextShown:
    """What became of the text about a hearing, or why there is none."""

    words: str
    tone: str
    code: str = ""  # the reason as files name it
    reason: str = ""
    advice: str = ""
    text_id: int | None = None
    call: bool = False  # they must come and cannot be texted: a person should ring
    shared: bool = False  # the text was about another hearing of the same person that day

    @property
    def is_texted(self) -> bool:
        """Whether a text is planned or has gone."""
        return not self.reason


@dataclass(frozen=True, kw_only=True)
class HearingRow:
    """One hearing in a list. The number is masked, and empty for those who may not know it."""

    id: int
    defendant: str
    urn: str
    court: str
    held_on: date
    starts_at: time | None
    room: str
    type_code: str
    type_name: str
    status: HearingStatus
    outcome: str
    remand: str
    mobile: str
    is_live: bool
    text: TextShown


@dataclass(frozen=True, kw_only=True)
class DayList:
    """The hearings of one day, and how many of them are texted."""

    day: date
    rows: Sequence[HearingRow]

    @property
    def texted(self) -> int:
        """How many defendants a text was planned for, or has reached."""
        return sum(row.text.is_texted for row in self.rows)

    @property
    def to_call(self) -> int:
        """How many cannot be texted and should be rung."""
        return sum(row.text.call for row in self.rows)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why the others get none, the most frequent first."""
        counted = Counter(row.text.reason for row in self.rows if row.text.reason)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, kw_only=True)
class HearingPage:
    """One hearing with its history."""

    hearing: Hearing
    kind: HearingType | None
    mobile: str  # masked
    listed_mobile: str  # what a list says instead of what a person gave, masked
    text: TextShown
    versions: Sequence[HearingVersion]
    text_events: Sequence[TextEvent]
    changes: Sequence[ChangeRow]  # what they were told that is, or was, no longer true


def hearings_on(viewer: Viewer, day: date, *, court: str = "") -> DayList:
    """Every hearing of a day that the viewer may see, each with its text or why there is none."""
    query = scope.visible(viewer, Hearing).join(Hearing.court).where(Hearing.held_on == day)
    if court:
        query = query.where(Court.code == court)
    hearings = db.session.scalars(
        query.options(joinedload(Hearing.defendant), joinedload(Hearing.court)).order_by(
            Court.name, Hearing.starts_at.nulls_last(), Hearing.room, Hearing.id
        )
    ).all()
    return DayList(day=day, rows=_rows(viewer, hearings, day))


def get_hearing(viewer: Viewer, hearing_id: int) -> Hearing:
    """One hearing; absent and out of scope read alike."""
    hearing = db.session.scalars(
        scope.visible(viewer, Hearing)
        .where(Hearing.id == hearing_id)
        .options(joinedload(Hearing.defendant), joinedload(Hearing.court))
    ).first()
    if hearing is None:
        raise NotFound
    return hearing


def hearing_page(viewer: Viewer, hearing_id: int) -> HearingPage:
    """One hearing as its page shows it."""
    hearing = get_hearing(viewer, hearing_id)
    types = hearing_types()
    person = hearing.defendant
    text = _texts([hearing], hearing.held_on, types)[hearing.id]
    may_know = scope.may_see(viewer, "courts.defendant_mobile")
    versions = db.session.scalars(
        sa.select(HearingVersion)
        .where(HearingVersion.hearing_id == hearing.id)
        .options(selectinload(HearingVersion.court))
        .order_by(HearingVersion.number.desc())
    ).all()
    return HearingPage(
        hearing=hearing,
        kind=types.get(hearing.type_code),
        mobile=person.mobile if may_know else "",
        listed_mobile=person.listed_mobile if may_know else "",
        text=text,
        versions=versions,
        text_events=events(text.text_id) if text.text_id is not None and may_know else [],
        changes=changes_of(viewer, hearing_id) if may_know else [],
    )


@asking
def hearings_of_crime(viewer: Viewer, crime_reference_key: str) -> Asking[list[HearingRow]]:
    """The hearings of a crime for the page of its case: never with a defendant's number."""
    rows, types = yield from together.at_once(
        together.rows(
            scope.visible(viewer, Hearing)
            .join(Hearing.defendant)
            .join(Hearing.court)
            .add_columns(Defendant, Court)
            .where(Defendant.crime_key == crime_reference_key)
            .order_by(Hearing.held_on.desc(), Hearing.id.desc())
        ),
        hearing_types.ask(),
    )
    return [_row(row.Hearing, types, TextShown(words="", tone="grey"), mobile="") for row in rows]


def days_with_hearings(viewer: Viewer, around: date) -> tuple[date | None, date | None]:
    """The nearest days before and after that have a hearing the viewer may see."""
    seen = scope.condition(viewer, Hearing)
    before = sa.select(sa.func.max(Hearing.held_on)).where(Hearing.held_on < around, seen)
    after = sa.select(sa.func.min(Hearing.held_on)).where(Hearing.held_on > around, seen)
    return db.session.scalar(before), db.session.scalar(after)


def _rows(viewer: Viewer, hearings: Sequence[Hearing], day: date) -> list[HearingRow]:
    types = hearing_types()
    texts = _texts(hearings, day, types)
    may_know = scope.may_see(viewer, "courts.defendant_mobile")
    return [
        _row(
            hearing,
            types,
            texts[hearing.id],
            mobile=hearing.defendant.mobile if may_know else "",
        )
        for hearing in hearings
    ]


def _row(
    hearing: Hearing, types: Mapping[str, HearingType], text: TextShown, *, mobile: str
) -> HearingRow:
    kind = types.get(hearing.type_code)
    return HearingRow(
        id=hearing.id,
        defendant=hearing.defendant.full_name,
        urn=hearing.defendant.urn,
        court=hearing.court.name,
        held_on=hearing.held_on,
        starts_at=hearing.starts_at,
        room=hearing.room,
        type_code=hearing.type_code,
        type_name=kind.name if kind else hearing.type_code or "Type not known",
        status=hearing.status,
        outcome=hearing.outcome.label if hearing.outcome else "",
        remand=hearing.remand.label if hearing.remand else "",
        mobile=mobile,
        is_live=hearing.is_live,
        text=text,
    )


def _texts(
    hearings: Sequence[Hearing], day: date, types: Mapping[str, HearingType]
) -> dict[int, TextShown]:
    """What to say of each hearing's text: what the outbox holds, else what the rules say now."""
    linked = spoken_for([hearing.id for hearing in hearings], day)
    about = {hearing.id: linked.get(hearing.id, hearing.id) for hearing in hearings}
    outbox = texts_for(set(about.values()), day)
    mobiles = [hearing.defendant.mobile for hearing in hearings if hearing.is_live]
    held, flagged = held_among(mobiles), flagged_among(mobiles)
    days, at = verified_for(), clock.now()
    shown = {}
    for hearing in hearings:
        row = outbox.get(about[hearing.id])
        is_held = hearing.defendant.mobile in held
        if row is not None and not _is_open_still(row, at):
            text = _of_outbox(
                row, shared=row.about_id != hearing.id, is_over=_has_begun(hearing, at)
            )
            shown[hearing.id] = _to_come(NotTexted.VICTIM_NUMBER) if text.call and is_held else text
            continue
        reason = eligible(facts_of(hearing, types), at=at, verified_for=days)
        if is_held and (reason is None or reason.call_instead):
            reason = NotTexted.VICTIM_NUMBER
        elif reason is None and normal(hearing.defendant.mobile) in flagged:
            reason = NotTexted(flagged[normal(hearing.defendant.mobile)].value)
        shown[hearing.id] = _to_come(reason)
    return shown


def _is_open_still(row: OutboundText, at: datetime) -> bool:
    """Whether what was decided may still change: held back by our own rules, for a later day."""
    ours = row.state in SPEAKS_FOR_NOBODY and row.reason in REASONS
    return ours and row.on_day > clock.london_day(at)


def _has_begun(hearing: Hearing, at: datetime) -> bool:
    return at >= clock.from_london(hearing.held_on, hearing.starts_at or time.max)


def _of_outbox(row: OutboundText, *, shared: bool, is_over: bool) -> TextShown:
    never = row.state in NOT_TEXTED
    reason = reason_in_words(KIND, row.reason) if row.reason else row.state.label
    known = NotTexted(row.reason) if row.reason in REASONS else None
    return TextShown(
        words=said_of(row.state, is_over=is_over),
        tone=row.state.tone,
        code=row.reason if never else "",
        reason=reason if never else "",
        advice=(known.advice if known else advice_on(row.reason)) if never else "",
        call=never and (known.call_instead if known else is_to_be_rung(row.reason)),
        text_id=row.id,
        shared=shared,
    )


def _to_come(reason: NotTexted | None) -> TextShown:
    """What will happen when the time comes, where nothing has been decided yet."""
    if reason is not None:
        return TextShown(
            words="Not texted",
            tone="grey",
            code=reason.value,
            reason=reason.label,
            advice=reason.advice,
            call=reason.call_instead,
        )
    return TextShown(words="To be texted", tone="grey")

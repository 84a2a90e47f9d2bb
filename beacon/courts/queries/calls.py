"""Whom to ring, whom again, and who has been rung: the call list of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import CourtCall, Hearing
from beacon.courts.queries.reminders import person_of
from beacon.courts.queries.standing import Stands, standing_at, standing_now
from beacon.courts.rules import Told, bail_wording, script
from beacon.courts.terms import Standing
from beacon.notify.terms import NumberFlag


@dataclass(frozen=True, kw_only=True)
class ToRing:
    """One person to ring about their hearings at one court that day."""

    stands: Stands  # of the first of the hearings
    hearing_ids: tuple[int, ...]
    calls: Sequence[CourtCall]  # the first call first

    @property
    def hearing(self) -> Hearing:
        """The hearing by which the page of the call is found."""
        return self.stands.hearing

    @property
    def last(self) -> CourtCall | None:
        """The last call, if there was one."""
        return self.calls[-1] if self.calls else None

    @property
    def is_done(self) -> bool:
        """Whether they were reached, or would not listen: nobody rings again."""
        return any(call.outcome.is_done and not call.outcome.needs_a_number for call in self.calls)

    @property
    def needs_a_number(self) -> bool:
        """Whether the number they have now is known to be somebody else's, or nobody's."""
        wrong = self.stands.flag is NumberFlag.WRONG_PERSON
        rung = self.hearing.defendant.mobile_index or ""
        bad = [call for call in self.calls if call.outcome.needs_a_number]
        return not self.is_done and (wrong or any(call.rung_index == rung for call in bad))

    @property
    def is_open(self) -> bool:
        """Whether somebody should ring."""
        return not self.is_done and not self.needs_a_number


@dataclass(frozen=True, kw_only=True)
class CallList:
    """The call list of a day, what is still to do in front."""

    day: date
    to_ring: Sequence[ToRing]
    without_number: Sequence[ToRing]
    done: Sequence[ToRing]

    @property
    def hearings(self) -> int:
        """How many hearings these people have."""
        return sum(len(one.hearing_ids) for one in self.everybody)

    @property
    def everybody(self) -> list[ToRing]:
        """Everybody on the list, in its order."""
        return [*self.to_ring, *self.without_number, *self.done]


@dataclass(frozen=True)
class Hours:
    """The London hours in which people are rung: those in which they may be texted."""

    opens: time
    closes: time

    def are_now(self, at: datetime) -> bool:
        """Whether somebody may be rung at this moment."""
        return self.opens <= clock.london(at).time() < self.closes


def calling_hours() -> Hours:
    """The hours of texting, as an administrator set them (domain.md RULE 5.5)."""
    named = ("texts.morning_from", "texts.window_to")
    return Hours(*(time.fromisoformat(settings.value(name)) for name in named))


def call_list(viewer: Viewer, day: date) -> CallList:
    """Whom to ring about a day's hearings: untried first, then tried again, then the others."""
    people: dict[object, list[Stands]] = defaultdict(list)
    for one in standing_at(viewer, day, Standing.CALL_LIST):
        people[person_of(one.hearing)].append(one)
    ids = [one.hearing.id for several in people.values() for one in several]
    calls = calls_about(ids, day)
    entries = [
        ToRing(
            stands=several[0],
            hearing_ids=tuple(one.hearing.id for one in several),
            calls=sorted(
                (call for one in several for call in calls[one.hearing.id]),
                key=lambda call: call.id,
            ),
        )
        for several in people.values()
    ]
    return CallList(
        day=day,
        to_ring=sorted((one for one in entries if one.is_open), key=lambda one: len(one.calls)),
        without_number=[one for one in entries if one.needs_a_number],
        done=[one for one in entries if one.is_done],
    )


def calls_about(hearing_ids: Collection[int], day: date) -> dict[int, list[CourtCall]]:
    """The calls about each of these hearings on that day, the first first."""
    found: dict[int, list[CourtCall]] = defaultdict(list)
    rows = db.session.scalars(
        sa.select(CourtCall)
        .where(CourtCall.hearing_id.in_(hearing_ids), CourtCall.held_on == day)
        .order_by(CourtCall.id)
    )
    for call in rows:
        found[call.hearing_id].append(call)
    return found


def words_to_read(hearing: Hearing) -> tuple[str, ...]:
    """What is read out to this defendant, with the consequence that is true for them."""
    return script(
        Told(
            name=hearing.defendant.full_name,
            court=hearing.court.name,
            postcode=hearing.court.postcode,
            held_on=hearing.held_on,
            starts_at=hearing.starts_at,
            is_today=hearing.held_on == clock.today(),
            on_bail=bail_wording(hearing.remand, hearing.initiation),
        )
    )


@dataclass(frozen=True, kw_only=True)
class CallPage:
    """One person to ring, or why nobody rings them."""

    stands: Stands | None
    entry: ToRing | None  # where they are on the call list
    words: Sequence[str]
    seen: int  # how many calls about this very hearing there are
    at: datetime

    @property
    def may_ring(self) -> bool:
        """Whether the number may be shown for a call: on the list, not begun, not proved wrong."""
        if self.entry is None:
            return False
        hearing = self.entry.hearing
        begins = clock.from_london(hearing.held_on, hearing.starts_at or time.max)
        return self.entry.is_open and self.at < begins


def call_page(viewer: Viewer, hearing: Hearing) -> CallPage:
    """What the page of one call shows."""
    listed = call_list(viewer, hearing.held_on).everybody
    entry = next((one for one in listed if hearing.id in one.hearing_ids), None)
    calls = entry.calls if entry else calls_about([hearing.id], hearing.held_on)[hearing.id]
    return CallPage(
        stands=entry.stands if entry else standing_now(viewer, hearing.id, hearing.held_on),
        entry=entry,
        words=words_to_read(hearing),
        seen=sum(call.hearing_id == hearing.id for call in calls),
        at=clock.now(),
    )

"""Who will be texted about a day's hearings, in which words, and who will not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import Hearing
from beacon.courts.queries.changes import ChangeRow, changes_since
from beacon.courts.queries.hearings import HearingRow, days_with_hearings, hearings_on
from beacon.courts.queries.reminders import reminder_times
from beacon.courts.queries.wording import reminder, speech_for
from beacon.courts.rules import ENGLISH, days_ahead, eve
from beacon.notify.models import OutboundText, TextHold
from beacon.notify.queries import hold_of
from beacon.notify.segments import measure
from beacon.notify.terms import TextState


@dataclass(frozen=True, kw_only=True)
class PreviewText:
    """One text as it will leave, or has left: it may speak for several hearings of a person."""

    row: HearingRow  # the first of its hearings
    others: int
    text_id: int | None  # none: it is planned within a few minutes
    words: str
    language: str  # of the words, but for English
    segments: int
    is_waiting: bool
    is_held: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The texts of one day's hearings."""

    day: date
    today: date
    days: Sequence[date]  # the days that are planned already
    leaves_from: datetime
    leaves_until: datetime
    texts: Sequence[PreviewText]
    refused: Sequence[HearingRow]
    changes: Sequence[ChangeRow]
    hold: TextHold | None

    @property
    def hearing_ids(self) -> list[int]:
        """The hearings that the page shows."""
        rows = [*(text.row for text in self.texts), *self.refused]
        return [row.id for row in rows] + [change.hearing_id for change in self.changes]

    @property
    def text_ids(self) -> list[int]:
        """The texts whose words the page shows."""
        return [text.text_id for text in self.texts if text.text_id is not None]

    @property
    def held(self) -> int:
        """How many texts a person keeps back."""
        return sum(text.is_held for text in self.texts)

    @property
    def to_call(self) -> int:
        """How many cannot be texted and should be rung."""
        return sum(row.text.call for row in self.refused)


def preview(viewer: Viewer, day: date) -> Preview:
    """The texts about a day's hearings that the viewer may see, those not texted with their why."""
    rows = hearings_on(viewer, day).rows
    texted, refused = _parted(rows)
    times, leaves_on = reminder_times(), eve(day, reminder_times())
    today = clock.today()
    return Preview(
        day=day,
        today=today,
        days=(today, *days_ahead(today)),
        leaves_from=clock.from_london(leaves_on, times.plan_from),
        leaves_until=clock.from_london(leaves_on, times.window_to),
        texts=_texts(viewer, texted, day, sent_on=max(leaves_on, today)),
        refused=refused,
        changes=changes_since(viewer, today),
        hold=hold_of(day),
    )


def day_to_preview(viewer: Viewer) -> date:
    """The next day with hearings whose texts are planned already, or tomorrow."""
    today = clock.today()
    _, after = days_with_hearings(viewer, today)
    ahead = days_ahead(today)
    return after if after in ahead else ahead[0]


def _parted(rows: Sequence[HearingRow]) -> tuple[list[list[HearingRow]], list[HearingRow]]:
    """The hearings of each text together, and the hearings of which nobody is texted."""
    of_text: dict[tuple[str, int], list[HearingRow]] = defaultdict(list)
    refused = []
    for row in rows:
        if not row.text.is_texted:
            refused.append(row)
        elif row.text.text_id is None:
            of_text["hearing", row.id].append(row)
        else:
            of_text["text", row.text.text_id].append(row)
    return list(of_text.values()), refused


def _texts(
    viewer: Viewer, texted: Sequence[Sequence[HearingRow]], day: date, *, sent_on: date
) -> list[PreviewText]:
    ids = [rows[0].text.text_id for rows in texted]
    found = db.session.scalars(sa.select(OutboundText).where(OutboundText.id.in_(ids)))
    outbox = {text.id: text for text in found}
    seen = scope.visible(viewer, Hearing).where(Hearing.held_on == day)
    hearings = {hearing.id: hearing for hearing in db.session.scalars(seen)}
    may_read = scope.may_see(viewer, "notify.body")
    made = []
    for rows in texted:
        first = min(rows, key=lambda row: (not row.is_live, row.starts_at or time.max, row.id))
        text = outbox.get(first.text.text_id or 0)
        words = _words(text, first, hearings, sent_on) if may_read else ""
        made.append(
            PreviewText(
                row=first,
                others=len(rows) - 1,
                text_id=text.id if text else None,
                words=words,
                language=_language(hearings.get(first.id)),
                segments=measure(words).segments,
                is_waiting=text is not None and text.is_waiting,
                is_held=text is not None and text.state is TextState.HELD,
            )
        )
    return made


def _language(hearing: Hearing | None) -> str:
    """The language of the person, where it is not English."""
    speech = speech_for(hearing.defendant) if hearing else ENGLISH
    return "" if speech is ENGLISH else speech.language


def _words(
    text: OutboundText | None,
    first: HearingRow,
    hearings: Mapping[int, Hearing],
    sent_on: date,
) -> str:
    """What would leave now: the claim writes the words anew from what is true then."""
    if text is not None and not text.is_waiting:
        return text.body
    hearing = hearings.get(first.id)
    is_ready = hearing is not None and hearing.is_live and hearing.starts_at is not None
    if hearing is None or not is_ready:
        return text.body if text else ""
    return reminder(hearing, sent_on=sent_on).text

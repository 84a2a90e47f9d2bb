"""Reading the outbox: what is due, what is in doubt, what became of the texts about a thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.notify.models import OutboundText, TextAttempt, TextEvent, TextHold
from beacon.notify.register import reason_in_words
from beacon.notify.rules import CODE_MEANINGS, WAITING, said_of
from beacon.notify.terms import Audience, TextState

S = TextState
ROWS_AT_MOST = 500


@dataclass(frozen=True)
class TextRow:
    """One text as lists show it: the number masked, the words only where they may be seen."""

    id: int
    key: str
    kind: str
    about_id: int
    on: date
    state: TextState
    reason: str
    reason_words: str
    send_after: datetime | None
    expires_at: datetime | None
    claimed_at: datetime | None
    settled_at: datetime | None
    attempts: int
    provider_sid: str | None
    error_code: int | None
    error_words: str
    masked: str
    body: str
    segments: int
    is_disputed: bool
    decided_because: str

    @property
    def words(self) -> str:
        """The state as a page says it; on the day itself, whether a receipt ever came (W-17)."""
        return said_of(self.state, is_over=self.on <= clock.today())

    @property
    def name(self) -> str:
        """What a person calls it: "Court reminder 39"."""
        return f"{self.kind.replace('_', ' ').capitalize()} {self.about_id}"


@dataclass(frozen=True)
class InDoubt:
    """A text of which it is not known whether it left, with what is needed to ask."""

    text_id: int
    token: str
    to: str
    body: str
    claimed_at: datetime


def due(at: datetime, kinds: Collection[str]) -> list[int]:
    """The texts that may leave now, those that expire first before the others."""
    query = (
        sa.select(OutboundText.id)
        .where(
            OutboundText.state == S.PLANNED,
            OutboundText.kind.in_(kinds),
            OutboundText.send_after <= at,
            OutboundText.expires_at > at,
        )
        .order_by(OutboundText.expires_at, OutboundText.send_after, OutboundText.id)
    )
    return list(db.session.scalars(query))


def overdue(at: datetime) -> list[int]:
    """The texts that still wait although their time has passed."""
    query = (
        sa.select(OutboundText.id)
        .where(OutboundText.state.in_(WAITING), OutboundText.expires_at <= at)
        .order_by(OutboundText.id)
    )
    return list(db.session.scalars(query))


def claimed_before(limit: datetime) -> list[tuple[int, str]]:
    """The texts that were claimed before a moment and never recorded, with their tokens."""
    query = (
        sa.select(OutboundText.id, OutboundText.token)
        .where(OutboundText.state == S.CLAIMED, OutboundText.claimed_at <= limit)
        .order_by(OutboundText.id)
    )
    return [(row.id, row.token) for row in db.session.execute(query) if row.token]


def in_doubt(quiet_since: datetime) -> list[InDoubt]:
    """The unknown texts of which nothing has been heard since a moment."""
    query = (
        sa.select(OutboundText)
        .where(OutboundText.state == S.UNKNOWN, OutboundText.claimed_at <= quiet_since)
        .order_by(OutboundText.claimed_at, OutboundText.id)
    )
    return [
        InDoubt(text.id, text.token or "", text.to, text.body, text.claimed_at)
        for text in db.session.scalars(query)
        if text.claimed_at is not None
    ]


def not_ours(sids: Sequence[str], text_id: int) -> set[str]:
    """Which of the provider's names for messages belong to no other text of ours."""
    taken = db.session.scalars(
        sa.select(OutboundText.provider_sid).where(
            OutboundText.provider_sid.in_(sids), OutboundText.id != text_id
        )
    )
    return set(sids) - set(taken)


def texts_about(kind: str, about_ids: Collection[int]) -> dict[int, TextRow]:
    """The text about each of these, the one for the latest day where there are several."""
    query = (
        sa.select(OutboundText)
        .where(OutboundText.kind == kind, OutboundText.about_id.in_(about_ids))
        .order_by(OutboundText.on_day, OutboundText.id)
    )
    return {text.about_id: row_of(text) for text in db.session.scalars(query)}


def outbox(state: TextState | None = None) -> list[TextRow]:
    """Every text in the outbox, or those in one state, in the order in which they were planned."""
    query = sa.select(OutboundText).order_by(OutboundText.id)
    if state is not None:
        query = query.where(OutboundText.state == state)
    return [row_of(text) for text in db.session.scalars(query)]


def counts(viewer: Viewer, on: date) -> dict[TextState, int]:
    """How many texts about one day are in each state."""
    query = (
        sa.select(OutboundText.state, sa.func.count())
        .where(OutboundText.on_day == on, scope.condition(viewer, OutboundText))
        .group_by(OutboundText.state)
    )
    return {row.state: row[1] for row in db.session.execute(query)}


def texts_of_day(viewer: Viewer, on: date) -> list[TextRow]:
    """The texts about one day, by state."""
    query = (
        scope.visible(viewer, OutboundText)
        .where(OutboundText.on_day == on)
        .order_by(OutboundText.state, OutboundText.id)
        .limit(ROWS_AT_MOST)
    )
    return _shown(viewer, query)


def for_a_person(viewer: Viewer) -> list[TextRow]:
    """The texts that wait for a person's decision, or whose reports contradict each other."""
    query = (
        scope.visible(viewer, OutboundText)
        .where(sa.or_(OutboundText.state == S.NEEDS_A_PERSON, OutboundText.is_disputed))
        .order_by(OutboundText.state != S.NEEDS_A_PERSON, OutboundText.on_day, OutboundText.id)
        .limit(ROWS_AT_MOST)
    )
    return _shown(viewer, query)


def one(viewer: Viewer, text_id: int) -> TextRow:
    """One text, where the viewer may see it."""
    rows = _shown(viewer, scope.visible(viewer, OutboundText).where(OutboundText.id == text_id))
    if not rows:
        raise NotFound
    return rows[0]


def events(text_id: int) -> list[TextEvent]:
    """What the provider reported about a text, in the order in which it came."""
    query = sa.select(TextEvent).where(TextEvent.text_id == text_id).order_by(TextEvent.id)
    return list(db.session.scalars(query))


def hold_of(on: date) -> TextHold | None:
    """Who keeps back the texts about a day and since when, if somebody does."""
    return db.session.scalar(
        sa.select(TextHold).where(TextHold.on_day == on, TextHold.released_at.is_(None))
    )


def calls(text_id: int) -> list[TextAttempt]:
    """Each call to the provider about a text, in order: there are two where a person sent again."""
    query = sa.select(TextAttempt).where(TextAttempt.text_id == text_id).order_by(TextAttempt.id)
    return list(db.session.scalars(query))


def waiting_from(day: date, audiences: Collection[Audience]) -> list[TextRow]:
    """The texts to these that are planned, for the tray of the demonstration."""
    query = (
        sa.select(OutboundText)
        .where(
            OutboundText.state.in_(WAITING),
            OutboundText.on_day >= day,
            OutboundText.audience.in_(audiences),
        )
        .order_by(OutboundText.send_after, OutboundText.id)
        .limit(ROWS_AT_MOST)
    )
    return [row_of(text, with_body=True) for text in db.session.scalars(query)]


def to_victims(sids: Collection[str]) -> set[str]:
    """Which of these texts, by the provider's name for them, were to victims."""
    query = sa.select(OutboundText.provider_sid).where(
        OutboundText.provider_sid.in_(sids), OutboundText.audience == Audience.VICTIM
    )
    return {sid for sid in db.session.scalars(query) if sid}


def states_of(sids: Collection[str]) -> dict[str, TextState]:
    """The state of each text by the provider's name for it."""
    query = sa.select(OutboundText.provider_sid, OutboundText.state).where(
        OutboundText.provider_sid.in_(sids)
    )
    return {sid: state for sid, state in db.session.execute(query) if sid}


def row_of(text: OutboundText, *, with_body: bool = False) -> TextRow:
    """A text as lists show it."""
    return TextRow(
        id=text.id,
        key=text.key,
        kind=text.kind,
        about_id=text.about_id,
        on=text.on_day,
        state=text.state,
        reason=text.reason,
        reason_words=reason_in_words(text.kind, text.reason) if text.reason else "",
        send_after=text.send_after,
        expires_at=text.expires_at,
        claimed_at=text.claimed_at,
        settled_at=text.settled_at,
        attempts=text.attempts,
        provider_sid=text.provider_sid,
        error_code=text.error_code,
        error_words=CODE_MEANINGS.get(text.error_code or 0, ""),
        masked=text.masked,
        body=text.body if with_body else "",
        segments=text.segments,
        is_disputed=text.is_disputed,
        decided_because=text.decided_because if with_body else "",
    )


def _shown(viewer: Viewer, query: sa.Select[OutboundText]) -> list[TextRow]:
    may_read = scope.may_see(viewer, "notify.body")
    return [row_of(text, with_body=may_read) for text in db.session.scalars(query)]

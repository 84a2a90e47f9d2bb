"""Reading what came back: replies, numbers that are not texted, and receipts that never came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.core import clock, phone, scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.sealed import blind_index
from beacon.notify.models import (
    InboundDay,
    InboundReply,
    NumberDecision,
    OutboundText,
    SuppressedNumber,
)
from beacon.notify.rules import (
    ASK_FOR_DAYS,
    ASKED_AT_ONCE,
    AT_PROVIDER,
    FINAL_AT_PROVIDER,
    RECEIPT_HOURS,
    REDACT_HOURS,
)
from beacon.notify.terms import NumberFlag

LATELY = timedelta(days=14)
ROWS_AT_MOST = 200
SOURCES = {
    "reply": "By a reply",
    "person": "By a person here",
    "receipt": "By a receipt",
    "provider": "By the provider",
}


@dataclass(frozen=True)
class Named:
    """A text that the provider has, by our name for the call and by its own."""

    text_id: int
    token: str
    sid: str


@dataclass(frozen=True, kw_only=True)
class NumberRow:
    """A number that is not texted, or was not once."""

    id: int
    masked: str
    flag: NumberFlag
    source: str
    since: datetime
    lifted_at: datetime | None
    text: OutboundText | None  # the last that went to it, or was to go
    decisions: Sequence[NumberDecision]

    @property
    def source_words(self) -> str:
        """How we know."""
        return SOURCES.get(self.source, self.source)


def waiting(viewer: Viewer) -> list[InboundReply]:
    """The replies that nobody has dealt with: those that speak of harm first, then the oldest."""
    return _replies(
        scope.visible(viewer, InboundReply)
        .where(InboundReply.handled_at.is_(None))
        .order_by(sa.or_(InboundReply.is_urgent, InboundReply.is_protected).desc(), InboundReply.id)
    )


def handled_lately(viewer: Viewer) -> list[InboundReply]:
    """The replies that were dealt with in the last fortnight, the newest first."""
    since = clock.now() - LATELY
    return _replies(
        scope.visible(viewer, InboundReply)
        .where(InboundReply.handled_at >= since)
        .order_by(InboundReply.handled_at.desc(), InboundReply.id.desc())
    )


def one_reply(viewer: Viewer, reply_id: int) -> InboundReply:
    """One reply; absent and out of scope read alike."""
    rows = _replies(scope.visible(viewer, InboundReply).where(InboundReply.id == reply_id))
    if not rows:
        raise NotFound
    return rows[0]


def not_kept(reply: InboundReply) -> int:
    """How many more texts that number sent on that day, which were counted and not kept (W-08)."""
    on = clock.london_day(reply.received_at)
    sent = db.session.scalar(
        sa.select(InboundDay.count).where(
            InboundDay.phone_index == reply.from_index, InboundDay.on_day == on
        )
    )
    begins, ends = clock.start_of_day(on), clock.start_of_day(on + timedelta(days=1))
    kept = db.session.scalar(
        sa.select(sa.func.count(InboundReply.id)).where(
            InboundReply.from_index == reply.from_index,
            InboundReply.received_at >= begins,
            InboundReply.received_at < ends,
        )
    )
    return max(0, (sent or 0) - (kept or 0))


def waiting_counts(viewer: Viewer) -> tuple[int, int]:
    """How many replies wait, and how many of them must be read at once."""
    first = sa.or_(InboundReply.is_urgent, InboundReply.is_protected)
    row = db.session.execute(
        sa.select(sa.func.count(), sa.func.count().filter(first)).where(
            InboundReply.handled_at.is_(None), scope.condition(viewer, InboundReply)
        )
    ).one()
    return row[0], row[1]


def numbers(viewer: Viewer) -> list[NumberRow]:
    """The numbers that are not texted, then those that are again; the latest first."""
    query = (
        scope.visible(viewer, SuppressedNumber)
        .order_by(
            SuppressedNumber.lifted_at.is_not(None),
            SuppressedNumber.flagged_at.desc(),
            SuppressedNumber.id.desc(),
        )
        .limit(ROWS_AT_MOST)
    )
    return _number_rows(list(db.session.scalars(query)))


def one_number(viewer: Viewer, number_id: int) -> NumberRow:
    """One number; absent and out of scope read alike."""
    query = scope.visible(viewer, SuppressedNumber).where(SuppressedNumber.id == number_id)
    rows = _number_rows(list(db.session.scalars(query)))
    if not rows:
        raise NotFound
    return rows[0]


def flagged_among(written: Collection[str]) -> dict[str, NumberFlag]:
    """Which of these numbers are not texted, and why, by their normal form."""
    by_index = {blind_index("phone", form): form for form in map(phone.normal, written)}
    flags = flags_on(by_index)
    return {by_index[index]: flag for index, flag in flags.items()}


def flags_on(phone_indexes: Collection[str]) -> dict[str, NumberFlag]:
    """The same by their blind indexes; where a number has several reasons, the first."""
    rows = db.session.execute(
        sa.select(SuppressedNumber.phone_index, SuppressedNumber.flag)
        .where(
            SuppressedNumber.phone_index.in_(phone_indexes), SuppressedNumber.lifted_at.is_(None)
        )
        .order_by(SuppressedNumber.id.desc())
    )
    return {row.phone_index: row.flag for row in rows}


def silent(at: datetime) -> list[Named]:
    """The texts that the provider has, and of whose end it has said nothing for two hours.

    Each is asked about every two hours, for three days (security.md W-17).
    """
    ago = at - timedelta(hours=RECEIPT_HOURS)
    return _named(
        OutboundText.state.in_(AT_PROVIDER),
        OutboundText.claimed_at <= ago,
        OutboundText.claimed_at > at - timedelta(days=ASK_FOR_DAYS),
        sa.or_(OutboundText.asked_at.is_(None), OutboundText.asked_at <= ago),
    )


def to_redact(at: datetime) -> list[Named]:
    """The texts that ended a day ago, whose words the provider still has (security.md T-32)."""
    return _named(
        OutboundText.state.in_(FINAL_AT_PROVIDER),
        OutboundText.redacted_at.is_(None),
        OutboundText.settled_at <= at - timedelta(hours=REDACT_HOURS),
    )


def _named(*where: sa.ColumnElement[bool]) -> list[Named]:
    query = (
        sa.select(OutboundText.id, OutboundText.token, OutboundText.provider_sid)
        .where(OutboundText.provider_sid.is_not(None), OutboundText.token.is_not(None), *where)
        .order_by(OutboundText.asked_at.nulls_first(), OutboundText.id)
        .limit(ASKED_AT_ONCE)
    )
    return [
        Named(row.id, row.token, row.provider_sid)
        for row in db.session.execute(query)
        if row.token and row.provider_sid
    ]


def _replies(query: sa.Select[InboundReply]) -> list[InboundReply]:
    shown = query.options(joinedload(InboundReply.text)).limit(ROWS_AT_MOST)
    return list(db.session.scalars(shown))


def _number_rows(rows: list[SuppressedNumber]) -> list[NumberRow]:
    indexes = [row.phone_index for row in rows]
    texts = _last_texts(indexes)
    replies = _last_senders(indexes)
    decisions = _decisions([row.id for row in rows])
    return [
        NumberRow(
            id=row.id,
            masked=_masked(texts.get(row.phone_index), replies.get(row.phone_index)),
            flag=row.flag,
            source=row.source,
            since=row.flagged_at,
            lifted_at=row.lifted_at,
            text=texts.get(row.phone_index),
            decisions=decisions.get(row.id, []),
        )
        for row in rows
    ]


def _masked(text: OutboundText | None, reply: InboundReply | None) -> str:
    """The number as far as it may be shown: a mark is kept by its index alone."""
    if text is not None:
        return text.masked
    return reply.masked if reply is not None else ""


def _last_texts(indexes: Collection[str]) -> dict[str, OutboundText]:
    query = sa.select(OutboundText).where(OutboundText.to_index.in_(indexes))
    return {one.to_index: one for one in db.session.scalars(query.order_by(OutboundText.id))}


def _last_senders(indexes: Collection[str]) -> dict[str, InboundReply]:
    query = sa.select(InboundReply).where(InboundReply.from_index.in_(indexes))
    return {one.from_index: one for one in db.session.scalars(query.order_by(InboundReply.id))}


def _decisions(number_ids: Collection[int]) -> dict[int, list[NumberDecision]]:
    query = sa.select(NumberDecision).where(NumberDecision.number_id.in_(number_ids))
    found: dict[int, list[NumberDecision]] = {}
    for one in db.session.scalars(query.order_by(NumberDecision.id)):
        found.setdefault(one.number_id, []).append(one)
    return found

"""Calls of branches and events, a page at a time; one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import OutreachCase, OutreachEvent, ProtocolCall
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page


@dataclass(frozen=True)
class CallRow:
    """One call, and the case that it belongs to, if any."""

    call: ProtocolCall
    reference: str


@dataclass(frozen=True)
class Calls:
    """The calls that the viewer may see, the newest first."""

    viewer: Viewer

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[CallRow]:
        """One page of them."""
        columns: tuple[Any, ...] = (ProtocolCall, CaseFile.reference)
        query = (
            sa.select(*columns)
            .outerjoin(CaseFile, CaseFile.id == ProtocolCall.case_id)
            .where(scope.condition(self.viewer, ProtocolCall))
        )
        keys = [Key(ProtocolCall.called_at, descending=True), Key(ProtocolCall.id, descending=True)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_call_row)


def get_call(viewer: Viewer, call_id: int) -> CallRow:
    """One call, where the viewer may see it."""
    query = (
        sa.select(ProtocolCall, CaseFile.reference)
        .outerjoin(CaseFile, CaseFile.id == ProtocolCall.case_id)
        .where(scope.condition(viewer, ProtocolCall), ProtocolCall.id == call_id)
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return _call_row(row)


@dataclass(frozen=True)
class EventRow:
    """One event, and how many of the viewer's cases came of it."""

    event: OutreachEvent
    cases: int


@dataclass(frozen=True)
class Events:
    """The events, the newest first."""

    viewer: Viewer

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[EventRow]:
        """One page of them."""
        came = (
            sa.select(sa.func.count())
            .select_from(OutreachCase)
            .where(
                OutreachCase.event_id == OutreachEvent.id,
                scope.condition(self.viewer, OutreachCase),
            )
            .correlate(OutreachEvent)
            .scalar_subquery()
        )
        keys = [Key(OutreachEvent.held_on, descending=True), Key(OutreachEvent.id, descending=True)]
        return read_page(
            db.session(),
            sa.select(OutreachEvent, came),
            keys,
            cursor,
            size=size,
            shape=lambda row: EventRow(row[0], row[1]),
        )


@dataclass(frozen=True)
class OneEvent:
    """One event with the cases that came of it, those that the viewer may open."""

    event: OutreachEvent
    references: list[str]


def get_event(viewer: Viewer, event_id: int) -> OneEvent:
    """One event."""
    event = db.session.get(OutreachEvent, event_id)
    if event is None:
        raise NotFound
    query = (
        sa.select(CaseFile.reference)
        .join(OutreachCase, OutreachCase.case_id == CaseFile.id)
        .where(OutreachCase.event_id == event_id, scope.condition(viewer, OutreachCase))
        .order_by(OutreachCase.id)
    )
    return OneEvent(event, list(db.session.scalars(query)))


def _call_row(row: Any) -> CallRow:
    return CallRow(call=row[0], reference=row[1] or "")

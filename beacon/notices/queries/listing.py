"""Lists of what is written to victims: names and reasons, never a way to reach anybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeKind, NoticeState, Way
from beacon.web.paging import Cursor, Key, Page, read_page


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """One notice as a list shows it."""

    id: int
    kind: NoticeKind
    about_id: int
    name: str
    reference: str
    state: NoticeState
    held_because: HeldBecause | None
    way: Way | None
    made_at: datetime
    settled_at: datetime | None
    settled_by: str
    run_id: int | None


@dataclass(frozen=True, kw_only=True)
class Notices:
    """What is written to victims, the oldest that waits first."""

    viewer: Viewer
    state: NoticeState | None = NoticeState.HELD
    kind: NoticeKind | None = None
    because: HeldBecause | None = None

    def page(self, cursor: Cursor | None = None) -> Page[NoticeRow]:
        """One page of them."""
        query = scope.visible(self.viewer, VictimNotice).options(joinedload(VictimNotice.victim))
        if self.state is not None:
            query = query.where(VictimNotice.state == self.state)
        if self.kind is not None:
            query = query.where(VictimNotice.kind == self.kind)
        if self.because is not None:
            query = query.where(VictimNotice.held_because == self.because)
        return read_page(
            db.session(),
            query,
            [Key(VictimNotice.id)],
            cursor,
            shape=lambda row: row_of(row[0]),
        )


def counts(viewer: Viewer) -> dict[NoticeState, int]:
    """How many are held, on their way, and to be printed."""
    query = (
        sa.select(VictimNotice.state, sa.func.count())
        .where(scope.condition(viewer, VictimNotice), VictimNotice.settled_at.is_(None))
        .group_by(VictimNotice.state)
    )
    found = {row.state: row[1] for row in db.session.execute(query)}
    waits = (
        NoticeState.HELD,
        NoticeState.FOR_PRINT,
        NoticeState.IN_RUN,
        NoticeState.PLANNED,
    )
    return {state: found.get(state, 0) for state in waits}


def about(viewer: Viewer, about_ids: Collection[int]) -> list[NoticeRow]:
    """What was written about these, in the order in which it was asked for."""
    query = (
        scope.visible(viewer, VictimNotice)
        .where(VictimNotice.about_id.in_(about_ids))
        .options(joinedload(VictimNotice.victim))
        .order_by(VictimNotice.id)
    )
    return [row_of(one) for one in db.session.scalars(query)]


def get_notice(viewer: Viewer, notice_id: int) -> VictimNotice:
    """One notice, if the viewer may see it."""
    query = scope.visible(viewer, VictimNotice).where(VictimNotice.id == notice_id)
    notice = db.session.scalars(query.options(joinedload(VictimNotice.victim))).first()
    if notice is None:
        raise NotFound
    return notice


def row_of(notice: VictimNotice) -> NoticeRow:
    """A notice as lists show it."""
    return NoticeRow(
        id=notice.id,
        kind=notice.kind,
        about_id=notice.about_id,
        name=notice.victim.full_name,
        reference=notice.reference,
        state=notice.state,
        held_because=notice.held_because,
        way=notice.way,
        made_at=notice.created_at,
        settled_at=notice.settled_at,
        settled_by=notice.settled_by,
        run_id=notice.run_id,
    )

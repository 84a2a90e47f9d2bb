"""What is still open in a case that somebody wants to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.cases import ends
from beacon.cases.models import CaseFile, CaseOrder, CaseTask, InformationRequest, UpdateWish
from beacon.cases.queries.asking import requests_of
from beacon.cases.queries.one_case import DutyLine, duty_lines
from beacon.cases.queries.wishes import FactLine, wishes_part
from beacon.cases.terms import ASKED
from beacon.core import clock
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.terms import DutyState


@dataclass(frozen=True, kw_only=True)
class OpenEnds:
    """What must be done first, and what rests or ends with the case."""

    duties: Sequence[DutyLine]  # to tell the victim, paused or not
    tasks: Sequence[CaseTask]
    put_off: Sequence[DutyLine]  # for the victim's safety, and still not told
    requests: Sequence[InformationRequest]
    wish: UpdateWish | None
    orders: Sequence[CaseOrder]
    windows: Sequence[FactLine]  # what can still be asked for
    more: Sequence[ends.End] = ()  # of the features above

    @property
    def must_wait(self) -> bool:
        """Whether the case cannot be closed yet."""
        return bool(self.duties or self.tasks or any(end.waits for end in self.more))

    @property
    def doubts(self) -> list[str]:
        """What nobody minds once the case is closed, each in one sentence."""
        return [
            *(f"Put off for their safety and not told: {one.rule.title}." for one in self.put_off),
            *(f"{_asked(one)} has not answered: {one.what}." for one in self.requests),
            *([f"They asked for updates: {self.wish.sentence}."] if self.wish else []),
            *(f"Nobody is warned before it ends: {one.kind.label}." for one in self.orders),
            *(f"Nobody is warned of the last day: {one.fact.kind.label}." for one in self.windows),
            *(f"{end.words}." for end in self.more if not end.waits),
        ]


def open_ends(viewer: Viewer, case: CaseFile) -> OpenEnds:
    """What is open in a case, as the page that closes it names it."""
    lines, part, today = duty_lines(case), wishes_part(viewer, case), clock.today()
    tasks = sa.select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.done_at.is_(None))
    return OpenEnds(
        duties=[line for line in lines if line.duty.is_open or line.duty.is_paused],
        tasks=db.session.scalars(tasks.order_by(CaseTask.due_on, CaseTask.id)).all(),
        put_off=[
            line
            for line in lines
            if line.duty.state is DutyState.SAFETY_DELAY and line.duty.told_at is None
        ],
        requests=[one for one in requests_of(case) if one.is_open],
        wish=part.wish if part.wish and part.wish.has_clock else None,
        orders=part.orders,
        windows=[
            line
            for line in part.facts
            if line.waits and line.window.last_on and line.window.last_on >= today
        ],
        more=ends.of(case),
    )


def _asked(request: InformationRequest) -> str:
    name = ASKED[request.asked_of]
    return name[:1].upper() + name[1:]

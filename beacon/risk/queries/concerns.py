"""Safeguarding concerns: of one case, and for the top of every screen that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from beacon.cases.ends import End
from beacon.cases.models import CaseFile
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.risk.models import SafeguardingConcern, SlaveryReferral
from beacon.risk.rules import Expected, reasonable_grounds_expected, recovery_until
from beacon.risk.terms import ConcernOutcome, SlaveryRoute, SlaveryStage, SlaveryVerdict

OVER = [outcome for outcome in ConcernOutcome if outcome.is_over]


@dataclass(frozen=True)
class OnTop:
    """One concern as every screen of its case says it."""

    reference: str
    concern: SafeguardingConcern


@dataclass(frozen=True)
class SlaveryLine:
    """One referral with what is to be expected of it."""

    row: SlaveryReferral
    expected: Expected | None
    recovery: Expected | None


def concerns_of(viewer: Viewer, case: CaseFile) -> Sequence[SafeguardingConcern]:
    """Every concern of a case: those that go on first, the newest of them in front."""
    query = scope.visible(viewer, SafeguardingConcern).where(SafeguardingConcern.case_id == case.id)
    query = query.options(selectinload(SafeguardingConcern.checks))
    return db.session.scalars(query.order_by(*_OPEN_FIRST)).all()


def ends_of(case: CaseFile) -> list[End]:
    """The concerns that go on, for whoever closes the case: they are named, and it may be."""
    query = sa.select(SafeguardingConcern).where(
        SafeguardingConcern.case_id == case.id, SafeguardingConcern.outcome.not_in(OVER)
    )
    return [
        End(
            words=f"Safeguarding goes on: {one.kind.label}",
            endpoint="risk.check_concern",
            args={"reference": case.reference, "concern_id": one.id},
            do="Record how it stands",
            due_on=one.next_check_on,
            waits=False,
        )
        for one in db.session.scalars(query.order_by(SafeguardingConcern.id))
    ]


@asking
def on_top(viewer: Viewer, cases: sa.ColumnElement[bool]) -> Asking[list[OnTop]]:
    """The concerns of the cases to which an address leads, as far as the viewer may open them."""
    rows = yield from together.rows(
        sa.select(CaseFile.reference, SafeguardingConcern)
        .join(SafeguardingConcern, SafeguardingConcern.case_id == CaseFile.id)
        .where(cases, scope.condition(viewer, CaseFile))
        .order_by(*_OPEN_FIRST)
    )
    return [OnTop(reference, concern) for reference, concern in rows]


def slavery_of(viewer: Viewer, case: CaseFile) -> list[SlaveryLine]:
    """The referrals of a potential victim of modern slavery, the newest first."""
    query = scope.visible(viewer, SlaveryReferral).where(SlaveryReferral.case_id == case.id)
    rows = db.session.scalars(query.order_by(SlaveryReferral.id.desc()))
    return [SlaveryLine(row, _expected(row), _recovery(row)) for row in rows]


def _expected(row: SlaveryReferral) -> Expected | None:
    """When a reasonable grounds decision usually comes, while it has not."""
    sent = row.taken.get(SlaveryStage.SENT)
    if sent is None or row.route is not SlaveryRoute.NRM or SlaveryStage.REASONABLE in row.taken:
        return None
    return reasonable_grounds_expected(sent.happened_on)


def _recovery(row: SlaveryReferral) -> Expected | None:
    """The recovery period that a positive decision began."""
    decided = row.taken.get(SlaveryStage.REASONABLE)
    if decided is None or decided.verdict is not SlaveryVerdict.POSITIVE:
        return None
    return recovery_until(decided.happened_on)


_OPEN_FIRST = (
    sa.case((SafeguardingConcern.outcome.in_(OVER), 1), else_=0),
    SafeguardingConcern.made_at.desc(),
    SafeguardingConcern.id.desc(),
)

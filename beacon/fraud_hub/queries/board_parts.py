"""The parts of the board beside money: who was hit again, stops, outreach, and what is lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # a row holds what the select asked for

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import clock, scope, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking
from beacon.fraud_hub.models import (
    BankClaim,
    LedgerEntry,
    Loss,
    OutreachCase,
    OutreachEvent,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)
from beacon.fraud_hub.queries.repeats import repeated
from beacon.fraud_hub.terms import (
    ASKED,
    THROUGH_BEACON,
    EntryKind,
    RepeatOutcome,
    Scam,
    SupportState,
)


@dataclass(frozen=True)
class Repeats:
    """Who was a victim again: as checks found, and as new reports say. Hidden counts are None."""

    asked: int | None = 0  # checks of the period in which somebody could be asked
    again: int | None = 0  # of those, lost money again
    cases: int | None = 0  # fraud cases opened in the period
    earlier: int | None = 0  # of those, of somebody with another in the twelve months before


@dataclass(frozen=True)
class Stops:
    """Calls under the Banking Protocol in the period."""

    calls: int | None = 0
    at_risk_pence: int | None = 0
    stopped_pence: int | None = 0
    safeguarding: int | None = 0
    repeats: int | None = 0
    by_scam: tuple[tuple[Scam, int | None, int | None], ...] = ()  # calls and pence stopped


@dataclass(frozen=True)
class Outreach:
    """Events of the period, who came, what was handed out, and the cases that came of them.

    Hidden counts are None.
    """

    events: int | None = 0
    attendance: int | None = 0
    leaflets: int | None = 0
    booklets: int | None = 0
    signs: int | None = 0
    blockers: int | None = 0
    cases: int | None = 0


@dataclass(frozen=True)
class Support:
    """What is lent and to be followed up, today."""

    out: int = 0
    overdue: int = 0
    checks: int = 0


def opened_in(viewer: Viewer, first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    """The fraud cases that were opened in a period."""
    return (
        scope.condition(viewer, CaseFile),
        CaseFile.opened_at >= clock.start_of_day(first),
        CaseFile.opened_at < clock.end_of_day(last),
        Crime.kind == CrimeKind.FRAUD,
    )


def repeats_in(viewer: Viewer, first: date, last: date) -> Asking[Repeats]:
    """Who was a victim again, of the cases that the viewer may open."""
    opened = opened_in(viewer, first, last)
    cases = (
        sa.select(sa.func.count())
        .select_from(CaseFile)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(*opened)
    )
    again = sa.case((RepeatCheck.outcome == RepeatOutcome.AGAIN_LOST, 1))
    checks = sa.select(sa.func.count(), sa.func.count(again)).where(
        scope.condition(viewer, RepeatCheck),
        RepeatCheck.done_on.between(first, last),
        RepeatCheck.outcome.in_(ASKED),
    )
    (many,), before, (asked, hit) = yield from together.at_once(
        together.one(cases), repeated(viewer, sa.and_(*opened)), together.one(checks)
    )
    return Repeats(asked=asked, again=hit, cases=many, earlier=before)


def stops_in(viewer: Viewer, first: date, last: date) -> Asking[Stops]:
    """The calls under the Banking Protocol of a period."""
    query = (
        sa.select(
            ProtocolCall.scam,
            sa.func.count(),
            sa.func.sum(ProtocolCall.at_risk_pence),
            sa.func.sum(ProtocolCall.stopped_pence),
            sa.func.count(sa.case((ProtocolCall.safeguarding, 1))),
            sa.func.count(sa.case((ProtocolCall.repeat, 1))),
        )
        .where(
            scope.condition(viewer, ProtocolCall),
            ProtocolCall.called_at >= clock.start_of_day(first),
            ProtocolCall.called_at < clock.end_of_day(last),
        )
        .group_by(ProtocolCall.scam)
    )
    rows = yield from together.rows(query)
    sums = [sum(int(row[at]) for row in rows) for at in range(1, 6)]
    parts = sorted(((row[0], int(row[1]), int(row[3])) for row in rows), key=_most_stopped)
    calls, at_risk, stopped, safeguarding, repeats = sums
    return Stops(calls, at_risk, stopped, safeguarding, repeats, tuple(parts))


def _most_stopped(part: tuple[Scam, int, int]) -> tuple[int, str]:
    return -part[2], part[0].label


def outreach_in(viewer: Viewer, first: date, last: date) -> Asking[Outreach]:
    """The events of a period, and the cases of the viewer that came of them."""
    held = OutreachEvent.held_on.between(first, last)
    counted = ("attendance", "leaflets", "booklets", "signs", "blockers")
    sums = [sa.func.coalesce(sa.func.sum(getattr(OutreachEvent, name)), 0) for name in counted]
    came = (
        sa.select(sa.func.count(OutreachCase.case_id.distinct()))
        .join(OutreachEvent, OutreachEvent.id == OutreachCase.event_id)
        .where(held, scope.condition(viewer, OutreachCase))
    )
    row, (cases,) = yield from together.at_once(
        together.one(sa.select(sa.func.count(), *sums).where(held)), together.one(came)
    )
    events, came_all, *handed = map(int, row)
    leaflets, booklets, signs, blockers = handed
    return Outreach(events, came_all, leaflets, booklets, signs, blockers, cases)


def support_now(viewer: Viewer, today: date) -> Asking[Support]:
    """What is lent, and whom to ask again, today."""
    late = sa.case((SupportItem.due_back_on < today, 1))
    lent = sa.select(sa.func.count(), sa.func.count(late)).where(
        scope.condition(viewer, SupportItem), SupportItem.state == SupportState.LENT
    )
    waiting = sa.select(sa.func.count()).where(
        scope.condition(viewer, RepeatCheck), RepeatCheck.done_on.is_(None)
    )
    found: Any = yield from together.at_once(together.one(lent), together.one(waiting))
    (out, overdue), (checks,) = found
    return Support(out, overdue, checks)


def cases_behind(viewer: Viewer, first: date, last: date) -> Asking[dict[str, int]]:
    """How many cases are behind the sums of the ledger and of the claims of a period."""
    ours = LedgerEntry.contribution.in_(THROUGH_BEACON)
    of_kind = (
        sa.select(LedgerEntry.kind, _distinct(ours), _distinct(sa.not_(ours)))
        .where(scope.condition(viewer, LedgerEntry), LedgerEntry.counted_on.between(first, last))
        .group_by(LedgerEntry.kind)
    )
    claims = (
        sa.select(sa.func.count(BankClaim.case_id.distinct()))
        .join(Loss, Loss.id == BankClaim.loss_id)
        .where(
            scope.condition(viewer, BankClaim),
            Loss.withdrawn_at.is_(None),
            BankClaim.made_on.between(first, last),
        )
    )
    rows, (claimed,) = yield from together.at_once(together.rows(of_kind), together.one(claims))
    found = {kind: (int(through), int(beside)) for kind, through, beside in rows}
    through, beside = found.get(EntryKind.RECOVERED, (0, 0))
    return {
        "claimed_pence": int(claimed),
        # What came without us is known from both sums: the fewer of both count.
        "recovered_pence": min((one for one in (through, beside) if one), default=0),
        "recovered_through_beacon_pence": through,
        "prevented_pence": max(found.get(EntryKind.PREVENTED, (0, 0))),
    }


def _distinct(those: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """How many cases have such an entry."""
    return sa.func.count(sa.case((those, LedgerEntry.case_id)).distinct())

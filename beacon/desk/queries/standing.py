"""Counts that no feature answers for alone: the log, the accounts, and totals without people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from beacon.accounts.models import SignInAttempt, Staff
from beacon.accounts.terms import AttemptKind
from beacon.audit.models import AuditEntry
from beacon.audit.terms import Outcome
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.timetable import JobRun, entries
from beacon.entitlements.codes import STANDARD
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.notify.models import OutboundText
from beacon.notify.terms import Audience, TextState
from beacon.referrals.models import Referral
from beacon.referrals.terms import ReferralState

LEAST_SHOWN = 5  # a smaller total could point to somebody
FOUR_WEEKS = timedelta(days=28)
ROWS_OF_LOG = 20
LEFT = (TextState.SENT, TextState.DELIVERED, TextState.UNDELIVERED, TextState.FAILED)
SENT_AT_MOST = 20
TOTALS_NOTE = (
    f"A total under {LEAST_SHOWN} is never shown, because it could point to somebody. "
    "Four weeks are the last 28 days."
)


@dataclass(frozen=True)
class LogCounts:
    """How long the log is, and what came to it today."""

    rows: int
    today: int
    refused_today: int


@dataclass(frozen=True)
class AccountCounts:
    """Who may sign in, who may not any more, and who has tried in vain today."""

    active: int
    disabled: int
    wrong_today: int


@dataclass(frozen=True)
class AgencyCounts:
    """What became of the referrals of one agency."""

    waiting: int = 0
    accepted: int = 0
    declined: int = 0


@dataclass(frozen=True)
class SentLine:
    """One referral of an agency, by its own reference and without a name."""

    reference: str
    received_at: datetime
    state: ReferralState


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """One job of the timetable, and how it last went."""

    name: str
    minutes: int
    last_at: datetime | None
    done: int
    error: str


def log_counts(today: date) -> LogCounts:
    """The length of the log without walking it: its rows are numbered without a gap."""
    since = AuditEntry.at >= _signed(clock.start_of_day(today))
    written, refused = db.session.execute(
        sa.select(
            sa.func.count(), sa.func.count().filter(AuditEntry.outcome == Outcome.REFUSED.value)
        ).where(since)
    ).one()
    rows = db.session.scalar(sa.select(sa.func.max(AuditEntry.seq))) or 0
    return LogCounts(rows, written, refused)


def latest_of_log() -> Sequence[AuditEntry]:
    """The newest rows of the log: who did what to which record, never what it says."""
    query = sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(ROWS_OF_LOG)
    return db.session.scalars(query).all()


def account_counts(today: date) -> AccountCounts:
    """Accounts that may be used today, those that may not, and wrong passwords since midnight."""
    ended = sa.or_(Staff.disabled_at.is_not(None), Staff.ends_on < today)
    every, gone = db.session.execute(
        sa.select(sa.func.count(), sa.func.count().filter(ended)).select_from(Staff)
    ).one()
    wrong = db.session.scalar(
        sa.select(sa.func.count()).where(
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.kind == AttemptKind.PASSWORD,
            SignInAttempt.created_at >= clock.start_of_day(today),
        )
    )
    return AccountCounts(every - gone, gone, wrong or 0)


def job_lines() -> list[JobLine]:
    """Every job of the timetable with its last run."""
    newest = sa.select(sa.func.max(JobRun.id)).group_by(JobRun.name)
    runs = {
        run.name: run for run in db.session.scalars(sa.select(JobRun).where(JobRun.id.in_(newest)))
    }
    return [
        JobLine(
            name=entry.name,
            minutes=entry.minutes,
            last_at=run.finished_at if run else None,
            done=run.done if run else 0,
            error=run.error if run else "",
        )
        for entry in entries()
        for run in [runs.get(entry.name)]
    ]


def agency_referrals(agency: str) -> AgencyCounts:
    """How many of an agency's own referrals wait, became cases, and were declined."""
    if not agency:
        return AgencyCounts()
    rows = db.session.execute(
        sa.select(Referral.state, sa.func.count().label("sent"))
        .where(Referral.source == agency)
        .group_by(Referral.state)
    )
    counted = {row.state: row.sent for row in rows}
    return AgencyCounts(
        waiting=counted.get(ReferralState.WAITING, 0),
        accepted=counted.get(ReferralState.ACCEPTED, 0),
        declined=counted.get(ReferralState.DECLINED, 0),
    )


def sent_by(agency: str) -> list[SentLine]:
    """The newest referrals of an agency, and what became of each."""
    if not agency:
        return []
    rows = db.session.execute(
        sa.select(Referral.source_reference, Referral.received_at, Referral.state)
        .where(Referral.source == agency)
        .order_by(Referral.received_at.desc(), Referral.id.desc())
        .limit(SENT_AT_MOST)
    )
    return [SentLine(row.source_reference, row.received_at, row.state) for row in rows]


def published(today: date) -> list[tuple[str, str]]:
    """Totals fit for an analyst: no total under five, and nothing that leads to a person."""
    since = clock.start_of_day(today) - FOUR_WEEKS
    live, opened, closed = db.session.execute(
        sa.select(
            sa.func.count().filter(CaseFile.closed_at.is_(None)),
            sa.func.count().filter(CaseFile.opened_at >= since),
            sa.func.count().filter(CaseFile.closed_at >= since),
        ).select_from(CaseFile)
    ).one()
    told, in_time = db.session.execute(
        sa.select(sa.func.count(), sa.func.count().filter(Duty.state == DutyState.MET)).where(
            Duty.state.in_([DutyState.MET, DutyState.MET_LATE]),
            Duty.code != STANDARD,
            Duty.told_at >= since,
        )
    ).one()
    referred = db.session.scalar(
        sa.select(sa.func.count()).select_from(Referral).where(Referral.received_at >= since)
    )
    sent, delivered = db.session.execute(
        sa.select(
            sa.func.count(), sa.func.count().filter(OutboundText.state == TextState.DELIVERED)
        ).where(
            OutboundText.audience == Audience.DEFENDANT,
            OutboundText.state.in_(LEFT),
            OutboundText.on_day > today - FOUR_WEEKS,
        )
    ).one()
    share = f"{round(100 * in_time / told)}%" if told >= LEAST_SHOWN else FEW
    return [
        ("cases that are not closed", enough(live)),
        ("cases opened in four weeks", enough(opened)),
        ("referrals in four weeks", enough(referred or 0)),
        ("cases closed in four weeks", enough(closed)),
        (f"told in time, of {enough(told)} told in four weeks", share),
        (
            f"delivered, of {enough(sent)} court reminders sent in four weeks",
            f"{round(100 * delivered / sent)}%" if sent >= LEAST_SHOWN else FEW,
        ),
    ]


FEW = f"Under {LEAST_SHOWN}"


def enough(number: int) -> str:
    """A total, unless it is so small that it could point to somebody."""
    return f"{number:,}" if number >= LEAST_SHOWN else FEW


def _signed(moment: datetime) -> str:
    """A moment as the log writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

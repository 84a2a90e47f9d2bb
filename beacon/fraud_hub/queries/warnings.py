"""Which last days of the hub are near, and which tasks ought to warn of them (RULE 4.5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.terms import AWAITING, ClaimStatus, EntryKind, Scheme

KINDS = (
    TaskKind.BANK_CLAIM_BY,
    TaskKind.OMBUDSMAN_BY,
    TaskKind.BANK_REPLY_LATE,
    TaskKind.BANK_NEXT_STEP,
)
# What is over for longer is no warning any more: the scheduler was never down for so long.
PASSED = timedelta(days=28)
LONGEST = relativedelta(months=14)  # of the times to claim, with what has passed
NEAREST = min(rules.WARN_DAYS)
Wanted = dict[tuple[int, TaskKind, str], date]


@dataclass(frozen=True)
class CaseWarnings:
    """What ought to stand on one case and does not, and what stands there and ought not to."""

    missing: Wanted
    over: list[CaseTask]


def cases_to_warn(today: date) -> list[int]:
    """The cases whose tasks are not what they ought to be today, in the order of their numbers."""
    wanted, there = wanted_on(today), _there()
    missing = {key[0] for key in wanted.keys() - there.keys()}
    over = {key[0] for key, task in there.items() if task.done_at is None and key not in wanted}
    return sorted(missing | over)


def warnings_of(case_id: int, today: date) -> CaseWarnings:
    """The same of one case, with what is to be done about it."""
    wanted, there = wanted_on(today, case_id), _there(case_id)
    return CaseWarnings(
        missing={key: due_on for key, due_on in wanted.items() if key not in there},
        over=[one for key, one in there.items() if one.done_at is None and key not in wanted],
    )


def wanted_on(today: date, case_id: int | None = None) -> Wanted:
    """The warnings that ought to stand today, with the last day of each."""
    wanted: Wanted = {}
    unclaimed: dict[tuple[int, Scheme], list[Any]] = defaultdict(list)
    for row in db.session.execute(_losses(today, case_id)):
        unclaimed[row.case_id, row.scheme].append(row)
    for (number, scheme), rows in unclaimed.items():
        last_paid = max(row.paid_on for row in rows)
        for row in rows:
            _put_claim(wanted, number, scheme, row, last_paid, today)
    for row in db.session.execute(_claims(case_id)):
        _put_steps(wanted, row, today)
    return wanted


def _put_claim(
    wanted: Wanted, case_id: int, scheme: Scheme, row: Any, last_paid: date, today: date
) -> None:
    last_on = rules.first_claim_by(scheme, row.paid_on, last_paid)
    if row.is_claimed or row.amount_pence <= row.back or last_on is None:
        return
    step = _step(last_on, row.created_at, today)
    if step is not None:
        about = f"bank-claim:{scheme.value}:{last_on}:{step}"
        wanted[case_id, TaskKind.BANK_CLAIM_BY, about] = last_on


def _put_steps(wanted: Wanted, claim: Any, today: date) -> None:
    if claim.ombudsman_by is not None and claim.ombudsman_step is None and _leaves_open(claim):
        step = _step(claim.ombudsman_by, claim.created_at, today)
        if step is not None:
            about = f"bank-ombudsman:{claim.id}:{claim.ombudsman_by}:{step}"
            wanted[claim.case_id, TaskKind.OMBUDSMAN_BY, about] = claim.ombudsman_by
    due_on = claim.reply_expected_on if claim.stopped_on is None else claim.final_reply_on
    if claim.status in AWAITING and due_on < today:
        about = f"bank-reply:{claim.id}:{due_on}"
        wanted[claim.case_id, TaskKind.BANK_REPLY_LATE, about] = due_on
    if claim.next_on is not None and claim.next_on <= today:
        about = f"bank-next:{claim.id}:{claim.next_on}"
        wanted[claim.case_id, TaskKind.BANK_NEXT_STEP, about] = claim.next_on


def _leaves_open(claim: Any) -> bool:
    """Whether the answer left something for the ombudsman; an appeal does not stop his time."""
    if claim.status in {ClaimStatus.AGREED, ClaimStatus.RECEIVED}:
        return bool((claim.agreed_pence or 0) < claim.amount_pence)
    return claim.status in {ClaimStatus.REFUSED, ClaimStatus.APPEALED}


def _step(last_on: date, made_at: Any, today: date) -> int | None:
    """Which warning stands today; the nearest goes on for a while after the day, if it was known
    in time."""
    if today > last_on:
        was_known = last_on >= clock.london_day(made_at)
        return NEAREST if was_known and today - last_on <= PASSED else None
    return rules.warning_of(last_on, today)


def _losses(today: date, case_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    back = (
        sa.select(sa.func.coalesce(sa.func.sum(LedgerEntry.amount_pence), 0))
        .where(LedgerEntry.loss_id == Loss.id, LedgerEntry.kind == EntryKind.RECOVERED)
        .correlate(Loss)
        .scalar_subquery()
    )
    timed = [one for one in Scheme if rules.first_claim_by(one, today, today) is not None]
    query = sa.select(
        Loss.case_id,
        Loss.scheme,
        Loss.paid_on,
        Loss.created_at,
        Loss.amount_pence,
        back.label("back"),
        sa.exists().where(BankClaim.loss_id == Loss.id).label("is_claimed"),
    ).join(CaseFile, CaseFile.id == Loss.case_id)
    query = query.where(
        Loss.paid_on >= today - LONGEST,
        Loss.scheme.in_(timed),
        Loss.withdrawn_at.is_(None),
        *_live(),
    )
    return query if case_id is None else query.where(Loss.case_id == case_id)


def _claims(case_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    query = (
        sa.select(
            BankClaim.id,
            BankClaim.case_id,
            BankClaim.created_at,
            BankClaim.status,
            BankClaim.amount_pence,
            BankClaim.agreed_pence,
            BankClaim.reply_expected_on,
            BankClaim.final_reply_on,
            BankClaim.stopped_on,
            BankClaim.ombudsman_by,
            BankClaim.ombudsman_step,
            BankClaim.next_on,
        )
        .join(CaseFile, CaseFile.id == BankClaim.case_id)
        .join(Loss, Loss.id == BankClaim.loss_id)
        .where(
            BankClaim.lives(),
            Loss.withdrawn_at.is_(None),
            *_live(),
        )
    )
    return query if case_id is None else query.where(BankClaim.case_id == case_id)


def _live() -> tuple[sa.ColumnElement[bool], ...]:
    return CaseFile.closed_at.is_(None), CaseFile.erased_at.is_(None)


def _there(case_id: int | None = None) -> dict[tuple[int, TaskKind, str], CaseTask]:
    """The warnings that stand or were dealt with."""
    query = sa.select(CaseTask).where(CaseTask.kind.in_(KINDS))
    if case_id is not None:
        query = query.where(CaseTask.case_id == case_id)
    return {(one.case_id, one.kind, one.about): one for one in db.session.scalars(query)}

"""Putting an access before somebody to look at, and clearing it."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.audit.terms import Operation, Outcome
from beacon.cases import queries
from beacon.cases.commands.keeping import HOLD
from beacon.cases.models import AccessReview
from beacon.cases.terms import ReviewKind, ReviewOutcome
from beacon.core import clock, scope, settings
from beacon.core.actor import Actor
from beacon.core.db import db, insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.working_days import add_working_days

LOOK_BACK = timedelta(days=7)


def raise_review(
    about: str,
    kind: ReviewKind,
    *,
    staff_id: int,
    case_id: int | None = None,
    break_glass_id: int | None = None,
) -> bool:
    """Put an access before whoever must look at it, once; tell whether it was new."""
    with transaction() as session:
        session.flush()
        return insert_once(
            session,
            AccessReview.__table__,  # type: ignore[arg-type]
            about=about,
            kind=kind,
            staff_id=staff_id,
            case_id=case_id,
            break_glass_id=break_glass_id,
            due_on=add_working_days(clock.today(), settings.count("access.review_days")),
        )


def meet_conflict(case_ids: list[int], *, actor: Actor, asked: str = "") -> None:
    """Write down that somebody asked for a case of their own kin, and tell their leader once."""
    if actor.id is None or not case_ids:
        return
    with transaction():
        for case_id in case_ids:
            _write_down(case_id, actor, asked=asked or None)
            raise_review(
                f"conflict:{actor.id}:{case_id}",
                ReviewKind.CONFLICT,
                staff_id=actor.id,
                case_id=case_id,
            )


def meet_kin_chosen(case_id: int, manager_id: int, *, actor: Actor) -> None:
    """Write down that somebody would give a case to its victim's kin, and have it looked at once.

    Whoever was chosen did nothing: it is the access of the one who chose.
    """
    with transaction():
        _write_down(case_id, actor, manager=manager_id)
        if actor.id is not None:
            raise_review(
                f"kin_chosen:{actor.id}:{case_id}:{manager_id}",
                ReviewKind.KIN_CHOSEN,
                staff_id=actor.id,
                case_id=case_id,
            )


def _write_down(
    case_id: int, actor: Actor, *, asked: str | None = None, manager: int | None = None
) -> None:
    audit.record(
        "case.conflict",
        ("case_file", case_id),
        actor,
        operation=Operation.CONSULTATION,
        outcome=Outcome.REFUSED,
        asked=asked,
        manager=manager,
    )


def ask_to_withdraw(declared_id: int, *, staff_id: int) -> bool:
    """Put before a leader or an auditor that a declaration be taken back, once at a time."""
    if declared_id in queries.withdrawals_waiting(staff_id):
        return False
    before = queries.times_asked_to_withdraw(declared_id)
    about = f"{queries.withdrawal_of(declared_id)}{before + 1}"
    return raise_review(about, ReviewKind.WITHDRAWAL, staff_id=staff_id)


def clear_review(review: AccessReview, *, outcome: ReviewOutcome, note: str, actor: Actor) -> None:
    """Say whether an access was justified: never one's own (security.md Z-13).

    A declaration that its author takes back stands until this was found justified.
    """
    with transaction() as session:
        row = session.get_one(AccessReview, review.id, with_for_update=HOLD, populate_existing=True)
        seen = sa.select(AccessReview.id).where(
            AccessReview.id == row.id, scope.condition(accounts.as_now(actor), AccessReview)
        )
        if db.session.scalar(seen) is None:
            raise NotFound
        if row.staff_id == actor.id:
            raise RuleBroken("This was your own access. Somebody else must look at it.")
        if row.reviewed_at is not None:
            raise RuleBroken("Somebody has looked at this already.")
        if not note.strip():
            raise RuleBroken("Enter what you found.", field="note")
        row.outcome, row.note = outcome, note.strip()
        row.reviewed_at, row.reviewed_by_id = clock.now(), actor.id
        audit.record("access_review.cleared", row, actor, outcome_found=outcome.value)
        if row.kind is ReviewKind.WITHDRAWAL and outcome is ReviewOutcome.JUSTIFIED:
            accounts.withdraw(queries.declared_of(row), actor=actor)


def review_paces() -> int:
    """Ask for a look at each stop for reading too fast that the log has of late; how many anew."""
    return sum(
        raise_review(f"pace:{seq}", ReviewKind.PACE, staff_id=staff_id)
        for seq, staff_id in log.exceeded_since(clock.now() - LOOK_BACK)
    )

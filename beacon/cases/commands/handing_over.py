"""Cases that change hands together, because somebody leaves or has too many."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases.commands.access_reviews import meet_kin_chosen
from beacon.cases.commands.assigning import TakesNoPart, assign_manager
from beacon.cases.commands.finding import move_findable
from beacon.cases.commands.keeping import held_open, keep_history
from beacon.cases.models import CaseFile
from beacon.cases.terms import TimelineEvent
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken

Before = Callable[[CaseFile, Staff], None]


@dataclass
class HandedOver:
    """What became of the cases that somebody wanted to hand over."""

    done: int = 0
    refused: dict[str, str] = field(default_factory=dict)  # why, by the reference


def hand_over(
    case_ids: Collection[int],
    *,
    of: Staff,
    to: Staff,
    before: Before | None = None,
    actor: Actor,
) -> HandedOver:
    """Give cases of one manager to another, each in a transaction of its own.

    What cannot go over is told, and stops none of the others. Cases that the actor may not see are
    not there. What must be seen to, or hold, before each goes is said in `before`.
    """
    came = HandedOver()
    for case in _in_scope(case_ids, of, actor):
        reference = case.reference
        try:
            _hand_over_one(case, of, to, before, actor)
        except RuleBroken as refusal:
            came.refused[reference] = refusal.message
            if isinstance(refusal, TakesNoPart):
                meet_kin_chosen(case.id, to.id, actor=actor)
        else:
            came.done += 1
    if not came.done and not came.refused:
        raise NotFound
    return came


def release_cases(staff_id: int, *, name: str, reason: str, actor: Actor) -> int:
    """Leave every open case of a manager without one, with its team kept and the reason in each."""
    with transaction() as session:
        cases = session.scalars(
            sa.select(CaseFile)
            .where(CaseFile.manager_id == staff_id, CaseFile.closed_at.is_(None))
            .order_by(CaseFile.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).all()
        for case in cases:
            audit.record("case.released", case, actor, was=staff_id)
            case.manager_id = None
            case.version += 1
            move_findable(case)
            keep_history(
                case.id,
                TimelineEvent.RELEASED,
                actor,
                words=f"{name} no longer works here. {reason}",
            )
    return len(cases)


def _in_scope(case_ids: Collection[int], of: Staff, actor: Actor) -> list[CaseFile]:
    query = (
        scope.visible(actor, CaseFile)
        .where(
            CaseFile.id.in_(case_ids),
            CaseFile.manager_id == of.id,
            CaseFile.closed_at.is_(None),
        )
        .order_by(CaseFile.id)
    )
    return list(db.session.scalars(query))


def _hand_over_one(
    case: CaseFile, of: Staff, to: Staff, before: Before | None, actor: Actor
) -> None:
    with transaction():
        row = held_open(case)
        if row.manager_id != of.id:
            raise RuleBroken(f"{of.name} is no longer its case manager.")
        if before is not None:
            before(row, to)
        assign_manager(row, to, version=row.version, actor=actor)

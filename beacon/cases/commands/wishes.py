"""How often a victim wants to hear from us: each change a new row, and the clock it sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import queries
from beacon.cases.commands.keeping import held, keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.commands.tasks import add_task, finish_task
from beacon.cases.models import CaseFile, CaseTask, UpdateWish
from beacon.cases.terms import CasePermission, TaskKind, TimelineEvent, UpdateEvery
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel

WORDS_AT_MOST = 500


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What they asked for, on which day, and in which words."""

    every: UpdateEvery
    channel: Channel | None
    asked_on: date
    words: str = ""


def record_wish(case: CaseFile, wish: Wish, *, actor: Actor) -> UpdateWish:
    """Record how often they want to hear from us; what stood before is kept (Right 6, R6_FREQ).

    The same again, such as a form that was sent twice, changes nothing.
    """
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        said = _checked(wish)
        before = queries.standing_wish(row.id)
        if before is not None and _same(before, said):
            return before
        if before is not None:
            before.replaced_at = clock.now()
            session.flush()  # one stands at a time
        made = UpdateWish(
            case_id=row.id,
            every=said.every,
            channel=said.channel,
            asked_on=said.asked_on,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.words = said.words
        session.add(made)
        audit.record(
            "case.wish_recorded",
            made,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.id,
            every=made.every.value,
        )
        keep_history(row.id, TimelineEvent.WISH, actor, words=made.sentence)
        keep_update_clock(row, actor)
        return made


def keep_update_clock(case: CaseFile, actor: Actor) -> None:
    """Count anew from the last time they were reached, and take off what that has settled."""
    with transaction() as session:
        session.flush()
        wish = queries.standing_wish(case.id)
        if wish is None:
            return
        wish.due_on = queries.update_clock(wish).due_on
        waiting = session.scalars(
            sa.select(CaseTask)
            .where(
                CaseTask.case_id == case.id,
                CaseTask.kind == TaskKind.UPDATE_DUE,
                CaseTask.done_at.is_(None),
                CaseTask.about != _about(wish.due_on),
            )
            .order_by(CaseTask.id)
        ).all()
        for task in waiting:
            finish_task(task, actor=actor)


def call_for_update(wish_id: int, *, actor: Actor) -> bool:
    """Ask the manager for the update that is due today or late, once: whether it was asked now."""
    with transaction() as session:
        wish = session.get(UpdateWish, wish_id)
        if wish is None:
            return False
        case = held(session.get_one(CaseFile, wish.case_id))
        session.refresh(wish)
        if not case.is_open or wish.replaced_at is not None:
            return False
        keep_update_clock(case, actor)
        due_on = wish.due_on
        if due_on is None or due_on > clock.today() or _was_asked(case.id, due_on):
            return False
        add_task(
            case.id, kind=TaskKind.UPDATE_DUE, about=_about(due_on), due_on=due_on, actor=actor
        )
        return True


def _checked(wish: Wish) -> Wish:
    words = wish.words.strip()
    if wish.asked_on > clock.today():
        raise RuleBroken("They cannot have asked yet. Check the date.", field="asked_on")
    if wish.every is UpdateEvery.NO_CONTACT:
        return Wish(every=wish.every, channel=None, asked_on=wish.asked_on, words=words)
    if wish.channel is None:
        raise RuleBroken("Choose how they want to hear from us.", field="channel")
    return Wish(every=wish.every, channel=wish.channel, asked_on=wish.asked_on, words=words)


def _same(row: UpdateWish, said: Wish) -> bool:
    held_now = (row.every, row.channel, row.asked_on, row.words)
    return held_now == (said.every, said.channel, said.asked_on, said.words)


def _about(due_on: date | None) -> str:
    return f"update:{due_on.isoformat() if due_on else ''}"


def _was_asked(case_id: int, due_on: date) -> bool:
    return bool(
        db.session.scalar(
            sa.select(sa.func.count()).where(
                CaseTask.case_id == case_id,
                CaseTask.kind == TaskKind.UPDATE_DUE,
                CaseTask.about == _about(due_on),
            )
        )
    )

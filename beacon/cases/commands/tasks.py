"""What a person must do about a case that is no duty of the Code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases.commands.keeping import keep_history
from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind, TimelineEvent
from beacon.core import clock, lots
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import NotFound


def add_task(case_id: int, *, kind: TaskKind, about: str, due_on: date, actor: Actor) -> CaseTask:
    """Ask for something to be done about a case; once for each kind and subject."""
    with transaction() as session:
        first = {"case_id": case_id, "kind": kind, "about": about, "due_on": due_on}
        if lots.is_open():
            is_new, task = True, lots.keep(CaseTask(**first))
        else:
            session.flush()
            is_new = insert_once(session, CaseTask.__table__, **first)  # type: ignore[arg-type]
            task = session.scalars(
                sa.select(CaseTask).where(
                    CaseTask.case_id == case_id, CaseTask.kind == kind, CaseTask.about == about
                )
            ).one()
        if is_new:
            audit.record("task.added", task, actor, case_id=case_id, kind=kind.value)
            keep_history(case_id, TimelineEvent.TASK_ADDED, actor, words=task.words)
        return task


def finish_task(task: CaseTask, *, actor: Actor) -> None:
    """Record that it is done; a second time changes nothing."""
    with transaction() as session:
        row = session.get(CaseTask, task.id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.done_at is None:
            row.done_at, row.done_by_id = clock.now(), actor.id
            audit.record("task.done", row, actor, case_id=row.case_id)
            keep_history(row.case_id, TimelineEvent.TASK_DONE, actor, words=row.words)


def finish_proposal_tasks(proposal_ids: Iterable[int], actor: Actor) -> None:
    """Take from every case the question that the police feed raised, once it is answered."""
    about = [f"proposal:{number}" for number in proposal_ids]
    with transaction() as session:
        tasks = session.scalars(
            sa.select(CaseTask)
            .where(
                CaseTask.kind == TaskKind.MILESTONE_PROPOSED,
                CaseTask.about.in_(about),
                CaseTask.done_at.is_(None),
            )
            .order_by(CaseTask.id)
        ).all()
        for task in tasks:
            finish_task(task, actor=actor)


def finish_tasks_about(case_id: int, about: str, actor: Actor, *, whole: bool = False) -> None:
    """Take off the open tasks of a case whose subject begins so, or is wholly this."""
    named = CaseTask.about == about if whole else CaseTask.about.startswith(about, autoescape=True)
    with transaction() as session:
        session.flush()
        tasks = session.scalars(
            sa.select(CaseTask)
            .where(CaseTask.case_id == case_id, named, CaseTask.done_at.is_(None))
            .order_by(CaseTask.id)
        ).all()
        for task in tasks:
            finish_task(task, actor=actor)

"""Saying who is on duty on a day, and dealing with what comes to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.cases.commands.tasks import finish_task
from beacon.cases.models import CaseTask, OnDuty
from beacon.cases.queries.on_duty import may_be_on_duty, on_duty, safeguarding_for
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken


def set_on_duty(
    day: date, staff_ids: Collection[int], *, seen: Collection[int], actor: Actor
) -> None:
    """Say who is on duty on a day; nobody leaves it to every team leader.

    `seen` is who was on duty when the page was opened: refused where that has changed since.
    """
    if day < clock.today():
        raise RuleBroken("That day is over. Choose today or a later day.")
    wanted = set(staff_ids)
    with transaction() as session:
        still_may(actor, CasePermission.DUTY_LIST)
        now = set(on_duty(day))
        if now != set(seen):
            raise RuleBroken("Somebody else has just changed this day. Look again.")
        known = {person.id for person in may_be_on_duty()}
        if not wanted <= known | now:
            raise RuleBroken("Choose only people from the list.", field="people")
        if wanted == now:
            return
        gone = sa.delete(OnDuty).where(OnDuty.day == day, OnDuty.staff_id.in_(now - wanted))
        session.execute(gone)
        for staff_id in sorted(wanted - now):
            table: sa.Table = OnDuty.__table__  # type: ignore[assignment]
            insert_once(session, table, day=day, staff_id=staff_id, created_at=clock.now())
        audit.record(
            "on_duty.changed",
            ("on_duty", day.isoformat()),
            actor,
            was=",".join(map(str, sorted(now))),
            now=",".join(map(str, sorted(wanted))),
        )


def deal_with(task_id: int, *, actor: Actor) -> None:
    """Whoever is on duty has seen to it that nobody is at risk by a shared number."""
    with transaction() as session:
        now = still_may(actor, CasePermission.WORK)
        if task_id not in {row.task_id for row in safeguarding_for(now)}:
            raise NotFound
        finish_task(session.get_one(CaseTask, task_id), actor=actor)

"""Warning a manager before something that protects a victim ends, or a last day passes."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.commands.keeping import held
from beacon.cases.commands.tasks import add_task
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.queries import AlarmDue
from beacon.core.actor import Actor
from beacon.core.db import transaction


def raise_alarm(alarm: AlarmDue, *, actor: Actor) -> bool:
    """Put a warning on the case, once: whether it is new."""
    with transaction() as session:
        case = held(session.get_one(CaseFile, alarm.case_id))
        there = sa.select(CaseTask.id).where(
            CaseTask.case_id == case.id,
            CaseTask.kind == alarm.kind,
            CaseTask.about == alarm.about,
        )
        if not case.is_open or session.scalar(there) is not None:
            return False
        add_task(case.id, kind=alarm.kind, about=alarm.about, due_on=alarm.last_on, actor=actor)
        return True

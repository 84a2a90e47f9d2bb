"""What those who watch over access find: a restricted case, a broken glass, a night at work."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.seed.diary import at
from beacon.seed.scene import Scene
from beacon.seed.staff import NORTH, SOUTH, Colleague

WHY_RESTRICTED = "The suspect works for a partner of ours and knows people in this office"
WHY_BROKEN = "She rang in tears, her case manager is on leave, and she asks whether he was let out"
AT_NIGHT = ("23:42", "23:47", "23:51")


class Watching:
    """Puts in the diary what a team leader and an auditor look at."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reference = ""

    def write(self) -> None:
        """Last week somebody looked at night; on the last working day the glass was broken."""
        diary = self.scene.diary
        monday = diary.today - timedelta(days=diary.today.weekday())
        for moment in AT_NIGHT:
            diary.put(at(monday - timedelta(days=4), moment), self.look)
        diary.put(at(diary.last_working, "10:15"), self.restrict)
        diary.put(at(diary.last_working, "14:05"), self.break_the_glass)

    def look(self) -> None:
        """A manager opens a case of theirs when nobody is at work."""
        manager = self.scene.office.all(Role.CASE_MANAGER, team=SOUTH)[-1]
        case = self._case_of(manager)
        if case is not None:
            with transaction():
                audit.record(
                    "case.shown",
                    case,
                    manager.actor,
                    operation=Operation.CONSULTATION,
                    fields=("people.name", "cases.notes"),
                )

    def restrict(self) -> None:
        """A leader closes a case to all but its manager and those who are named."""
        case = self._case_of(self.scene.office.all(Role.CASE_MANAGER, team=NORTH)[-1])
        if case is not None:
            leader = self.scene.office.one(Role.TEAM_LEADER, team=NORTH)
            cases.restrict(case, reason=WHY_RESTRICTED, version=case.version, actor=leader.actor)
            self.reference = case.reference

    def break_the_glass(self) -> None:
        """Somebody of the other team opens it, for a reason that waits to be looked at."""
        if self.reference:
            manager = self.scene.office.all(Role.CASE_MANAGER, team=SOUTH)[0]
            cases.break_glass(self.reference, reason=WHY_BROKEN, actor=manager.actor)

    def _case_of(self, manager: Colleague) -> CaseFile | None:
        return db.session.scalars(
            sa.select(CaseFile)
            .where(CaseFile.manager_id == manager.id, CaseFile.status != CaseStatus.CLOSED)
            .order_by(CaseFile.id)
        ).first()

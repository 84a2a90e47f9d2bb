"""Calls of the county: pass-phrases, callers who were known and who were not, and messages."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from beacon.calls import commands
from beacon.calls.commands import Left, SaidOfThemselves
from beacon.calls.terms import Proof, RingBack
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.seed.diary import at, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

RUNG_OF = 2  # cases of each manager
DAYS_BACK = 4
PHRASES = (("Three brown owls", "Birds"), ("Blue garden gate", "Where she grew up"))
ASKED = ("When is the hearing?", "She has a new date for the interview and wants to say it.")


class Calling:
    """Sets pass-phrases on a few cases of every desk, and has their victims ring."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """Put it in the diary: set some days ago, rung since, and messages that wait today."""
        diary = self.scene.diary
        diary.put(at(working_days_back(diary.today, DAYS_BACK), "11:05"), self.set_phrases)
        diary.put(at(diary.last_working, "15:50"), self.ring)

    def set_phrases(self) -> None:
        """A pass-phrase agreed with the victim of each of these cases, and a first call."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for place, case in enumerate(self._cases_of(manager)):
                phrase, hint = PHRASES[place]
                commands.set_phrase(case, phrase=phrase, hint=hint, version=0, actor=manager.actor)
                later = at(clock.today(), "16:10")
                self.scene.diary.put(later, partial(self._known, case.id, phrase, manager))

    def ring(self) -> None:
        """Messages that wait: one for each manager, and one of somebody who was not found."""
        today = self.scene.diary.today
        intake = self.scene.office.all(Role.INTAKE_OFFICER)[0]
        for number, manager in enumerate(self.scene.office.all(Role.CASE_MANAGER)):
            for case in self._cases_of(manager)[:1]:
                left = Left(
                    words=ASKED[number % len(ASKED)],
                    ring_on=today,
                    hours="after 14:00",
                    way=RingBack.THEY_RING,
                )
                commands.leave_message(case, left, proof=Proof.NONE, actor=intake.actor)
        unknown = Left(
            words="Her sister told her to ring us.", ring_on=today, hours="", way=RingBack.THEY_RING
        )
        commands.leave_unplaced(unknown, SaidOfThemselves(name="Marta Example"), actor=intake.actor)

    def _known(self, case_id: int, phrase: str, manager: Colleague) -> None:
        case = db.session.get_one(CaseFile, case_id)
        if case.is_open and case.manager_id == manager.id:
            commands.check_phrase(case, phrase, actor=manager.actor)

    def _cases_of(self, manager: Colleague) -> list[CaseFile]:
        query = (
            sa.select(CaseFile)
            .where(
                CaseFile.manager_id == manager.id,
                CaseFile.closed_at.is_(None),
                CaseFile.restricted.is_(False),
            )
            .order_by(CaseFile.id.desc())
            .limit(RUNG_OF)
        )
        return list(db.session.scalars(query))

"""What the victims of the county asked for: updates, statements, complaints, and what protects."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases import queries
from beacon.cases.commands import OrderFacts, StepGiven, Wish
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFile, Crime
from beacon.cases.rules import INTERVALS
from beacon.cases.terms import (
    CaseStatus,
    CrimeKind,
    FactChoice,
    FactKind,
    FactStep,
    OrderKind,
    UpdateEvery,
)
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.seed.diary import at, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

ASKED_OF = 6  # the newest cases of each manager
WEEKS_AHEAD = timedelta(days=9)


class Asking:
    """Writes down what victims asked for, a few cases for every desk."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """Put it in the diary, with the warnings that the scheduler has given meanwhile."""
        diary = self.scene.diary
        asked_on = at(working_days_back(diary.today, 2), "16:30")
        diary.put(asked_on, self.ask)
        for day in (diary.last_working, diary.today):
            diary.put(at(day, "08:20"), raise_alarms)

    def ask(self) -> None:
        """For every manager: wishes, then an order, a statement and a complaint."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            found = self._cases_of(manager)
            for place, case in enumerate(found):
                self._wish(case, manager, always_weekly=place == 0)
            begin = (self._order, self._statement, self._complaint)
            for case, of_case in zip(found, begin, strict=False):
                of_case(case, manager)

    def _wish(self, case: CaseFile, manager: Colleague, *, always_weekly: bool) -> None:
        last = queries.last_updates(sa.select(sa.literal(case.id))).get(case.id)
        since = clock.today() - clock.london_day(last) if last else timedelta()
        kept = (every for every, days in INTERVALS.items() if since < timedelta(days=days))
        every = UpdateEvery.WEEK if always_weekly else next(kept, UpdateEvery.KEY_EVENTS)
        said = Wish(every=every, channel=Channel.PHONE, asked_on=clock.today())
        cases.record_wish(case, said, actor=manager.actor)

    def _order(self, case: CaseFile, manager: Colleague) -> None:
        facts = OrderFacts(
            kind=OrderKind.POLICE_BAIL,
            starts_on=self._began(case),
            ends_on=self.scene.diary.today + WEEKS_AHEAD,
            conditions="Not to contact the victim, and not to enter the road in which it happened.",
        )
        cases.record_order(case, facts, actor=manager.actor)

    def _statement(self, case: CaseFile, manager: Colleague) -> None:
        offered = StepGiven(step=FactStep.OFFERED, on=self._began(case))
        fact = cases.start_fact(case, FactKind.STATEMENT, offered, actor=manager.actor)
        answered = StepGiven(step=FactStep.ANSWERED, on=clock.today(), choice=FactChoice.WANTS)
        cases.record_step(case, fact, answered, actor=manager.actor)

    def _complaint(self, case: CaseFile, manager: Colleague) -> None:
        received = StepGiven(
            step=FactStep.RECEIVED,
            on=clock.today(),
            choice=FactChoice.POLICE,
            words="Nobody rang back.",
        )
        cases.start_fact(case, FactKind.COMPLAINT, received, actor=manager.actor)

    def _began(self, case: CaseFile) -> date:
        """A day on which something can have been: no earlier than the offence."""
        return max(case.crime.began_on, clock.today() - timedelta(days=14))

    def _cases_of(self, manager: Colleague) -> list[CaseFile]:
        query = (
            sa.select(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(
                CaseFile.manager_id == manager.id,
                CaseFile.status == CaseStatus.OPEN,
                Crime.kind == CrimeKind.CRIME,
            )
            .order_by(CaseFile.id.desc())
            .limit(ASKED_OF)
        )
        return list(db.session.scalars(query))

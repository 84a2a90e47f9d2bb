"""What must lie on every manager's desk today: something late, due today, and due next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.jobs import remind_managers
from beacon.cases.models import CaseFile, Crime, CrimeMilestone
from beacon.cases.queries import cases_of_crime
from beacon.cases.terms import CaseStatus, CrimeKind, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.working_days import is_working_day, working_day_before
from beacon.entitlements import queries as entitlements
from beacon.entitlements.terms import Milestone
from beacon.seed.arrivals import Row
from beacon.seed.courts import Courts
from beacon.seed.diary import at, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

STANDARD_DAYS, ENHANCED_DAYS = 5, 1
# What an investigation comes to, in this order; a case may begin at any of the first.
STEPS = (
    Milestone.ARRESTED,
    Milestone.INTERVIEWED_UNDER_CAUTION,
    Milestone.BAILED,
    Milestone.BAIL_CHANGED,
    Milestone.RELEASED_UNDER_INVESTIGATION,
)
BEGINNINGS = 2
RECEIVED_WITHIN = timedelta(days=75)
REMIND_DAYS = 9


class Desks:
    """Makes sure of the work that every desk has."""

    def __init__(self, scene: Scene, courts: Courts) -> None:
        self.scene = scene
        self.courts = courts
        self.rows: dict[int, Row] = {}

    def write(self) -> None:
        """Put it in the diary, with the reminders that the scheduler has made meanwhile."""
        diary = self.scene.diary
        late_on = working_days_back(diary.today, 2)
        diary.put(at(working_day_before(late_on), "15:40"), partial(self.owe, late_on))
        evening = at(diary.last_working, "16:20")
        if is_working_day(diary.today):
            diary.put(evening, partial(self.owe, diary.today))
        diary.put(evening + timedelta(minutes=5), partial(self.owe, diary.next_working))
        ahead = (diary.today, diary.tomorrow, diary.next_working)
        charged_on = at(working_days_back(diary.last_working, 3), "11:30")
        for day in (*self.courts.past_days(), *dict.fromkeys(ahead)):
            diary.put(charged_on, partial(self.charge_for, day))
        diary.put(evening + timedelta(minutes=9), self.leave_a_note)
        for back in range(REMIND_DAYS):
            day = diary.today - timedelta(days=back)
            for hour in ("08:10", "16:50"):
                diary.put(at(day, hour), remind_managers)

    def owe(self, due_on: date) -> None:
        """For every manager, one case in which a victim must be told something by that day."""
        for place, manager in enumerate(self.scene.office.all(Role.CASE_MANAGER)):
            found = self._cases_of(manager)
            if not any(self._owe_in(case, place, due_on, manager) for case in found):
                any(self._owe_in(case, place, due_on, manager, again=True) for case in found)

    def _owe_in(
        self, case: CaseFile, place: int, due_on: date, manager: Colleague, *, again: bool = False
    ) -> bool:
        """The next step of a case, or `again` a change of bail, so that it must be told by then."""
        days = ENHANCED_DAYS if case.enhanced else STANDARD_DAYS
        moment = at(working_days_back(due_on, days), "09:20")
        known = max(case.crime.recorded_at, clock.start_of_day(case.crime.began_on))
        kind = self._next_step(case, place + due_on.day, before=moment)
        kind = kind or (Milestone.BAIL_CHANGED if again else None)
        if kind is None or not known <= moment <= clock.now():
            return False
        cases.record_milestone(case.crime, kind=kind, at=moment, actor=manager.actor)
        self._keep(case)
        return True

    def _next_step(self, case: CaseFile, chance: int, *, before: datetime) -> Milestone | None:
        """What follows on what has happened in this case, if anything can."""
        done = db.session.scalars(
            sa.select(CrimeMilestone).where(
                CrimeMilestone.crime_id == case.crime_id,
                CrimeMilestone.kind != Milestone.CRIME_REPORTED,
                CrimeMilestone.withdrawn_at.is_(None),
            )
        ).all()
        if any(one.kind not in STEPS or one.happened_at >= before for one in done):
            return None
        place = max((STEPS.index(one.kind) + 1 for one in done), default=chance % BEGINNINGS)
        return STEPS[place] if place < len(STEPS) else None

    def charge_for(self, day: date) -> None:
        """A suspect in one of our cases is charged, to appear on that day."""
        for manager in reversed(self.scene.office.all(Role.CASE_MANAGER)):
            for case in self._cases_of(manager):
                row = self.rows.get(case.id)
                alone = len(cases_of_crime(case.crime.reference_key)) == 1
                if row is not None and row.person.mobile and alone:
                    self.courts.charge(case, row, on=day)
                    self._keep(case)
                    return

    def leave_a_note(self) -> None:
        """Something else to do, on one desk of each team."""
        for leader in self.scene.office.all(Role.TEAM_LEADER):
            manager = self.scene.office.all(Role.CASE_MANAGER, team=leader.team)[0]
            for case in self._cases_of(manager)[:1]:
                cases.add_task(
                    case.id,
                    kind=TaskKind.OTHER,
                    about="Ring the officer about the telephone they still hold",
                    due_on=self.scene.diary.today,
                    actor=leader.actor,
                )

    def _cases_of(self, manager: Colleague) -> list[CaseFile]:
        """Open cases of a manager: those that were not used here before, then the latest first."""
        query = (
            sa.select(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(
                CaseFile.manager_id == manager.id,
                CaseFile.status != CaseStatus.CLOSED,
                Crime.kind == CrimeKind.CRIME,
                CaseFile.opened_at > clock.now() - RECEIVED_WITHIN,
            )
            .order_by(CaseFile.id.desc())
        )
        kept = self.scene.for_the_desk
        return sorted(db.session.scalars(query), key=lambda case: case.id in kept)

    def _keep(self, case: CaseFile) -> None:
        """Nothing of this is told before today: it is for the people who look."""
        self.scene.for_the_desk.add(case.id)
        self.scene.planned |= {duty.id for duty in entitlements.open_duties(case.id)}

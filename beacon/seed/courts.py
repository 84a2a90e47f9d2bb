"""The courts: charges in our cases, the lists that the courts send, and what came of hearings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.phone import Phone
from beacon.core.roles import Role
from beacon.core.working_days import is_working_day, next_working_day, working_day_before
from beacon.courts.commands.charges import Charge, record_charge
from beacon.courts.commands.courts import verify_county_courts
from beacon.courts.commands.hearings import record_outcome
from beacon.courts.imports import import_court_list
from beacon.courts.models import Hearing
from beacon.courts.terms import (
    Attendance,
    HearingOutcome,
    HearingStatus,
    Initiation,
    Remand,
)
from beacon.entitlements.terms import Milestone
from beacon.seed.arrivals import Row
from beacon.seed.diary import at, office_day
from beacon.seed.hearings import COUNTY_COURTS, WEEKEND_COURT, HearingRows, Listed
from beacon.seed.intake import as_file
from beacon.seed.scene import Scene
from beacon.seed.telling import Telling

OUTCOMES = (
    *((HearingOutcome.HELD, Attendance.ATTENDED),) * 6,
    (HearingOutcome.ADJOURNED, Attendance.ATTENDED),
    (HearingOutcome.WARRANT, Attendance.DID_NOT_ATTEND),
    (HearingOutcome.HEARD_IN_ABSENCE, Attendance.DID_NOT_ATTEND),
    (HearingOutcome.DISCONTINUED, Attendance.NOT_REQUIRED),
)
AFTERWARDS = (
    Milestone.PLEADED_GUILTY,
    Milestone.PLEADED_NOT_GUILTY,
    Milestone.SENTENCED,
    Milestone.BAIL_HEARING_OUTCOME,
)


@dataclass
class Courts:
    """Everything that happens at court."""

    scene: Scene
    telling: Telling
    rows: HearingRows = field(init=False)
    charged: list[Listed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = HearingRows(self.scene)

    def write(self) -> None:
        """Put the lists, the outcomes and the checks of the courts' addresses in the diary."""
        diary = self.scene.diary
        for moment in (diary.began, at(diary.today - timedelta(days=12), "09:40"), diary.now):
            diary.put(moment, self._verify)
        first, second = self.past_days()
        early = at(first - timedelta(days=1), "06:40")
        diary.put(early, partial(self.take_list, "early", [first, second]))
        day_before = at(diary.yesterday, "06:40")
        diary.put(day_before, partial(self.take_list, "today", [diary.today]))
        newest = min(at(diary.today, "06:40"), diary.now - timedelta(minutes=20))
        diary.put(newest, partial(self.take_list, "next", self.days_ahead()))
        for day in (first, second):
            diary.put(at(day, "16:30"), partial(self.record_outcomes, day))

    def past_days(self) -> tuple[date, date]:
        """Two days of hearings that are over: yesterday, and the working day before it."""
        yesterday = self.scene.diary.yesterday
        before = self.scene.diary.last_working
        while before >= yesterday:
            before = working_day_before(before)
        return before, yesterday

    def days_ahead(self) -> list[date]:
        """Tomorrow, and the working days after."""
        diary = self.scene.diary
        days = {diary.tomorrow, diary.next_working, next_working_day(diary.next_working)}
        return sorted(days)

    def charge(self, case: CaseFile, row: Row, *, on: date | None = None) -> None:
        """A suspect is charged, and the first hearing is some weeks away, or on a day."""
        chance, people = self.scene.chance, self.scene.people
        name = people.name()
        now = clock.now()
        held_on = on or office_day(clock.london_day(now) + timedelta(days=chance.whole(14, 35)))
        charge = Charge(
            first_name=name.first,
            last_name=name.last,
            court=chance.pick(COUNTY_COURTS) if is_working_day(held_on) else WEEKEND_COURT,
            held_on=held_on,
            starts_at=time(chance.pick((9, 10, 14)), 30),
            date_of_birth=people.adult_born(),
            mobile=Phone.parse(self._number(row, on)),
            remand=chance.pick((Remand.CONDITIONAL, Remand.UNCONDITIONAL)),
            initiation=chance.pick((Initiation.CHARGE, Initiation.REQUISITION)),
        )
        charged_at = max(now - timedelta(minutes=chance.whole(5, 120)), self._start(case))
        actor = self.scene.manager_of(case).actor
        hearing = record_charge(case, charge, at=charged_at, actor=actor)
        self.charged.append(Listed(row.reference, charge))
        if not on:
            self.scene.diary.put(at(held_on, "16:20"), partial(self._after, hearing.id, case.id))

    def take_list(self, name: str, days: Sequence[date]) -> None:
        """A court list comes in, with our own defendants among many others."""
        rows = [row for day in days for row in self.rows.of(day, self.charged)]
        import_court_list(
            as_file(rows),
            file_name=f"court-list-{days[0]:%Y-%m-%d}-{name}.csv",
            actor=self.scene.office.one(Role.COURT_OFFICER).actor,
        )

    def record_outcomes(self, day: date) -> None:
        """Write down what came of most of a day's hearings; some are left for tomorrow."""
        held = db.session.scalars(
            sa.select(Hearing)
            .where(
                Hearing.held_on == day,
                Hearing.outcome.is_(None),
                Hearing.status == HearingStatus.LISTED,
            )
            .order_by(Hearing.id)
        ).all()
        for place, hearing in enumerate(held):
            if place % 3:
                self._outcome(hearing)

    def _after(self, hearing_id: int, case_id: int) -> None:
        """The hearing is over: its outcome, and what follows from it for the victim."""
        hearing, case = db.session.get_one(Hearing, hearing_id), self.scene.case(case_id)
        if hearing.is_live:
            self._outcome(hearing)
        if case.is_open:
            cases.record_milestone(
                case.crime,
                kind=self.scene.chance.pick(AFTERWARDS),
                at=clock.now() - timedelta(hours=2),
                received_at=clock.now() - timedelta(minutes=10)
                if self.scene.chance.happens(0.5)
                else None,
                actor=self.scene.manager_of(case).actor,
            )
            self.telling.plan_for(case.crime)

    def _outcome(self, hearing: Hearing) -> None:
        outcome, attendance = self.scene.chance.pick(OUTCOMES)
        record_outcome(
            hearing.id,
            outcome=outcome,
            attendance=attendance,
            version=hearing.version,
            actor=self.scene.office.one(Role.COURT_OFFICER).actor,
        )

    def _verify(self) -> None:
        verify_county_courts(actor=self.scene.office.one(Role.COURT_OFFICER).actor)

    def _number(self, row: Row, held_on: date | None) -> str:
        """The defendant's own number; once the victim's, so that the guard has its work to do."""
        if held_on == self.scene.diary.tomorrow and row.person.mobile:
            return row.person.mobile
        return self.scene.people.defendant_number()

    def _start(self, case: CaseFile) -> datetime:
        return max(case.crime.recorded_at, clock.start_of_day(case.crime.began_on))

"""What everybody in the story shares: the diary, the office, chance and the made-up people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.working_days import add_working_days
from beacon.reports.rules import quarter_before
from beacon.seed.chance import Chance
from beacon.seed.diary import Diary, at, office_day
from beacon.seed.fates import Fates
from beacon.seed.people import People
from beacon.seed.staff import Colleague, Office

SHUTS = "16:45"


@dataclass
class Scene:
    """One county while it is being made up."""

    diary: Diary
    office: Office
    chance: Chance
    people: People
    planned: set[int] = field(default_factory=set)  # the duties whose telling is in the diary
    fates: Fates = field(init=False)
    for_the_desk: set[int] = field(default_factory=set)  # cases kept for today's desks

    def __post_init__(self) -> None:
        self.fates = Fates(quarter_before(self.diary.today))

    def soon(self, least: int, most: int) -> datetime:
        """A moment in office hours, so many working days from the moment it is in the diary."""
        now = clock.now()
        day = clock.london_day(now)
        days = self.chance.whole(least, most)
        if days == 0 and office_day(day) == day:
            later = now + timedelta(minutes=self.chance.whole(10, 240))
            if at(day, "09:00") < later < at(day, SHUTS):
                return later
            days = 1 if later >= at(day, SHUTS) else 0
        return self.in_hours(add_working_days(day, days) if days else office_day(day))

    def in_hours(self, day: date) -> datetime:
        """Some moment of a day at work."""
        minutes = self.chance.whole(15, 440)
        return at(day, "09:00") + timedelta(minutes=minutes)

    def manager_of(self, case: CaseFile) -> Colleague:
        """Who acts in a case: its manager, or else a team leader."""
        return self.office.by_id(case.manager_id)

    def a_moment_ago(self) -> datetime:
        """A little before the moment it is in the diary."""
        return clock.now() - timedelta(minutes=self.chance.whole(3, 40))

    def case(self, case_id: int) -> CaseFile:
        """The case as it is now."""
        return db.session.get_one(CaseFile, case_id)

    def leader(self, team: str) -> Colleague:
        """The leader of a team."""
        return self.office.one(Role.TEAM_LEADER, team=team)

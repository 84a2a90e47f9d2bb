"""When the made-up staff work and what they can do, who is away and who covers, and a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.caseloads import commands as caseloads
from beacon.caseloads.commands import Agreed, PatternGiven, Reviewed
from beacon.caseloads.terms import ReviewQuestion, ReviewScore, Skill, StrengthKind
from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.seed.diary import at
from beacon.seed.scene import Scene
from beacon.seed.staff import NORTH, SETTING_UP
from beacon.seed.words import DISTRICTS

AWAY_FOR = timedelta(days=8)
LEAVE_LATER = timedelta(days=21)
HANDED_OVER = 2
WHY_HANDED = "Gwen has more than she can carry until she is back"
DONE_WELL = "They were asked how they want to be told, and it was kept to every time"
OTHERWISE = "Say in the record what they want to happen, in their words"
SCORES = (
    ReviewScore.FULLY,
    ReviewScore.MOSTLY,
    ReviewScore.PARTLY,
    ReviewScore.MOSTLY,
    ReviewScore.MOSTLY,
)


@dataclass(frozen=True)
class Works:
    """The pattern of one of the made-up staff."""

    days: str
    hours: str
    skills: tuple[Skill, ...]
    languages: str = ""
    capacity: int | None = None


PATTERNS = {
    "Priya Ramsbottom": Works(
        "12345", "37", (Skill.DOMESTIC_ABUSE, Skill.STALKING, Skill.YOUNG_PEOPLE), "Hindi"
    ),
    "Gwen Larkham": Works("1234", "30", (Skill.HATE_CRIME, Skill.BEREAVEMENT)),
    "Marcus Oyelaran": Works("12345", "37", (Skill.SEXUAL_VIOLENCE, Skill.MODERN_SLAVERY)),
    "Saoirse Penhallow": Works("123", "22.5", (Skill.DOMESTIC_ABUSE, Skill.SEXUAL_VIOLENCE)),
    "Dawid Stanhope": Works("12345", "37", (Skill.ASB, Skill.HATE_CRIME, Skill.STALKING), "Polish"),
    "Beatrix Nunn": Works("12345", "37", (Skill.FRAUD,)),
    "Yusuf Hargreave": Works("345", "22.5", (Skill.FRAUD,), "Urdu"),
}


class Working:
    """Puts in the diary what a team leader sets and asks of the team."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """All of it on the last working day, with days that reach to today and beyond."""
        day = self.scene.diary.last_working
        self.scene.diary.put(at(day, "08:40"), self.set_patterns)
        self.scene.diary.put(at(day, "08:50"), self.go_away)
        self.scene.diary.put(at(day, "16:30"), self.hand_over)
        self.scene.diary.put(at(day, "16:35"), self.review)

    def set_patterns(self) -> None:
        """Working days, hours, skills, districts and languages of those who manage cases."""
        for one in self.scene.office.colleagues:
            works = PATTERNS.get(one.name)
            if works is not None:
                here = [name for name, (team, _) in DISTRICTS.items() if team == one.team]
                given = PatternGiven(
                    days=works.days,
                    hours=works.hours,
                    capacity=works.capacity,
                    strengths={
                        StrengthKind.SKILL: [skill.value for skill in works.skills],
                        StrengthKind.DISTRICT: here,
                        StrengthKind.LANGUAGE: [works.languages],
                    },
                )
                person = db.session.get_one(Staff, one.id)
                caseloads.set_pattern(person, given, version=0, actor=SETTING_UP)

    def go_away(self) -> None:
        """One manager of the north is away from today, covered; another is, later."""
        first, away, later = self._north()
        today, leader = self.scene.diary.today, self.scene.leader(NORTH)
        caseloads.add_leave(away, today, today + AWAY_FOR, actor=leader.actor)
        caseloads.start_cover(away, first, today, today + AWAY_FOR, actor=leader.actor)
        caseloads.add_leave(
            later, today + LEAVE_LATER, today + LEAVE_LATER + AWAY_FOR, actor=leader.actor
        )

    def hand_over(self) -> None:
        """Two of their cases go to a colleague for good, who has still to accept them."""
        _, away, taker = self._north()
        leader = self.scene.leader(NORTH)
        given = dict.fromkeys(self._open_cases(away)[-HANDED_OVER:], taker.id)
        if given:
            caseloads.hand_over(
                given, of=away, reason=WHY_HANDED, although_full=True, actor=leader.actor
            )

    def review(self) -> None:
        """The leader looks at one case, and agrees one thing with its manager."""
        first, leader = self._north()[0], self.scene.leader(NORTH)
        for case_id in self._open_cases(first)[:1]:
            found = Reviewed(
                scores=dict(zip(ReviewQuestion, SCORES, strict=True)),
                good=DONE_WELL,
                words=OTHERWISE,
                agreed=[
                    Agreed(
                        "Ask what they want to happen, at the next call", clock.today() + AWAY_FOR
                    )
                ],
            )
            case = db.session.get_one(CaseFile, case_id)
            caseloads.review_case(case, found, actor=leader.actor)

    def _north(self) -> list[Staff]:
        people = self.scene.office.all(Role.CASE_MANAGER, team=NORTH)
        return [db.session.get_one(Staff, one.id) for one in people]

    def _open_cases(self, person: Staff) -> list[int]:
        """Their open cases that are neither restricted nor kept for today's desks."""
        found = db.session.scalars(
            sa.select(CaseFile.id)
            .where(
                CaseFile.manager_id == person.id,
                CaseFile.status == CaseStatus.OPEN,
                CaseFile.restricted.is_(False),
            )
            .order_by(CaseFile.id)
        )
        return [case_id for case_id in found if case_id not in self.scene.for_the_desk]

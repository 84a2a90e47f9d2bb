"""What people of the county say of us: months that were counted, words, a fear, and a call back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from beacon.seed.diary import at, office_day
from beacon.seed.scene import Scene
from beacon.surveys import commands
from beacon.surveys.jobs import INVITES, OPENS
from beacon.surveys.models import SurveyInvitation, SurveyWords
from beacon.surveys.rules import Answers
from beacon.surveys.terms import PAGES_OF_MEASURES, Page, Point, Score, WordsState

MONTHS = (28, 12, 12)  # how many answer in each month that is over, the last first
ASKED_NOW = 8
# How people answer, in turn; those who feel safer are fewer than those who are satisfied.
USUAL = (Score.FIVE, Score.FOUR, Score.FIVE, Score.FIVE, Score.FOUR, Score.FIVE, Score.THREE)
SAFER = (Score.FOUR, Score.FIVE, Score.THREE, Score.FOUR, Score.NONE, Score.TWO, Score.FIVE)
WORDS = (
    "Everybody was patient with me, and explained what would happen next.",
    "I would have liked to hear something before the hearing, not after.",
    "Thank you. I did not know that I could ask for help with the locks.",
    "It took long until somebody rang, but then it was good.",
    "She listened. Nobody had before.",
    "Please ring in the evening. I work in the day.",
    "The letter was hard to understand. The call made it clear.",
    "I was told each time when the court moved the day.",
    "I wish that I had known of you sooner.",
    "You helped me with the bank when I had given up.",
    "I was asked the same things three times by three people.",
    "I sleep again. Thank you.",
    "It was good that I could choose how you reach me.",
)
ALARMING = "He is back in the street and I am afraid to open the door."
RING_ME = "I have a question about the letter from the court."


class Voices:
    """Asks people on the telephone month by month, and opens the box after each month."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.turn = 0

    def write(self) -> None:
        """Past months first; then what waits for a leader today."""
        diary = self.scene.diary
        begins = diary.today.replace(day=1)
        for answers in MONTHS:
            after, begins = begins, (begins - timedelta(days=1)).replace(day=1)
            day = office_day(begins + timedelta(days=19))
            diary.put(at(day, "15:10"), partial(self.ask_many, answers))
            diary.put(at(after, "02:10"), partial(commands.empty_box, actor=OPENS))
        diary.put(at(diary.last_working, "15:30"), self.ask_some)
        diary.put(at(diary.last_working, "15:50"), self.wait_for_a_leader)
        diary.put(at(diary.last_working, "16:10"), self.read_some)

    def ask_many(self, answers: int) -> None:
        """A month's answers, on the telephone."""
        for case in self._cases(answers):
            number, is_wordless = divmod(self.turn, 5)
            self._answer(case, "" if is_wordless else WORDS[number % len(WORDS)])

    def ask_some(self) -> None:
        """By a link, where that is safe; why it is not stands on the page of the case."""
        for number, case in enumerate(self._cases(ASKED_NOW)):
            if number % 4:
                self._agree(case)
            point = Point.AFTER_CONTACT if case.is_open else Point.CLOSING
            commands.invite(case.id, point, actor=INVITES)

    def wait_for_a_leader(self) -> None:
        """Words that alarm, and somebody who asks to be called back."""
        for case, words, call in zip(
            self._cases(2), (ALARMING, RING_ME), ("no", "yes"), strict=False
        ):
            self._answer(case, words, call)

    def read_some(self) -> None:
        """A leader has read all words but the last two."""
        leader = self.scene.office.all(Role.TEAM_LEADER)[0]
        waiting = sa.select(SurveyWords).where(SurveyWords.state == WordsState.WAITING)
        for row in db.session.scalars(waiting.order_by(SurveyWords.month)).all()[:-2]:
            commands.moderate(row, row.words, may_show=True, actor=leader.actor)

    def _answer(self, case: CaseFile, words: str, call: str = "no") -> None:
        self.turn += 1
        said = {
            page.value: (SAFER if page is Page.SAFER else USUAL)[
                (self.turn * 5 + int(page.value)) % len(USUAL)
            ].value
            for page in PAGES_OF_MEASURES
        }
        answers = Answers({**said, Page.WORDS.value: words, Page.CALL.value: call})
        commands.answer_by_phone(case.id, answers, actor=self._asker(case))

    def _managers(self) -> dict[int, Actor]:
        """Whoever has cases of their own, by their number."""
        office = self.scene.office
        people = (*office.all(Role.CASE_MANAGER), *office.all(Role.FRAUD_OFFICER))
        return {one.id: one.actor for one in people}

    def _asker(self, case: CaseFile) -> Actor:
        assert case.manager_id is not None  # _cases asks for it
        return self._managers()[case.manager_id]

    def _agree(self, case: CaseFile) -> None:
        said = ConsentAnswer(
            purpose=Purpose.SURVEY, answer=Agreed.GIVEN, how=SaidHow.PHONE, said_at=clock.now()
        )
        people.record_consent(case.victim, said, actor=self._asker(case))

    def _cases(self, at_most: int) -> list[CaseFile]:
        asked = sa.select(SurveyInvitation.case_id)
        query = sa.select(CaseFile).where(
            CaseFile.id.not_in(asked),
            CaseFile.restricted.is_(False),
            CaseFile.erased_at.is_(None),
            CaseFile.manager_id.in_(self._managers()),
        )
        return list(db.session.scalars(query.order_by(CaseFile.id).limit(at_most)))

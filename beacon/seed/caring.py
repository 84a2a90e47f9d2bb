"""The work with one victim: reaching them safely, what they need, and how that changes."""

from __future__ import annotations

from functools import partial

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome, NeedAnswer, NeedCategory, Stage
from beacon.core import clock
from beacon.entitlements.terms import Channel
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers, PointAnswer
from beacon.people.terms import ContactKind, Disability, Orientation, Preferred, Religion, Safe
from beacon.seed.scene import Scene
from beacon.seed.words import NOTES

CHANNELS = (Channel.PHONE, Channel.PHONE, Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON)
SAID = (
    Disability.NONE, Disability.NONE, Disability.NONE, Disability.MENTAL_HEALTH, Disability.NONE,
    Disability.PREFER_NOT_TO_SAY, Disability.NONE, Disability.LONG_TERM_ILLNESS, Disability.NONE,
    Disability.PHYSICAL, Disability.SEVERAL,
)  # fmt: skip
ORIENTATIONS = (
    *(Orientation.HETEROSEXUAL,) * 8, Orientation.PREFER_NOT_TO_SAY, Orientation.GAY_OR_LESBIAN,
    *(Orientation.HETEROSEXUAL,) * 6, Orientation.BISEXUAL,
)  # fmt: skip
RELIGIONS = (
    Religion.CHRISTIAN, Religion.NONE, Religion.NONE, Religion.MUSLIM, Religion.CHRISTIAN,
    Religion.NONE, Religion.HINDU, Religion.CHRISTIAN, Religion.PREFER_NOT_TO_SAY, Religion.NONE,
    Religion.CHRISTIAN, Religion.JEWISH, Religion.NONE,
)  # fmt: skip
REACHED = (ContactOutcome.SPOKE,) * 4 + (ContactOutcome.MESSAGE_LEFT, ContactOutcome.SENT)
NOT_REACHED = (ContactOutcome.NO_ANSWER, ContactOutcome.NOT_SAFE)


class Caring:
    """What a manager does for the victims of their cases."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.scores: dict[int, dict[NeedCategory, int]] = {}

    def begin(self, case: CaseFile) -> None:
        """Put the first weeks of a case in the diary."""
        put, soon, case_id = self.scene.diary.put, self.scene.soon, case.id
        days = (0, 1) if case.enhanced else (1, 4)
        if self.scene.chance.happens(0.12):
            days = (days[1] + 1, days[1] + 4)  # too late
        put(soon(*days), partial(self.first_contact, case_id))
        put(soon(2, 8), partial(self.assess, case_id, Stage.START))
        put(soon(28, 40), partial(self.assess, case_id, Stage.REVIEW))

    def first_contact(self, case_id: int) -> None:
        """Reach the victim for the first time, and ask how to do so safely."""
        case = self.scene.case(case_id)
        if case.is_open and case.first_contact_at is None:
            if self.scene.chance.happens(0.25):
                self._log(case, self.scene.chance.pick(NOT_REACHED), NOTES[-1])
                self.scene.diary.put(self.scene.soon(0, 1), partial(self._reach, case_id))
            else:
                self._reach(case_id)
        if case.domestic_abuse or self.scene.chance.happens(0.5):
            self.scene.diary.put(self.scene.soon(0, 2), partial(self.ask_what_is_safe, case_id))
        self.scene.diary.put(self.scene.soon(9, 18), partial(self.keep_in_touch, case_id))

    def ask_of_themselves(self, case: CaseFile) -> None:
        """Ask three of four; most say that they have no disability, some prefer not to say."""
        victim = case.victim
        if victim.id % 4 and victim.disability is Disability.NOT_ASKED:
            said = people.Equality(
                disability=SAID[victim.id % len(SAID)],
                orientation=ORIENTATIONS[victim.id % len(ORIENTATIONS)],
                religion=RELIGIONS[victim.id % len(RELIGIONS)],
            )
            actor = self.scene.manager_of(case).actor
            people.say_equality(victim, said, version=victim.version, actor=actor)

    def keep_in_touch(self, case_id: int) -> None:
        """Talk again, and again some weeks later."""
        case = self.scene.case(case_id)
        if case.is_open:
            self._log(case, self.scene.chance.pick(REACHED), self.scene.chance.pick(NOTES[:-1]))
            self.scene.diary.put(self.scene.soon(14, 30), partial(self.keep_in_touch, case_id))

    def assess(self, case_id: int, stage: Stage) -> None:
        """Score the eight categories; what was high at the start is lower at the review."""
        case, chance = self.scene.case(case_id), self.scene.chance
        if not case.is_open or (stage is Stage.REVIEW and case_id not in self.scores):
            return
        if stage is Stage.START:
            self.ask_of_themselves(case)
        before = self.scores.get(case_id)
        after = {
            category: max(1, before[category] - chance.whole(0, 2))
            if before
            else chance.whole(1, 5)
            for category in NeedCategory
        }
        self.scores[case_id] = after
        answers = {
            category: cases.NeedGiven(NeedAnswer.SCORED, score)
            if score > 1 or chance.happens(0.7)
            else cases.NeedGiven(chance.pick((NeedAnswer.NOT_DISCUSSED, NeedAnswer.DECLINED)))
            for category, score in after.items()
        }
        cases.assess_needs(
            case,
            stage=stage,
            answers=answers,
            at=clock.now(),
            actor=self.scene.manager_of(case).actor,
        )

    def assess_at_the_end(self, case_id: int) -> bool:
        """Score them once more, mostly lower; say whether they were scored before."""
        before, case = self.scores.get(case_id), self.scene.case(case_id)
        if before is None or case_id % 5 == 0:
            return False
        answers = {
            category: cases.NeedGiven(NeedAnswer.SCORED, max(1, score - (case_id + number) % 3))
            for number, (category, score) in enumerate(before.items())
        }
        cases.assess_needs(
            case,
            stage=Stage.CLOSE,
            answers=answers,
            at=clock.now(),
            actor=self.scene.manager_of(case).actor,
        )
        return True

    def ask_what_is_safe(self, case_id: int) -> None:
        """Write down which ways the victim says are safe (domain.md RULE 7.1)."""
        case = self.scene.case(case_id)
        if not case.is_open:
            return
        careful = case.domestic_abuse
        answer = Safe.ASK if careful else Safe.YES
        victim = case.victim
        held = victim.safe_contact
        points = {
            point.id: PointAnswer(
                safe=Safe.NO if careful and point.kind is ContactKind.EMAIL else answer,
                text_ok=Safe.NO if careful else Safe.YES,
                voicemail_ok=Safe.NO if careful else Safe.YES,
            )
            for point in victim.contact_points
        }
        people.confirm_contact(
            victim,
            ContactAnswers(
                overall=answer,
                preferred=Preferred.PHONE if careful else (held.preferred if held else None),
                words=(held.words if held else "") or self._words(careful=careful),
                points=points,
                letter_ok=Safe.NO if careful else Safe.YES,
            ),
            version=victim.version,
            actor=self.scene.manager_of(case).actor,
        )

    def _words(self, *, careful: bool) -> str:
        return self.scene.people.careful_words() if careful else ""

    def _reach(self, case_id: int) -> None:
        case = self.scene.case(case_id)
        if case.is_open:
            self._log(case, ContactOutcome.SPOKE, self.scene.chance.pick(NOTES[:-1]))

    def _log(self, case: CaseFile, outcome: ContactOutcome, notes: str) -> None:
        cases.log_contact(
            case,
            channel=Channel.PHONE if outcome in NOT_REACHED else self.scene.chance.pick(CHANNELS),
            outcome=outcome,
            notes=notes,
            at=clock.now(),
            actor=self.scene.manager_of(case).actor,
        )

"""What victims are told, when, and why some are not told."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from beacon.cases import commands as cases
from beacon.cases import queries as case_queries
from beacon.cases.models import CaseFile, Crime
from beacon.core import clock
from beacon.core.db import db
from beacon.core.working_days import add_working_days, working_day_before
from beacon.entitlements import queries as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState
from beacon.seed.scene import Scene

LATE, ASIDE, HEARD_LATE = 0.10, 0.07, 0.2
CHANNELS = (Channel.PHONE, Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.IN_PERSON)
WHY_NOT = {
    DutyState.WITHHELD: "The investigation would be harmed; the officer asked us to wait.",
    DutyState.DECLINED: "Asked not to be told about the suspect.",
    DutyState.SAFETY_DELAY: "No safe way to reach her before she is back at her mother's.",
    DutyState.NOT_APPLICABLE: "Recorded against the wrong suspect.",
}
WHY_PAUSED = "In hospital until further notice; the ward rings us when they can be told."
# Why somebody was told late, and what is done about it: kept only where it was late.
WHY_LATE = (
    "The officer's email came after the day.",
    "They could not be reached at the hours they had given us.",
    "Their case manager was away and nobody stood in.",
)
FROM_NOW_ON = (
    "Asked the officer to write to the team's mailbox.",
    "Agreed two further times of day with them.",
    "A colleague looks at the list every morning.",
)


class Telling:
    """Sees to it that what a case owes is told, most of it in time."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def plan_for(self, crime: Crime) -> None:
        """Put in the diary what each case of a crime now owes."""
        for case in case_queries.cases_of_crime(crime.reference_key):
            if case.is_open:
                self.plan_for_case(case)

    def plan_for_case(self, case: CaseFile) -> None:
        """Put in the diary when each thing that is owed is told."""
        for duty in entitlements.open_duties(case.id):
            if duty.is_local_standard or duty.id in self.scene.planned:
                continue
            if duty.due_on is not None:
                self.scene.planned.add(duty.id)
                self._plan(case.id, duty)
            elif entitlements.rule_of(duty).waits_for_receipt:
                self.scene.planned.add(duty.id)
                slow = self.scene.chance.happens(HEARD_LATE)
                hear = partial(self.hear, case.id, duty.id)
                self.scene.diary.put(self.scene.soon(*((8, 14) if slow else (0, 2))), hear)

    def _plan(self, case_id: int, duty: Duty) -> None:
        chance, diary = self.scene.chance, self.scene.diary
        assert duty.due_on is not None
        fate = self.scene.fates.of(duty.due_on)
        if fate is not None:
            self._let(fate, case_id, duty)
            return
        if chance.happens(ASIDE):
            diary.put(self.scene.soon(0, 1), partial(self.set_aside, case_id, duty.id))
            return
        if chance.happens(LATE):
            day = add_working_days(duty.due_on, chance.whole(1, 4))
        elif duty.due_on > clock.today() and chance.happens(0.5):
            day = max(clock.today(), working_day_before(duty.due_on))
        else:
            day = duty.due_on
        moment = max(self.scene.in_hours(day), clock.now() + timedelta(minutes=20))
        diary.put(moment, partial(self.tell, case_id, duty.id))

    def _let(self, fate: DutyState, case_id: int, duty: Duty) -> None:
        """See to it that a duty of the quarter that the Board looks at ends in a certain way."""
        assert duty.due_on is not None
        diary = self.scene.diary
        soon = clock.now() + timedelta(minutes=20)
        if fate is DutyState.MET_LATE:
            late = self.scene.in_hours(add_working_days(duty.due_on, 2))
            diary.put(max(late, soon), partial(self.tell, case_id, duty.id))
        elif fate is DutyState.PAUSED:
            self.scene.for_the_desk.add(case_id)  # nor is its case closed meanwhile
            diary.put(soon, partial(self.pause, case_id, duty.id))
        elif fate is DutyState.OPEN:
            self.scene.for_the_desk.add(case_id)  # nobody tells them: it is missed
        else:
            diary.put(soon, partial(self.set_aside, case_id, duty.id, fate))

    def pause(self, case_id: int, duty_id: int) -> None:
        """Let the clock stand still, and leave it so."""
        case, duty = self.scene.case(case_id), db.session.get_one(Duty, duty_id)
        if case.is_open and duty.is_open and not duty.is_late(clock.today()):
            actor = self.scene.manager_of(case).actor
            cases.pause_duty(case, duty, reason=WHY_PAUSED, actor=actor)

    def tell(self, case_id: int, duty_id: int) -> None:
        """Tell a victim, if that is still to be done."""
        case, duty = self.scene.case(case_id), db.session.get_one(Duty, duty_id)
        if case.is_open and duty.is_open and not duty.is_local_standard:
            cases.tell_victim(
                case,
                duty,
                at=clock.now(),
                channel=self.scene.chance.pick(CHANNELS),
                late_because=WHY_LATE[duty_id % len(WHY_LATE)],
                recovery=FROM_NOW_ON[duty_id % len(FROM_NOW_ON)],
                actor=self.scene.manager_of(case).actor,
            )

    def set_aside(self, case_id: int, duty_id: int, fate: DutyState | None = None) -> None:
        """Say why a victim is not told."""
        case, duty = self.scene.case(case_id), db.session.get_one(Duty, duty_id)
        if not (case.is_open and duty.is_open):
            if fate is not None:
                self.scene.fates.give_back(fate)
        else:
            states = list(WHY_NOT) if case.domestic_abuse else list(WHY_NOT)[:2]
            state = fate or self.scene.chance.pick(states)
            cases.set_duty_aside(
                case,
                duty,
                state=state,
                reason=WHY_NOT[state],
                actor=self.scene.manager_of(case).actor,
            )

    def hear(self, case_id: int, duty_id: int) -> None:
        """Witness Care has heard: the clock starts, and the telling is planned."""
        case, duty = self.scene.case(case_id), db.session.get_one(Duty, duty_id)
        if case.is_open and duty.is_open and duty.clock_started_at is None:
            heard = max(self.scene.a_moment_ago(), duty.event_at)
            cases.give_receipt(case, duty, at=heard, actor=self.scene.manager_of(case).actor)
            for one in case_queries.cases_of_crime(case.crime.reference_key):
                self.scene.planned -= {
                    owed.id
                    for owed in entitlements.open_duties(one.id)
                    if owed.clock_started_at and owed.about == duty.about
                }
            self.plan_for(case.crime)

    def settle(self, case: CaseFile) -> None:
        """Leave nothing owed, before a case is closed."""
        for duty in entitlements.open_duties(case.id):
            if duty.clock_started_at is None:
                cases.set_duty_aside(
                    case,
                    duty,
                    state=DutyState.NOT_APPLICABLE,
                    reason="Witness Care told them directly.",
                    actor=self.scene.manager_of(case).actor,
                )
            else:
                self.tell(case.id, duty.id)

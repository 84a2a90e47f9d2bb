"""First contact with fraud victims: the tick list, the tries to reach them, and the decisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome
from beacon.core import clock, settings
from beacon.core.errors import RuleBroken
from beacon.core.working_days import add_working_days
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands as hub
from beacon.fraud_hub import queries
from beacon.fraud_hub.rules import Tried
from beacon.fraud_hub.standards import TRIES
from beacon.fraud_hub.terms import Asked, Decision, Factor, Level
from beacon.seed.diary import at
from beacon.seed.scene import Scene

KINDS = 10  # of so many cases each goes its own way
YOUNG_DAYS = 10  # what is older has been worked on
LEFT, UNREACHED, UNDECIDED, SECOND_TRY = 0, 8, 9, (6, 7)
MORE = (Factor.BEREAVED, Factor.DISBELIEVES, Factor.IN_CONTACT)
SPOKE_NOTES = (
    "Went through what happened. Told them that nobody who asks for a fee gets money back."
)
REASONS = {
    Decision.PLAN: "Wants help with the bank, and is worried that they will ring again.",
    Decision.ADVICE_ONLY: "Has told the bank, changed the passwords, and needs no more than that.",
    Decision.DECLINED: "Thanked us, and would rather deal with it with the family.",
    Decision.UNREACHABLE: "Tried at different times of day, and no answer came.",
    Decision.HANDED_ON: "Contact is not safe for them: the officer of the case speaks with them.",
}


class Reaching:
    """How each fraud victim is reached, or tried, once somebody has the case."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def begin(self, case_id: int) -> None:
        """The tick list on the first day, and the first try; some are still to be tried."""
        age = (self.scene.diary.today - clock.london_day(clock.now())).days
        if case_id % KINDS != LEFT or age > YOUNG_DAYS:
            self.scene.diary.put(self._then(case_id, 0), partial(self.first, case_id))

    def first(self, case_id: int) -> None:
        """Go through the tick list, and ring for the first time."""
        case = self.scene.case(case_id)
        if not case.is_open:
            return
        self._tick(case)
        kind = case_id % KINDS
        if kind == UNREACHED or kind in SECOND_TRY:
            self._try(case, ContactOutcome.NO_ANSWER)
            self.scene.diary.put(self._then(case_id, 1), partial(self.again, case_id))
        else:
            self._reach(case)

    def again(self, case_id: int) -> None:
        """The next try: some are reached, some never."""
        case = self.scene.case(case_id)
        if not case.is_open or queries.standing_decision(case_id) is not None:
            return
        if case_id % KINDS != UNREACHED or self._tried(case).spoken:
            self._reach(case)
            return
        self._try(case, ContactOutcome.NO_ANSWER)
        tried = self._tried(case)
        if tried.unanswered < settings.count(TRIES):
            self.scene.diary.put(self._then(case_id, 2), partial(self.again, case_id))
        elif case_id % 3:
            self._give_up(case)

    def settle(self, case: CaseFile) -> None:
        """Before the case is closed: whatever was not decided is decided now."""
        if queries.standing_decision(case.id) is not None:
            return
        if queries.standing_triage(case.id) is None:
            self._tick(case)
        if not self._tried(case).spoken:
            self._try(case, ContactOutcome.SPOKE)
        spoken = self._tried(case).spoken
        self._decide(case, Decision.ADVICE_ONLY if spoken else Decision.HANDED_ON)

    def _reach(self, case: CaseFile) -> None:
        self._try(case, ContactOutcome.SPOKE)
        if not self._tried(case).spoken or self._is_left_open(case):
            return
        triage = queries.standing_triage(case.id)
        if triage is not None and triage.level == Level.TWO:
            self._decide(case, Decision.PLAN)
        else:
            self._decide(case, Decision.DECLINED if case.id % 4 == 0 else Decision.ADVICE_ONLY)

    def _is_left_open(self, case: CaseFile) -> bool:
        """Whether the decision still waits: of some of the newest."""
        age = (self.scene.diary.today - clock.london_day(clock.now())).days
        return age <= YOUNG_DAYS and case.id % KINDS == UNDECIDED

    def _tick(self, case: CaseFile) -> None:
        actor = self.scene.manager_of(case).actor
        page = queries.contact_in(actor, case)
        more = (MORE[case.id % len(MORE)],) if case.id % 3 == 0 else ()
        number = page.triage.number if page.triage else 0
        given = hub.TriageGiven(factors=(*page.ticked, *more))
        hub.confirm_triage(case, given, number=number, actor=actor)

    def _try(self, case: CaseFile, outcome: ContactOutcome) -> None:
        """Try them by telephone; where that is not safe, it is recorded so."""
        actor = self.scene.manager_of(case).actor
        answered = outcome is ContactOutcome.SPOKE
        attempt = hub.Attempt(
            channel=Channel.PHONE,
            outcome=outcome,
            at=clock.now() - timedelta(minutes=4),
            notes=SPOKE_NOTES if answered else "",
            asked=Asked.SAFE if answered else Asked.NOBODY,
        )
        seen = queries.newest_contact(case.id)
        try:
            hub.record_attempt(case, attempt, seen=seen, actor=actor)
        except RuleBroken:
            refused = hub.Attempt(
                channel=Channel.PHONE, outcome=ContactOutcome.NOT_SAFE, at=attempt.at
            )
            hub.record_attempt(case, refused, seen=seen, actor=actor)

    def _give_up(self, case: CaseFile) -> None:
        actor = self.scene.manager_of(case).actor
        tried = self._tried(case)
        if tried.letter_is_safe and not tried.written:
            letter = hub.Attempt(
                channel=Channel.LETTER, outcome=ContactOutcome.SENT, at=clock.now()
            )
            seen = queries.newest_contact(case.id)
            hub.record_attempt(case, letter, seen=seen, actor=actor)
        self._decide(case, Decision.UNREACHABLE)

    def _decide(self, case: CaseFile, decision: Decision) -> None:
        handed_to = "The officer of the case" if decision is Decision.HANDED_ON else ""
        given = hub.DecisionGiven(decision=decision, reason=REASONS[decision], handed_to=handed_to)
        seen = queries.newest_contact(case.id)
        hub.decide(case, given, seen=seen, actor=self.scene.manager_of(case).actor)

    def _tried(self, case: CaseFile) -> Tried:
        actor = self.scene.manager_of(case).actor
        return queries.tried_of(case, queries.card_of(actor, case))

    def _then(self, case_id: int, days: int) -> datetime:
        """A moment of that working day, the same for each case however often it is made up."""
        day = clock.london_day(clock.now())
        if days == 0:
            return clock.now() + timedelta(minutes=10 + case_id % 40)
        return at(add_working_days(day, days), f"{10 + case_id % 5}:{case_id % 60:02}")

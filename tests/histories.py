"""Random histories of one crime, told to the product and to the oracle step by step."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, EnhancedGround, Milestone, VictimCategory
from tests.code_oracle import CODE_2020, Oracle
from tests.factories import TEST, a_case, a_crime

Key = tuple[int, str, int]
ENHANCED = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]
# Near the change of the Code; a Christmas; both changes of the clocks.
BEGINNINGS = [
    datetime(2021, 3, 22, 9, 15, tzinfo=UTC),
    datetime(2024, 12, 16, 10, 40, tzinfo=UTC),
    datetime(2026, 3, 20, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 19, 8, 5, tzinfo=UTC),
]
ASIDE = ("withheld", "declined", "safety_delay", "not_applicable")
WHY = {"late_because": "They were away.", "recovery": "Somebody stands in."}


class History:
    """One crime with its victims, in the database and in the oracle."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = self.chance.choice(BEGINNINGS)
        self.oracle = Oracle()
        self.cases: list[CaseFile] = []
        self.happened: list[CrimeMilestone] = []
        self.steps = Counter[str]()
        with clock.fixed(self.now):
            self.crime = a_crime()
        self.join()

    def live(self, steps: int) -> None:
        """Let so many things happen, one after another."""
        for _ in range(steps):
            self.now += timedelta(minutes=self.chance.choice([0, 7, 400, 1_500, 2_900, 6_000]))
            step = self.chance.choice(
                [self.happens] * 5
                + [self.receives, self.tells, self.tells, self.sets_aside, self.withdraws]
                + [self.corrects, self.changes, self.pauses, self.pauses]
                + [self.resumes] * 4
                + [self.join]
            )
            with clock.fixed(self.now):
                if step():
                    self.steps[step.__name__] += 1

    def join(self) -> bool:
        if len(self.cases) == 3:
            return False
        is_enhanced = self.chance.random() < 0.4
        with clock.fixed(self.now):
            self.cases.append(a_case(crime=self.crime, proposals=ENHANCED if is_enhanced else ()))
        self.oracle.join(len(self.cases) - 1, is_enhanced, self.now)
        return True

    def happens(self, what: str | None = None) -> bool:
        kind = Milestone(what or self.chance.choice(sorted(CODE_2020)))
        at = self.now - timedelta(minutes=self.chance.choice([0, 0, 30, 1_700, 4_000]))
        waits = any(from_receipt for *_, from_receipt in CODE_2020[kind.value])
        received = self.now if waits and self.chance.random() < 0.3 else None
        about = f"hearing:{len(self.happened) + 1}" if "hearing" in kind.value else ""
        known = [
            one for one, seen in zip(self.happened, self.oracle.happened, strict=True)
            if (one.kind, seen.at) == (kind, at) and not seen.is_withdrawn
        ]  # fmt: skip
        if known and not about:
            return False
        milestone = commands.record_milestone(
            self.crime, kind=kind, at=at, about=about, received_at=received, actor=TEST
        )
        self.happened.append(milestone)
        self.oracle.happens(kind.value, at, received)
        return True

    def receives(self) -> bool:
        waiting = [
            number
            for number, one in enumerate(self.oracle.happened)
            if one.received is None and not one.is_withdrawn
        ]
        if not waiting:
            return False
        number = self.chance.choice(waiting)
        commands.receive(self.happened[number], at=self.now, actor=TEST)
        self.oracle.receives(number, self.now)
        return True

    def withdraws(self) -> bool:
        held = [n for n, one in enumerate(self.oracle.happened) if not one.is_withdrawn]
        if not held:
            return False
        number = self.chance.choice(held)
        commands.withdraw_milestone(self.happened[number], reason="Another crime.", actor=TEST)
        self.oracle.is_withdrawn(number)
        return True

    def corrects(self) -> bool:
        """Taken back, and recorded again for the moment at which it was."""
        return self.withdraws() and self.happens()

    def changes(self) -> bool:
        victim = self.chance.randrange(len(self.cases))
        is_enhanced = not self.oracle.victims[victim]
        case = self.cases[victim]
        db.session.refresh(case)
        commands.decide_category(
            case,
            category=VictimCategory.ENHANCED if is_enhanced else VictimCategory.STANDARD,
            grounds={EnhancedGround.DOMESTIC_ABUSE: is_enhanced},
            reason="What we were told has changed.",
            version=case.version,
            actor=TEST,
        )
        self.oracle.changes(victim, is_enhanced, self.now)
        return True

    def tells(self) -> bool:
        if not (key := self._any()):
            return False
        duty, order = self._duty(key), commands.tell_victim
        if not self.oracle.may_tell(key):
            return self._refused(
                lambda: order(
                    self.cases[key[0]], duty, at=self.now, channel=Channel.PHONE, **WHY, actor=TEST
                )
            )
        order(self.cases[key[0]], duty, at=self.now, channel=Channel.PHONE, **WHY, actor=TEST)
        self.oracle.tells(key, self.now)
        return True

    def sets_aside(self) -> bool:
        key = self._any("open", "paused")
        if not key:
            return False
        state = self.chance.choice(ASIDE)
        commands.set_duty_aside(
            self.cases[key[0]],
            self._duty(key),
            state=DutyState(state),
            reason="As was said.",
            actor=TEST,
        )
        self.oracle.sets_aside(key, state)
        return True

    def pauses(self) -> bool:
        fit = [key for key in self.oracle.owed if self.oracle.may_pause(key, self.now)]
        key = self.chance.choice(fit) if fit and self.chance.random() < 0.8 else self._any()
        if not key:
            return False
        case, duty = self.cases[key[0]], self._duty(key)
        if not self.oracle.may_pause(key, self.now):
            return self._refused(
                lambda: commands.pause_duty(case, duty, reason="They are abroad.", actor=TEST)
            )
        commands.pause_duty(case, duty, reason="They are abroad.", actor=TEST)
        self.oracle.pauses(key, self.now)
        return True

    def resumes(self) -> bool:
        if not (key := self._any("paused")):
            return False
        commands.resume_duty(self.cases[key[0]], self._duty(key), actor=TEST)
        self.oracle.resumes(key, self.now)
        return True

    def compare(self) -> None:
        """Every duty of every victim: the same rule, Code, limit, start, day, end and pause."""
        db.session.rollback()
        subjects = {one.subject: number for number, one in enumerate(self.happened)}
        ours = {
            (victim, duty.rule, subjects[duty.about]): (
                duty.code, duty.amount, duty.clock_started_at, duty.due_on, duty.state.value,
                duty.told_at, duty.paused_on, duty.enhanced,
            )
            for victim, case in enumerate(self.cases)
            for duty in db.session.scalars(sa.select(Duty).where(Duty.case_id == case.id))
            if duty.about in subjects
        }  # fmt: skip
        theirs = {
            key: (
                one.code, one.days, one.started, one.due, one.state,
                one.told, one.paused, one.is_enhanced,
            )
            for key, one in self.oracle.owed.items()
        }  # fmt: skip
        assert ours == theirs

    def _any(self, *states: str) -> Key | None:
        keys = [key for key, one in self.oracle.owed.items() if not states or one.state in states]
        return self.chance.choice(keys) if keys else None

    def _duty(self, key: Key) -> Duty:
        victim, rule, number = key
        return db.session.scalars(
            sa.select(Duty).where(
                Duty.case_id == self.cases[victim].id,
                Duty.rule == rule,
                Duty.about == self.happened[number].subject,
            )
        ).one()

    @staticmethod
    def _refused(order: object) -> bool:
        try:
            order()  # type: ignore[operator]
        except RuleBroken:
            db.session.rollback()
            return True
        raise AssertionError("the oracle would have refused this")

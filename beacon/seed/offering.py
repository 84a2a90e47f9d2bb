"""Restorative justice, disposals, and victims at court in the made-up county."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.commands import OrderFacts
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CaseStatus, OrderKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.working_days import add_working_days
from beacon.courts import commands as courts
from beacon.courts import queries as hearings
from beacon.courts.models import CourtWitness, Hearing
from beacon.courts.terms import Called, Came, Ground, Measure, MeasureStep, Support, WhyNot
from beacon.entitlements.terms import Channel
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from beacon.restorative import commands, queries
from beacon.restorative.commands import DisposalGiven, RulingGiven, StepGiven, ViewGiven
from beacon.restorative.terms import (
    CENTRE,
    AgeGroup,
    AskedBy,
    Decided,
    Disposal,
    InformedBy,
    OfferOutcome,
    PassedBy,
    Ruling,
    Satisfaction,
    StepKind,
    VictimAnswer,
    ViewStep,
)
from beacon.seed.diary import at, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

CASES_OF_EACH = 12
WHY = "The officer, the centre and the victim were asked; all contact goes through the centre."
# Whether they came, and why not, in turn.
CAME = (
    (Came.ATTENDED, None),
    (Came.ATTENDED, None),
    (Came.DID_NOT_ATTEND, WhyNot.FEAR),
    (Came.ATTENDED, None),
    (Came.NOT_NEEDED, None),
    (Came.DID_NOT_ATTEND, WhyNot.NOT_TOLD),
)


class Offering:
    """Puts in the diary what victims were offered and said, a few cases for every desk."""

    def __init__(self, scene: Scene, court_days: tuple[date, date]) -> None:
        self.scene = scene
        self.court_days = court_days
        self.met = 0  # how many were called to court before

    def write(self) -> None:
        """Offered seven working days ago; what came of it follows, and the days at court."""
        diary = self.scene.diary
        back = partial(working_days_back, diary.today)
        diary.put(at(back(7), "10:25"), self.offer)
        diary.put(at(back(4), "15:05"), self.go_on)
        diary.put(at(back(3), "10:45"), self.consider)
        diary.put(at(diary.last_working, "11:15"), self.rule)
        for day in self.court_days:
            diary.put(at(day, "16:45"), partial(self.at_court, day))
        diary.put(at(diary.last_working, "16:55"), self.call_ahead)

    def offer(self) -> None:
        """Explained to some, blocked for others; the rest waits on the list."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for place, case in enumerate(self._known(manager)):
                if place == 3:
                    self._order(case, manager)
                elif place in {0, 1, 2, 5}:
                    self._inform(case, manager, place)
                    if not queries.block_of(case.id).is_blocked:
                        self._explain(case, manager, place)

    def go_on(self) -> None:
        """A referral with consent, its end, and what they thought of it."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for case in self._known(manager):
                held = queries.offers_held(case.id)
                if held and held[0].answer is VictimAnswer.YES and not self._is_blocked(case):
                    self._refer(case, manager)

    def consider(self) -> None:
        """Disposals: one with a view, one to be asked about, one decided too early."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for place, case in enumerate(self._known(manager)[-3:]):
                self._disposal(case, manager, place)

    def rule(self) -> None:
        """Each team's leader decides about one block; the others wait."""
        for leader in self.scene.office.all(Role.TEAM_LEADER):
            query = self._of_team(leader)
            for case in db.session.scalars(query).all():
                block = queries.block_of(case.id)
                if block.is_blocked and block.ruling is None:
                    seen = frozenset(stop.key for stop in block.stops)
                    given = RulingGiven(ruling=Ruling.ALLOW, reason=WHY, seen=seen)
                    commands.rule_on(case, given, actor=leader.actor)
                    break

    def at_court(self, day: date) -> None:
        """Victims and a witness were called to the hearings of the day; most came."""
        for place, (hearing, case, actor) in enumerate(self._hearings(day, day)):
            row = self._call(hearing, case, actor, place)
            came, why = CAME[self.met % len(CAME)]
            self.met += 1
            officer = self.scene.office.one(Role.COURT_OFFICER).actor
            courts.record_came(row, came, why, version=row.version, actor=officer)

    def call_ahead(self) -> None:
        """Who is expected in the next days, with support and a measure that was asked for."""
        today = self.scene.diary.today
        ahead = self._hearings(clock.today(), today + timedelta(days=14))
        for place, (hearing, case, actor) in enumerate(ahead):
            row = self._call(hearing, case, actor, place)
            if place % 3 == 0:
                self._measure(row, actor, granted=place % 2 == 0)

    def _known(self, manager: Colleague) -> list[CaseFile]:
        """Open cases in this person's hands whose offender was known by then."""
        query = (
            sa.select(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(
                CaseFile.manager_id == manager.id,
                CaseFile.status == CaseStatus.OPEN,
                Crime.suspect_known_at.is_not(None),
            )
        )
        found = db.session.scalars(query.order_by(CaseFile.id).limit(CASES_OF_EACH)).all()
        return [case for case in found if queries.has_known_offender(case.crime_id)]

    def _of_team(self, leader: Colleague) -> sa.Select[CaseFile]:
        return (
            sa.select(CaseFile)
            .where(CaseFile.team_id == leader.actor.team_id, CaseFile.status == CaseStatus.OPEN)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(Crime.suspect_known_at.is_not(None), CaseFile.restricted.is_(False))
            .order_by(CaseFile.id)
            .limit(40)
        )

    def _is_blocked(self, case: CaseFile) -> bool:
        return queries.block_of(case.id).is_blocked

    def _order(self, case: CaseFile, manager: Colleague) -> None:
        facts = OrderFacts(
            kind=OrderKind.RESTRAINING,
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=365),
            conditions="No contact, directly or through anybody else.",
        )
        cases.record_order(case, facts, actor=manager.actor)

    def _inform(self, case: CaseFile, manager: Colleague, place: int) -> None:
        is_young = place == 5
        given = StepGiven(
            kind=StepKind.INFORMED,
            on=clock.today(),
            how=Channel.LETTER,
            age=AgeGroup.UNDER_18 if is_young else AgeGroup.ADULT,
            informed_by=InformedBy.YOUTH_TEAM if is_young else InformedBy.POLICE,
        )
        commands.record_step(case, None, given, actor=manager.actor)

    def _explain(self, case: CaseFile, manager: Colleague, place: int) -> None:
        today = self.scene.diary.today
        explained = StepGiven(
            kind=StepKind.EXPLAINED, on=clock.today(), how=Channel.PHONE, who=manager.actor.name
        )
        commands.record_step(case, None, explained, actor=manager.actor)
        answer = {0: VictimAnswer.YES, 1: VictimAnswer.THINKING, 2: VictimAnswer.NOT_NOW}.get(place)
        if answer is not None:
            again = {VictimAnswer.THINKING: today, VictimAnswer.NOT_NOW: today + timedelta(days=60)}
            answered = StepGiven(
                kind=StepKind.ANSWERED,
                on=clock.today(),
                answer=answer,
                ask_on=again.get(answer),
            )
            commands.record_step(case, None, answered, actor=manager.actor)

    def _refer(self, case: CaseFile, manager: Colleague) -> None:
        said = ConsentAnswer(
            purpose=Purpose.REFER_ON,
            agency=CENTRE,
            answer=Agreed.GIVEN,
            how=SaidHow.PHONE,
            said_at=clock.now(),
        )
        people.record_consent(case.victim, said, actor=manager.actor)
        for given in (
            StepGiven(kind=StepKind.REQUESTED, on=clock.today(), words="Asked how it begins."),
            StepGiven(kind=StepKind.REFERRED, on=clock.today(), who=CENTRE),
            StepGiven(kind=StepKind.OUTCOME, on=clock.today(), outcome=OfferOutcome.LETTER),
            StepGiven(
                kind=StepKind.SATISFACTION, on=clock.today(), satisfaction=Satisfaction.SATISFIED
            ),
        ):
            commands.record_step(case, None, given, actor=manager.actor)

    def _disposal(self, case: CaseFile, manager: Colleague, place: int) -> None:
        now, today = clock.now(), self.scene.diary.today
        given = DisposalGiven(
            disposal=(Disposal.CONDITIONAL_CAUTION, Disposal.COMMUNITY_RESOLUTION)[place % 2],
            considered_at=now - timedelta(hours=1),
            asked_by=AskedBy.POLICE,
            decision_on=add_working_days(today, 1 + place),
        )
        row = commands.consider_disposal(case, given, actor=manager.actor)
        view = ViewGiven(
            kind=ViewStep.VIEW, at=now, how=Channel.PHONE, words="I want to hear that he is sorry."
        )
        decided = ViewGiven(
            kind=ViewStep.DECIDED, at=now - timedelta(minutes=20), decided=Decided.GIVEN
        )
        tried = ViewGiven(kind=ViewStep.TRIED, at=now, how=Channel.PHONE, words="No answer.")
        passed = ViewGiven(kind=ViewStep.PASSED, at=now, passed_by=PassedBy.EMAIL)
        for step in ((view, passed), (tried,), (decided, view))[place % 3]:
            commands.record_view_step(case, row, step, actor=manager.actor)

    def _hearings(self, first: date, last: date) -> list[tuple[Hearing, CaseFile, Actor]]:
        """Hearings of these days with an open case of ours, the first such case of each."""
        rows = db.session.scalars(
            sa.select(Hearing)
            .where(Hearing.held_on.between(first, last))
            .order_by(Hearing.held_on, Hearing.id)
        ).all()
        found = []
        for hearing in rows:
            leader = self.scene.office.all(Role.TEAM_LEADER)
            for one in leader:
                own = hearings.cases_to_call(one.actor, hearing)
                if own and own[0][0].manager_id is not None:
                    found.append((hearing, own[0][0], one.actor))
                    break
        return found

    def _call(self, hearing: Hearing, case: CaseFile, actor: Actor, place: int) -> CourtWitness:
        support = (Support.WITNESS_SERVICE, Support.VISIT, Support.ENTRANCE, Support.TRANSPORT)
        given = courts.CallGiven(
            called=Called.VICTIM, case=case, support=frozenset(support[: 1 + place % 4])
        )
        return courts.call_witness(hearing, given, actor=actor)

    def _measure(self, row: CourtWitness, actor: Actor, *, granted: bool) -> None:
        made = courts.propose_measure(row, Measure.SCREENS, Ground.INTIMIDATED, actor=actor)
        steps = [MeasureStep.ASKED, MeasureStep.APPLIED]
        for step in (*steps, *([MeasureStep.GRANTED] if granted else [])):
            courts.take_measure_step(row, made, step, on=clock.today(), actor=actor)

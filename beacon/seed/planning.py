"""Plans of the county: goals, sessions, promises kept and broken, and homes made safer."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any  # parts of a plan

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus, NeedCategory
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.working_days import add_working_days, next_working_day
from beacon.people import commands as people
from beacon.people.terms import Helps
from beacon.plans import commands
from beacon.plans.commands import (
    ActionGiven,
    GoalGiven,
    ItemGiven,
    PromiseEnd,
    PromiseGiven,
    Reached,
    SafetyGiven,
    SessionGiven,
)
from beacon.plans.models import Action, Goal, PlanSession, Promise
from beacon.plans.terms import (
    GoalState,
    ItemKind,
    PromisedTo,
    PromiseState,
    SessionKind,
    SessionState,
)
from beacon.seed.diary import at, office_day, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

PLANNED_OF = 4  # cases of each manager
WEEKS_BACK = 15  # working days
GOALS = (
    (NeedCategory.HEALTH, "To sleep through the night again", "Ask the surgery for a letter"),
    (NeedCategory.FINANCE, "To have the rent paid in time", "Fill in the form for help with rent"),
    (NeedCategory.SHELTER, "To feel safe at home", "Ask the housing officer about the locks"),
    (NeedCategory.OUTLOOK, "To go out alone again", "Walk to the shop together"),
)
PROMISED = (
    (PromisedTo.VICTIM, "I will ring with the date of the hearing"),
    (PromisedTo.POLICE, "I will send the officer her free days"),
    (PromisedTo.VICTIM, "I will find out who can fit a new lock"),
    (PromisedTo.PARTNER, "I will tell the counselling service when she can come"),
)


class Planning:
    """Writes plans for a few cases of every desk, and what became of them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """Put it in the diary: begun some weeks ago, worked on since, and open today."""
        diary = self.scene.diary
        begun = at(working_days_back(diary.today, WEEKS_BACK), "14:10")
        diary.put(begun, self.begin)

    def begin(self) -> None:
        """A plan for each of these cases, with what is written in the diary after it."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for place, case in enumerate(self._cases_of(manager)):
                self._plan(case, manager, place)

    def _plan(self, case: CaseFile, manager: Colleague, place: int) -> None:
        category, wish, step = GOALS[place]
        today = clock.today()
        goal = commands.add_goal(
            case, GoalGiven(category=category, words=wish), actor=manager.actor
        )
        put, last = self.scene.diary.put, self.scene.diary.last_working
        done = ActionGiven(words=step, due_on=add_working_days(today, 3))
        action = commands.add_action(case, goal, done, actor=manager.actor)
        put(at(next_working_day(today), "10:20"), partial(self._done, case.id, action.id, manager))
        ahead = ActionGiven(
            words="See together how far it is", due_on=next_working_day(self.scene.diary.today)
        )
        commands.add_action(case, goal, ahead, actor=manager.actor)
        self._sessions(case, manager, goal.id)
        to, words = PROMISED[place]
        self._promise(case, manager, to, words, place)
        if place % 2 == 0:
            put(at(last, "15:30"), partial(self._promise_for_today, case.id, manager, words, to))
        if place == 0:
            self._keep_safe(case, manager)

    def _sessions(self, case: CaseFile, manager: Colleague, goal_id: int) -> None:
        today = clock.today()
        came = SessionGiven(
            kind=SessionKind.IN_PERSON,
            held_on=today,
            goal_id=goal_id,
            minutes=50,
            state=SessionState.ATTENDED,
            notes="Went through what she wants to reach.",
        )
        next_one = SessionGiven(
            kind=SessionKind.PHONE,
            held_on=next_working_day(self.scene.diary.today),
            goal_id=goal_id,
        )
        for given in (came, next_one):
            commands.add_session(case, given, actor=manager.actor)

    def _promise(
        self, case: CaseFile, manager: Colleague, to: PromisedTo, words: str, place: int
    ) -> None:
        due_on = add_working_days(clock.today(), 4)
        given = PromiseGiven(words=words, due_on=due_on, to=to)
        promise = commands.give_promise(case, given, actor=manager.actor)
        end = at(due_on, "16:05") + timedelta(days=0 if place else 3)
        self.scene.diary.put(end, partial(self._end, case.id, promise.id, manager, place))

    def _end(self, case_id: int, promise_id: int, manager: Colleague, place: int) -> None:
        """Kept in most cases; of each desk one was broken, and says why."""
        case = self.scene.case(case_id)
        promise = db.session.get_one(Promise, promise_id)
        if not case.is_open:
            return
        if place:
            commands.keep_promise(case, promise, actor=manager.actor)
            return
        given = PromiseGiven(words=promise.words, due_on=promise.due_on, to=promise.to)
        end = PromiseEnd(state=PromiseState.BROKEN, reason="The officer had not answered.")
        commands.change_promise(
            case, promise, given, end, version=promise.version, actor=manager.actor
        )

    def _promise_for_today(
        self, case_id: int, manager: Colleague, words: str, to: PromisedTo
    ) -> None:
        case = self.scene.case(case_id)
        if case.is_open:
            due_on = office_day(self.scene.diary.today)
            given = PromiseGiven(words=words, due_on=due_on, to=to)
            commands.give_promise(case, given, actor=manager.actor)

    def _done(self, case_id: int, action_id: int, manager: Colleague) -> None:
        case = self.scene.case(case_id)
        if case.is_open:
            action = db.session.get_one(Action, action_id)
            commands.finish_action(case, action, actor=manager.actor)

    def _keep_safe(self, case: CaseFile, manager: Colleague) -> None:
        safety = SafetyGiven(
            signs="He rings again and again, and then not at all.",
            steps="Goes to her sister, with the bag that stands there.",
            people="Her sister, and the neighbour across the road, who knows.",
            review_on=add_working_days(self.scene.diary.today, 10),
        )
        commands.save_safety_plan(case, safety, reason="", version=0, actor=manager.actor)
        item = ItemGiven(
            kind=ItemKind.LOCKS,
            asked_on=clock.today(),
            agreed_on=clock.today(),
            whom="The council's handyman",
        )
        commands.add_item(case, item, actor=manager.actor)
        commands.add_item(
            case, ItemGiven(kind=ItemKind.LIGHTS, asked_on=clock.today()), actor=manager.actor
        )
        victim = case.victim
        said = people.Communication(
            language=victim.language,
            interpreter=victim.interpreter,
            needs=frozenset({Helps.LARGE_PRINT}),
        )
        people.say_communication(victim, said, version=victim.version, actor=manager.actor)

    def _cases_of(self, manager: Colleague) -> list[CaseFile]:
        query = (
            sa.select(CaseFile)
            .where(CaseFile.manager_id == manager.id, CaseFile.status == CaseStatus.OPEN)
            .order_by(CaseFile.id.desc())
            .limit(PLANNED_OF)
        )
        return list(db.session.scalars(query))


def finished(case: CaseFile, actor: Actor) -> dict[int, Reached]:
    """Answer what is open in a plan, as its case ends; how far each goal was reached."""
    for promise in _open(Promise, case):
        commands.keep_promise(case, promise, actor=actor)
    for action in _open(Action, case):
        commands.finish_action(case, action, actor=actor)
    for meeting in db.session.scalars(
        sa.select(PlanSession).filter_by(case_id=case.id, state=SessionState.PLANNED)
    ).all():
        given = SessionGiven(
            kind=meeting.kind,
            held_on=meeting.held_on,
            goal_id=meeting.goal_id,
            state=SessionState.CANCELLED_BY_THEM,
        )
        commands.change_session(
            case, meeting, given, reason="", version=meeting.version, actor=actor
        )
    goals = db.session.scalars(sa.select(Goal.id).filter_by(case_id=case.id))
    return {number: Reached(GoalState.REACHED) for number in goals}


def _open(model: type[Any], case: CaseFile) -> list[Any]:
    return list(db.session.scalars(sa.select(model).filter_by(case_id=case.id, state="open")))

"""Boxes of a plan: goals, actions, sessions, and the supervisor's word."""

from __future__ import annotations

from typing import Any

from beacon.cases.terms import NeedCategory
from beacon.plans.commands import ActionGiven, GoalGiven, SessionGiven
from beacon.plans.models import Action, Goal, PlanSession
from beacon.plans.terms import ActionState, GoalState, SessionKind, SessionState
from beacon.web.asked_twice import AskedTwice
from beacon.web.fields import (
    DateField,
    InputRequired,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm
from beacon.web.versions import VersionedForm

WORDS_AT_MOST = 2_000
REASON_AT_MOST = 500
MINUTES_AT_MOST = 1_440
MANAGER = ("", "The case manager, whoever that is")
WHY = "Why it is changed"


def _of(words: type[Any]) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in words]


class GoalForm(BeaconForm):
    """A new goal."""

    category = SelectField(
        "Which need",
        [InputRequired("Choose the need")],
        coerce=NeedCategory,
        choices=[("", "Choose the need"), *_of(NeedCategory)],
    )
    words = TextAreaField(
        "What they want to reach", [InputRequired("Enter the goal")], max_length=WORDS_AT_MOST
    )

    def given(self) -> GoalGiven:
        """The goal, as the command wants it."""
        return GoalGiven(category=self.category.data, words=self.words.data)


class GoalChangeForm(VersionedForm, GoalForm):
    """A goal as it is to be from now on."""

    state = RadioField(
        "How far it is",
        [InputRequired("Choose how far it is")],
        coerce=GoalState,
        choices=_of(GoalState),
    )
    achieved = TextAreaField("What was achieved", max_length=WORDS_AT_MOST)
    reason = TextAreaField(
        WHY, [InputRequired("Enter why it is changed")], max_length=REASON_AT_MOST
    )

    @classmethod
    def of(cls, goal: Goal, **how: Any) -> GoalChangeForm:
        """The boxes with what is saved in them."""
        return cls(
            version=str(goal.version),
            category=goal.category,
            words=goal.words,
            state=goal.state,
            achieved=goal.achieved,
            **how,
        )

    def given(self) -> GoalGiven:
        """The goal, as the command wants it."""
        return GoalGiven(
            category=self.category.data,
            words=self.words.data,
            state=self.state.data,
            achieved=self.achieved.data or "",
        )


class OwnedForm(AskedTwice):
    """Something with a day and somebody who answers for it."""

    ORDER = "Choose another day, or tick that it may stay."
    owner = SelectField("By whom", coerce=int, choices=[])
    due_on = DateField("By when", [InputRequired("Enter the day")])

    def offer(self, owners: list[tuple[int, str]]) -> None:
        """Who may be chosen."""
        self.owner.choices = [MANAGER, *((str(number), name) for number, name in owners)]


class ActionForm(OwnedForm):
    """Something new to do towards a goal."""

    words = TextAreaField(
        "What is to be done", [InputRequired("Enter what is to be done")], max_length=WORDS_AT_MOST
    )

    def given(self) -> ActionGiven:
        """The action, as the command wants it."""
        return ActionGiven(words=self.words.data, due_on=self.due_on.data, owner_id=self.owner.data)


class ActionChangeForm(VersionedForm, ActionForm):
    """An action as it is to be from now on."""

    state = RadioField(
        "What became of it",
        [InputRequired("Choose what became of it")],
        coerce=ActionState,
        choices=_of(ActionState),
    )
    reason = TextAreaField(WHY, max_length=REASON_AT_MOST)

    @classmethod
    def of(cls, action: Action, owners: list[tuple[int, str]], **how: Any) -> ActionChangeForm:
        """The boxes with what is saved in them."""
        form = cls(
            version=str(action.version),
            words=action.words,
            due_on=action.due_on,
            owner=action.owner_id,
            state=action.state,
            **how,
        )
        form.offer(owners)
        return form

    def given(self) -> ActionGiven:
        """The action, as the command wants it."""
        return ActionGiven(
            words=self.words.data,
            due_on=self.due_on.data,
            owner_id=self.owner.data,
            state=self.state.data,
        )


class SessionForm(BeaconForm):
    """A session that is planned, or one that was."""

    kind = SelectField(
        "How",
        [InputRequired("Choose how")],
        coerce=SessionKind,
        choices=[("", "Choose how"), *_of(SessionKind)],
    )
    held_on = DateField("On which day", [InputRequired("Enter the day")])
    goal = SelectField("For which goal", coerce=int, choices=[])
    state = RadioField(
        "Did it take place",
        [InputRequired("Choose whether it took place")],
        coerce=SessionState,
        choices=_of(SessionState),
    )
    minutes = IntegerField("How many minutes", least=1, most=MINUTES_AT_MOST)
    notes = TextAreaField("Notes")

    def offer(self, goals: list[Goal]) -> None:
        """Which goals may be chosen."""
        listed = [(str(one.id), f"{one.category.label}: {one.words[:80]}") for one in goals]
        self.goal.choices = [("", "No one goal"), *listed]

    def given(self) -> SessionGiven:
        """The session, as the command wants it."""
        return SessionGiven(
            kind=self.kind.data,
            held_on=self.held_on.data,
            goal_id=self.goal.data,
            minutes=self.minutes.data,
            state=self.state.data,
            notes=self.notes.data or "",
        )


class SessionChangeForm(VersionedForm, SessionForm):
    """A session as it is to be from now on."""

    reason = TextAreaField(WHY, max_length=REASON_AT_MOST)

    @classmethod
    def of(cls, meeting: PlanSession, goals: list[Goal], **how: Any) -> SessionChangeForm:
        """The boxes with what is saved in them."""
        form = cls(
            version=str(meeting.version),
            kind=meeting.kind,
            held_on=meeting.held_on,
            goal=meeting.goal_id,
            state=meeting.state,
            minutes=meeting.minutes,
            notes=meeting.notes,
            **how,
        )
        form.offer(goals)
        return form


class DecideForm(VersionedForm):
    """A supervisor's word on a plan."""

    approved = RadioField(
        "Is the plan right",
        [InputRequired("Choose whether the plan is right")],
        coerce=lambda word: word == "yes",
        choices=[("yes", "Approve it"), ("no", "Send it back")],
    )
    words = TextAreaField("What is to be changed", max_length=WORDS_AT_MOST)

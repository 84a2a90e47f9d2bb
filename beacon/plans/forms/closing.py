"""Boxes of closing: why, what was achieved, how the victim is now, and each goal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import Field

from beacon.cases.forms import CloseForm
from beacon.plans.commands import ClosingGiven, Reached
from beacon.plans.forms.planning import WORDS_AT_MOST
from beacon.plans.models import Goal
from beacon.plans.terms import Answer, ClosingReason, CopeAndRecover, GoalState, NotAssessed
from beacon.web.fields import InputRequired, RadioField, TextAreaField

ENDS = [(one.value, one.label) for one in GoalState if one is not GoalState.OPEN]
STATE, WORDS = "goal{}", "goal{}_words"


class ClosingForm(CloseForm):
    """How a case ended (domain.md 2.1, 2.2)."""

    reason = RadioField(
        "Why it is closed",
        [InputRequired("Choose why it is closed")],
        coerce=ClosingReason,
        choices=[(one.value, one.label) for one in ClosingReason],
    )
    not_assessed = RadioField(
        "Why needs are not assessed now",
        coerce=NotAssessed,
        choices=[(one.value, one.label) for one in NotAssessed],
    )
    goals: tuple[Goal, ...] = ()

    @classmethod
    def of(cls, goals: list[Goal], **how: Any) -> ClosingForm:
        """The form with two boxes for each goal that is still worked on."""
        waiting = tuple(one for one in goals if one.state is GoalState.OPEN)
        boxes: dict[str, Any] = {"goals": waiting}
        for goal in waiting:
            required = InputRequired("Say of each goal how far it was reached")
            boxes[STATE.format(goal.id)] = RadioField(
                goal.words[:150], [required], coerce=GoalState, choices=ENDS
            )
            boxes[WORDS.format(goal.id)] = TextAreaField(
                "What was achieved", max_length=WORDS_AT_MOST
            )
        return type("ClosingFormOfGoals", (cls,), boxes)(**how)

    def outcomes(self) -> Iterator[Field]:
        """The box of each outcome."""
        for one in CopeAndRecover:
            yield self[one.value]

    def by_goal(self) -> Iterator[tuple[Goal, Field, Field]]:
        """Each goal that is still worked on, with its boxes."""
        for goal in self.goals:
            yield goal, self[STATE.format(goal.id)], self[WORDS.format(goal.id)]

    def given(self) -> ClosingGiven:
        """How it ended, as the command wants it."""
        answers = {one: self[one.value].data for one in CopeAndRecover if self[one.value].data}
        goals = {
            goal.id: Reached(state.data, words.data or "") for goal, state, words in self.by_goal()
        }
        return ClosingGiven(
            reason=self.reason.data,
            summary=self.note.data,
            answers=answers,
            goals=goals,
            not_assessed=self.not_assessed.data,
        )


for _outcome in CopeAndRecover:
    setattr(
        ClosingForm,
        _outcome.value,
        RadioField(
            _outcome.label, coerce=Answer, choices=[(one.value, one.label) for one in Answer]
        ),
    )

"""Boxes for asking others, asking them again, and what came of it."""

from __future__ import annotations

from beacon.cases.commands.asking import ANSWER_AT_MOST, WORDS_AT_MOST
from beacon.cases.terms import ASKED
from beacon.entitlements.terms import Body, Milestone
from beacon.web.fields import (
    DateField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm


class AskForm(BeaconForm):
    """Whom somebody asked, for what, when, and when to ask again."""

    asked_of = RadioField(
        "Whom you asked",
        [InputRequired("Choose whom you asked")],
        coerce=Body,
        choices=[(body.value, name[:1].upper() + name[1:]) for body, name in ASKED.items()],
    )
    milestone = SelectField(
        "What you asked about",
        coerce=Milestone,
        choices=[
            ("", "Something else: say it below"),
            *((kind.value, kind.label) for kind in Milestone),
        ],
    )
    words = TextAreaField("What you asked", max_length=WORDS_AT_MOST)
    at = MomentField("When you asked", [InputRequired("Enter when you asked"), NotInFuture()])
    chase_on = DateField("Ask again on", [InputRequired("Enter the day on which to ask again")])


class AskAgainForm(BeaconForm):
    """They were asked again today: the next day on which to do so."""

    chase_on = DateField("Ask again on", [InputRequired("Enter the day on which to ask again")])


class AnswerForm(BeaconForm):
    """What they answered, and when."""

    at = MomentField(
        "When they answered", [InputRequired("Enter when they answered"), NotInFuture()]
    )
    answer = TextAreaField(
        "What they answered",
        [InputRequired("Enter what they answered")],
        max_length=ANSWER_AT_MOST,
    )


class WithdrawRequestForm(BeaconForm):
    """Why no answer is needed any more."""

    reason = TextAreaField(
        "Why no answer is needed", [InputRequired("Enter the reason")], max_length=WORDS_AT_MOST
    )

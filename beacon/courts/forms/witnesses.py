"""Boxes for who is called to a hearing, what was offered, special measures, and who came."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from beacon.cases.models import CaseFile
from beacon.courts.commands.witnesses import CallGiven
from beacon.courts.forms.hearings import VersionForm
from beacon.courts.terms import (
    BY_COURT,
    Called,
    Came,
    Ground,
    Measure,
    MeasureStep,
    Support,
    WhyNot,
)
from beacon.web.fields import (
    CheckboxesField,
    DateField,
    InputRequired,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
)
from beacon.web.forms import BeaconForm

SUPPORT = [(one.value, one.label) for one in Support]


class CallWitnessForm(BeaconForm):
    """Who is called, and what was offered."""

    called = RadioField(
        "Who is called?",
        [InputRequired("Choose who is called")],
        coerce=Called,
        choices=[(one.value, one.label) for one in Called],
    )
    case = SelectField("Which case", [InputRequired("Choose the case")])
    who = StringField("Name of the witness", max_length=100)
    support = CheckboxesField("What was offered", coerce=Support, choices=SUPPORT)

    def offer(self, cases: Sequence[tuple[CaseFile, str]]) -> None:
        """The cases of this crime that the person may open."""
        self.case.choices = [(one.reference, f"{name}, {one.reference}") for one, name in cases]

    def given(self, cases: Sequence[tuple[CaseFile, str]]) -> CallGiven:
        """The answers, as the command wants them."""
        by_reference = {one.reference: one for one, _ in cases}
        return CallGiven(
            called=self.called.data,
            case=by_reference[self.case.data],
            who=self.who.data or "",
            support=frozenset(self.support.data or ()),
        )


class SupportForm(VersionForm):
    """What was offered so that they can come."""

    support = CheckboxesField("What was offered", coerce=Support, choices=SUPPORT)


class CameForm(VersionForm):
    """Whether they came, and why not."""

    came = RadioField(
        "Did they come?",
        [InputRequired("Choose whether they came")],
        coerce=Came,
        choices=[(one.value, one.label) for one in Came],
    )
    why = SelectField(
        "Why they did not come",
        coerce=WhyNot,
        choices=[("", "They came"), *((one.value, one.label) for one in WhyNot)],
    )


class MeasureForm(BeaconForm):
    """Which measure, and on which ground."""

    measure = RadioField(
        "Which measure",
        [InputRequired("Choose a measure")],
        coerce=Measure,
        choices=[(one.value, one.label) for one in Measure],
    )
    ground = RadioField(
        "Why they may have it",
        [InputRequired("Choose why they may have it")],
        coerce=Ground,
        choices=[(one.value, one.label) for one in Ground],
    )

    def propose(self, grounds: Collection[Ground]) -> None:
        """Choose the first ground that what is known proposes; a person may choose another."""
        if not self.is_submitted() and grounds and self.ground.data is None:
            self.ground.data = next(iter(grounds))


class MeasureStepForm(BeaconForm):
    """What has happened with a measure, and on which day."""

    step = RadioField(
        "What has happened?",
        [InputRequired("Choose what has happened")],
        coerce=MeasureStep,
    )
    on = DateField("On which day", [InputRequired("Enter the day"), NotInFuture()])

    def offer(self, *, all_steps: bool) -> None:
        """Every step for their case manager; what the court does for a court officer."""
        steps = [one for one in MeasureStep if one is not MeasureStep.PROPOSED]
        chosen = steps if all_steps else [one for one in steps if one in BY_COURT]
        self.step.choices = [(one.value, one.label) for one in chosen]

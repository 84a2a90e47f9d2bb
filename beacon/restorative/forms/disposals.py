"""Boxes for an out-of-court disposal and the victim's view of it."""

from __future__ import annotations

from beacon.entitlements.terms import Channel
from beacon.restorative.commands import DisposalGiven, ViewGiven
from beacon.restorative.terms import AskedBy, Decided, Disposal, PassedBy, ViewStep
from beacon.web.fields import (
    DateField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST, SUSPECT_AT_MOST = 2_000, 200
HOW = [("", "Choose how"), *((one.value, one.label) for one in Channel)]


class DisposalForm(BeaconForm):
    """Which disposal is considered, who asks, and by when."""

    disposal = SelectField(
        "What is considered",
        [InputRequired("Choose what is considered")],
        coerce=Disposal,
        choices=[("", "Choose what"), *((one.value, one.label) for one in Disposal)],
    )
    suspect = StringField("Which suspect and offence", max_length=SUSPECT_AT_MOST)
    considered_at = MomentField(
        "Since when it is considered", [InputRequired("Enter since when"), NotInFuture()]
    )
    asked_by = RadioField(
        "Who asks for their view?",
        [InputRequired("Choose who asks")],
        coerce=AskedBy,
        choices=[(one.value, one.label) for one in AskedBy],
    )
    decision_on = DateField(
        "Day of the decision", [InputRequired("Enter the day on which it is to be decided")]
    )
    answer_by = DateField("Their answer is needed by")

    def given(self) -> DisposalGiven:
        """The answers, as the command wants them."""
        answers = self.answers()
        return DisposalGiven(**answers | {"suspect": answers["suspect"] or ""})


class ViewForm(BeaconForm):
    """When; each kind of step has its own boxes beside."""

    kind = ViewStep.TRIED
    at = MomentField("When", [InputRequired("Enter when"), NotInFuture()])
    words = TextAreaField("Notes", max_length=WORDS_AT_MOST)

    def given(self) -> ViewGiven:
        """The answers, as the command wants them."""
        answers = {name: data for name, data in self.answers().items() if data not in {None, ""}}
        return ViewGiven(kind=self.kind, **answers)


class ReachedForm(ViewForm):
    """The same with how they were reached."""

    how = SelectField("How", [InputRequired("Choose how")], coerce=Channel, choices=HOW)


class AskedForm(ReachedForm):
    """They were asked."""

    kind = ViewStep.ASKED


class ViewGivenForm(ReachedForm):
    """What they said."""

    kind = ViewStep.VIEW
    words = TextAreaField(
        "Their view, in their own words", [InputRequired("Enter their view")],
        max_length=WORDS_AT_MOST,
    )  # fmt: skip


class NoViewForm(ReachedForm):
    """They do not want to say."""

    kind = ViewStep.NO_VIEW


class PassedForm(ViewForm):
    """Their view went to the police."""

    kind = ViewStep.PASSED
    passed_by = RadioField(
        "By which way?",
        [InputRequired("Choose by which way it went")],
        coerce=PassedBy,
        choices=[(one.value, one.label) for one in PassedBy],
    )


class DecidedForm(ViewForm):
    """What was decided, and when."""

    kind = ViewStep.DECIDED
    decided = RadioField(
        "What was decided?",
        [InputRequired("Choose what was decided")],
        coerce=Decided,
        choices=[(one.value, one.label) for one in Decided],
    )


VIEW_FORMS: dict[ViewStep, type[ViewForm]] = {
    form.kind: form
    for form in (ReachedForm, AskedForm, ViewGivenForm, NoViewForm, PassedForm, DecidedForm)
}

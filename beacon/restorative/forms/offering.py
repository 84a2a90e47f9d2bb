"""Boxes for the steps of an offer, for one more offender, and for a ruling about a block."""

from __future__ import annotations

from collections.abc import Iterable

from beacon.cases.stops import Stop
from beacon.entitlements.terms import Channel
from beacon.restorative.commands import RulingGiven, StepGiven
from beacon.restorative.models import RestorativeOffer
from beacon.restorative.terms import (
    CENTRE,
    AgeGroup,
    InformedBy,
    OfferOutcome,
    Ruling,
    Satisfaction,
    StepKind,
    VictimAnswer,
)
from beacon.web.fields import (
    DateField,
    HiddenField,
    InputRequired,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST, WHO_AT_MOST, REASON_AT_MOST = 2_000, 100, 500
HOW = [("", "Choose how"), *((one.value, one.label) for one in Channel)]
AGES = [
    (AgeGroup.ADULT.value, AgeGroup.ADULT.label),
    (AgeGroup.UNDER_18.value, AgeGroup.UNDER_18.label),
]


class StepForm(BeaconForm):
    """When it happened; each kind of step has its own boxes beside."""

    kind = StepKind.REQUESTED
    on = DateField("On which day", [InputRequired("Enter the day"), NotInFuture()])
    words = TextAreaField("Notes", max_length=WORDS_AT_MOST)

    def given(self) -> StepGiven:
        """The answers, as the command wants them."""
        answers = {name: data for name, data in self.answers().items() if data not in {None, ""}}
        return StepGiven(kind=self.kind, **answers)

    def start(self, offer: RestorativeOffer | None) -> None:
        """Put into the boxes what is known before anybody has typed."""


class InformedForm(StepForm):
    """The information that the Code promises, by whose duty it is."""

    kind = StepKind.INFORMED
    age = RadioField(
        "How old was the offender on the day of the offence?",
        [InputRequired("Choose how old the offender was")],
        coerce=AgeGroup,
        choices=AGES,
    )
    informed_by = RadioField(
        "Who gave it?",
        [InputRequired("Choose who gave the information")],
        coerce=InformedBy,
        choices=[(one.value, one.label) for one in InformedBy],
    )
    how = SelectField(
        "How", [InputRequired("Choose how they were told")], coerce=Channel, choices=HOW
    )
    who = StringField("Name of the officer or worker", max_length=WHO_AT_MOST)

    def start(self, offer: RestorativeOffer | None) -> None:
        """The age, where somebody has said it before."""
        if not self.is_submitted() and offer is not None and offer.age is not AgeGroup.NOT_KNOWN:
            self.age.data = offer.age


class ExplainedForm(StepForm):
    """Restorative justice explained to the victim: what it is, and that it is their choice."""

    kind = StepKind.EXPLAINED
    who = StringField(
        "Who explained it", [InputRequired("Enter who explained it")], max_length=WHO_AT_MOST
    )
    how = SelectField(
        "How", [InputRequired("Choose how it was explained")], coerce=Channel, choices=HOW
    )


class AnsweredForm(StepForm):
    """What the victim said."""

    kind = StepKind.ANSWERED
    answer = RadioField(
        "What did they say?",
        [InputRequired("Choose what they said")],
        coerce=VictimAnswer,
        choices=[(one.value, one.label) for one in VictimAnswer],
    )
    ask_on = DateField("Ask again on")


class ReferredForm(StepForm):
    """A referral that was made otherwise than through the page of partners."""

    kind = StepKind.REFERRED
    who = StringField(
        "To whom",
        [InputRequired("Enter to whom you referred them")],
        max_length=WHO_AT_MOST,
        default=CENTRE,
    )


class OutcomeForm(StepForm):
    """How it ended."""

    kind = StepKind.OUTCOME
    outcome = RadioField(
        "How did it end?",
        [InputRequired("Choose how it ended")],
        coerce=OfferOutcome,
        choices=[(one.value, one.label) for one in OfferOutcome],
    )


class SatisfactionForm(StepForm):
    """How satisfied the victim is with what took place."""

    kind = StepKind.SATISFACTION
    satisfaction = RadioField(
        "How satisfied are they?",
        [InputRequired("Choose how satisfied they are")],
        coerce=Satisfaction,
        choices=[(one.value, one.label) for one in Satisfaction],
    )


class NotKnownForm(StepForm):
    """That no offender is known after all, and why."""

    kind = StepKind.NOT_KNOWN
    words = TextAreaField(
        "Why no offender is known after all",
        [InputRequired("Enter why no offender is known after all")],
        max_length=WORDS_AT_MOST,
    )


FORMS: dict[StepKind, type[StepForm]] = {
    form.kind: form
    for form in (
        InformedForm,
        ExplainedForm,
        AnsweredForm,
        StepForm,
        ReferredForm,
        OutcomeForm,
        SatisfactionForm,
        NotKnownForm,
    )
}


class OffenderForm(BeaconForm):
    """One more offender, or the first that a person says is known."""

    who = StringField(
        "Which offender",
        [InputRequired("Enter which offender this is")],
        max_length=WHO_AT_MOST,
    )
    age = RadioField(
        "How old were they on the day of the offence?",
        [InputRequired("Choose how old they were")],
        coerce=AgeGroup,
        choices=[*AGES, (AgeGroup.NOT_KNOWN.value, AgeGroup.NOT_KNOWN.label)],
    )


class TakeBackForm(BeaconForm):
    """Why a step is taken back."""

    reason = TextAreaField("Why", [InputRequired("Enter why")], max_length=REASON_AT_MOST)


class RulingForm(BeaconForm):
    """What a leader decides, of the orders and risks that stand on the page."""

    seen = HiddenField()
    ruling = RadioField(
        "What do you decide?",
        [InputRequired("Choose what you decide")],
        coerce=Ruling,
        choices=[(one.value, one.label) for one in Ruling],
    )
    until = DateField("Blocked until")
    reason = TextAreaField(
        "Your reasons", [InputRequired("Enter your reasons")], max_length=WORDS_AT_MOST
    )

    @classmethod
    def of(cls, stops: Iterable[Stop]) -> RulingForm:
        """The boxes, with the keys of what the page shows."""
        return cls(seen=" ".join(sorted(stop.key for stop in stops)))

    def given(self) -> RulingGiven:
        """The answers, as the command wants them."""
        return RulingGiven(
            ruling=self.ruling.data,
            reason=self.reason.data or "",
            seen=frozenset(str(self.seen.data or "").split()),
            until=self.until.data,
        )
